"""What an import would do, as it is shown before and checked again when it is done."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from booths.models import Booth, Sector
from booths.roll.check import Record
from booths.roll.reading import Reading
from booths.roll.renumbering import SAME
from booths.roll.text import folded
from zones.models import District

NUMBER = frozenset({"number", "suffix"})
NAMED = frozenset({"name_hi", "name_en", "building"})
Confirmed = tuple[int, str]  # the id of a booth, and its new number
# A list that lacks more of the booths than this is rarely full; retiring them must be confirmed.
MANY_RETIRED_PERCENT = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A booth that the list has otherwise; `old` and `new` hold the fields that differ, its number
    and suffix among them where it was renumbered. `kept` is what undoing it takes beside `old`."""

    booth_id: int
    record: Record
    old: dict[str, Any]
    new: dict[str, Any]
    kept: dict[str, Any]

    @property
    def is_renumbered(self) -> bool:
        return not NUMBER.isdisjoint(self.new)

    @property
    def is_renamed(self) -> bool:
        """Whether it is called otherwise, and not only spelt so."""
        return any(folded(self.old[name]) != folded(self.new[name]) for name in NAMED & {*self.new})

    @property
    def old_label(self) -> str:
        number, suffix = self.record.number, self.record.suffix
        return f"{self.old.get('number', number)}{self.old.get('suffix', suffix)}"


@dataclass(frozen=True, slots=True)
class Gone:
    """A booth of the list's seats that the list does not have; `agents` stand there."""

    booth_id: int
    seat_id: int
    label: str
    name: str
    listed_on: date
    agents: int = 0


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A booth that the list seems to have under another number; see booths/roll/renumbering."""

    booth_id: int
    record: Record
    old_label: str
    old_name: str
    how_sure: str

    @property
    def seat_id(self) -> int:
        return self.record.seat_id

    @property
    def is_sure(self) -> bool:
        return self.how_sure == SAME

    @property
    def plain(self) -> Confirmed:
        """As it is confirmed: what a form sends and a job keeps."""
        return (self.booth_id, self.record.label)


@dataclass(frozen=True, slots=True)
class Total:
    """The booths of a seat before and after the import."""

    before: int
    after: int


class Losses(NamedTuple):
    """What of a plan may have to be confirmed, in numbers that can be added up."""

    blocked: int = 0
    retired: int = 0
    present: int = 0
    emptied: int = 0  # of the retired, those at which agents stand
    agents: int = 0

    @property
    def are_many(self) -> bool:
        return self.retired * 100 > self.present * MANY_RETIRED_PERCENT


@dataclass(frozen=True)
class Plan:
    """What an import would do. `spared` are booths that the list lacks but a faulty row may mean.

    `proposed` are all that seem to be renumbered, `renumber` those of them that are confirmed and
    so among the changed; those that are `blocked` cannot be, since whoever has their new number
    stays on the list. `split_from` and `merged_into` tell of new and of retired booths, by
    their key and by their id, which other booth they belong to.
    """

    reading: Reading
    as_of: date
    is_full: bool
    new: list[Record]
    changed: list[Change]
    unchanged: int
    retired: list[Gone]
    spared: list[Gone]
    totals: dict[int, Total]  # by seat
    proposed: list[Renumbered]
    renumber: frozenset[Confirmed]
    blocked: list[Renumbered]
    split_from: dict[tuple[int, int, str], str]
    merged_into: dict[int, str]

    @property
    def present(self) -> int:
        """Booths of the list's seats before the import."""
        return sum(total.before for total in self.totals.values())

    @property
    def counts(self) -> dict[str, int]:
        """rows = new + changed + unchanged + faulty + skipped; renamed and renumbered are among
        the changed, retired stands outside the sum."""
        return {
            "rows": self.reading.rows,
            "new": len(self.new),
            "changed": len(self.changed),
            "renamed": sum(change.is_renamed for change in self.changed),
            "renumbered": len(self.renumbered),
            "unchanged": self.unchanged,
            "retired": len(self.retired),
            "faulty": self.reading.faulty,
            "skipped": self.reading.skipped,
            "before": self.present,
            "after": sum(total.after for total in self.totals.values()),
        }

    @property
    def renumbered(self) -> list[Change]:
        return [change for change in self.changed if change.is_renumbered]

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.retired)

    @property
    def retires_many(self) -> bool:
        return self.losses.are_many

    @property
    def losses(self) -> Losses:
        losing = self.losing_agents
        agents = sum(gone.agents for gone in losing)
        return Losses(len(self.blocked), len(self.retired), self.present, len(losing), agents)

    @property
    def losing_agents(self) -> list[Gone]:
        """Booths to be retired at which agents stand."""
        return [gone for gone in self.retired if gone.agents]

    def does_the_same_as(self, other: "Plan") -> bool:
        return (self.new, self.changed, self.retired) == (other.new, other.changed, other.retired)

    @cached_property
    def fingerprint(self) -> str:
        """The same for plans that would do the same: what was previewed against what is confirmed."""
        parts = (self.as_of, self.is_full, self.new, self.changed, self.retired)
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @cached_property
    def _place_names(self) -> dict[tuple[str, int], str]:
        wanted = {
            (field, value)
            for change in self.changed
            for side in (change.old, change.new)
            for field, value in side.items()
            if field in ("district_id", "sector_id") and value
        }
        models = {"district_id": District, "sector_id": Sector}
        return {
            (field, place.pk): place.name
            for field, model in models.items()
            for place in model.objects.filter(pk__in=[pk for of, pk in wanted if of == field])
        }

    def shown(self, change: Change) -> list[tuple[str, str, str]]:
        """(name of the field, old value, new value) of each difference, for the reader."""
        return [
            (
                str(Booth._meta.get_field(field.removesuffix("_id")).verbose_name),
                self._text(field, change.old[field]),
                self._text(field, new),
            )
            for field, new in change.new.items()
            if field not in NUMBER
        ]

    def _text(self, field: str, value: Any) -> str:
        return self._place_names.get((field, value), "" if value is None else str(value))


# The boxes by which renumberings are confirmed


def confirms(ticks: Iterable[str] | None, proposed: Renumbered) -> bool:
    """Whether the boxes confirm it; before anything is decided, what is sure is ticked."""
    if ticks is None:
        return proposed.is_sure
    of_seat = proposed.is_sure and box_of_seat(proposed.seat_id) in ticks
    return of_seat or box(proposed) in ticks


def box(proposed: Renumbered) -> str:
    return f"{proposed.booth_id}:{proposed.record.label}"


def box_of_seat(seat_id: int) -> str:
    return f"seat:{seat_id}"
