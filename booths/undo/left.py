"""What undoing an import takes back, and what it leaves alone since somebody has been there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zones.trail.digests import plain

WHY: Mapping[str, Promise] = {
    "edited": _("changed since"),
    "has_agents": _("agents were entered there"),
    "number_taken": _("its old number is another booth's now"),
    "sector_gone": _("its old sector is no more"),
    "acted_on": _("the appointment was acted on since"),
    "place_taken": _("somebody else has the place now"),
    "stands_elsewhere": _("the person stands elsewhere since"),
    "erased": _("the person was erased"),
    "handed_on": _("the person is in the team of the zone after"),
    "not_known": _("what stood there before is not kept any more"),
}
TAKEN: Mapping[str, Promise] = {
    "booths_removed": _("new booths removed"),
    "booths_listed": _("retired booths listed again"),
    "booths_changed": _("booths given back what they were"),
    "booths_numbered": _("of these with their old number"),
    "appointments_ended": _("appointments taken back"),
    "appointments_restored": _("replaced agents back at their booths"),
    "agents_changed": _("agents given back what they were"),
    "agents_erased": _("new agents removed"),
    "members_changed": _("members given back what they were"),
    "members_erased": _("new members removed"),
}


@dataclass(frozen=True)
class Left:
    """A row that is left alone, or these fields of it. It is called by number, code or post: an
    erased person would live on here by name."""

    what: str  # "booth", "agent", "appointment" or "member"
    pk: int
    label: str
    why: str  # one of WHY
    fields: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Undoing:
    """What undoing would do, or did."""

    taken: Counter[str] = field(default_factory=Counter)  # by TAKEN
    left: list[Left] = field(default_factory=list)

    @property
    def does_nothing(self) -> bool:
        return not any(self.taken.values())


def differing(row: models.Model, said: Mapping[str, Any], columns: Iterable[str]) -> list[str]:
    """The columns in which the row is no longer what was said of it."""
    found = []
    for column in columns:
        of = row._meta.get_field(column)
        if plain(of, getattr(row, column)) != plain(of, said[column]):
            found.append(column)
    return found
