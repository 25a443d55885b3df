"""What an import leaves behind: its record, with what it takes to undo it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from booths.models import ImportBatch
from booths.roll.plan import Change, Plan
from booths.roll.reading import Reading
from zones.models import User

# By booth, the texts as the lists have them, before and after
Texts = dict[int, tuple[dict[str, str], dict[str, str]]]


@dataclass
class Left:
    """Undoing an import takes the changed booths back to `old`, lists the `retired` anew and removes
    the `new`, as far as nobody has changed what they were `changed` to since."""

    new: list[int] = field(default_factory=list)
    old: dict[int, dict[str, Any]] = field(default_factory=dict)
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    retired: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, plan: Plan, created: list[int], texts: Texts) -> "Left":
        old = {c.booth_id: _plain(c.old | c.kept) for c in plan.changed}
        new = {c.booth_id: _plain(_new_values(c)) for c in plan.changed}
        for pk, (before, after) in texts.items():
            old[pk]["as_written"], new[pk]["as_written"] = before, after
        return cls(created, old, new, [gone.booth_id for gone in plan.retired])

    def add(self, other: "Left") -> None:
        self.new += other.new
        self.old |= other.old
        self.changed |= other.changed
        self.retired += other.retired


def _new_values(change: Change) -> dict[str, Any]:
    number = {"number_as_written": change.record.number_as_written}
    return change.new | (number if "number_as_written" in change.kept else {})


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {f: str(v) if isinstance(v, Decimal) else v for f, v in fields.items()}


def keep_batch(
    reading: Reading,
    as_of: date,
    is_full: bool,
    counts: Mapping[str, int],
    left: Left,
    by: User | None,
    by_name: str,
) -> ImportBatch:
    return ImportBatch.objects.create(
        state_id=reading.state_id,
        content=ImportBatch.Content.BOOTHS,
        file_name=reading.file_name[-255:],
        sha256=reading.sha256,
        as_of=as_of,
        is_full=is_full,
        counts=counts,
        problems=[problem.as_dict() for problem in reading.problems],
        differences={"changed": left.changed},
        undo={"new": left.new, "changed": left.old, "retired": left.retired},
        by=by,
        by_name=by_name or (by.name if by else ""),
    )
