"""Gathers what needs attention: in which seats, how much of it, and where it is settled. No HTTP.

What is shown of people are numbers; the page of a seat names them to whoever serves it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths import attention, tallies
from booths.tallies import Teams
from campaign import links
from campaign.frames import Frame, Territory
from campaign.models import Decision
from zones import scope
from zones.models import AssemblySeat, Named, State, Zone
from zones.scope import Act

Counted = dict[str, dict[int, Teams]]  # by level, then by seat or zone


@dataclass(frozen=True)
class Matter:
    title: Promise
    says: Promise  # what is to be done about it
    unit: str  # of what the numbers are: seats, booths, agents, teams
    follows: str = ""  # the address of the seat: where it is settled


MATTERS = {
    "quiet": Matter(
        _("No entry for 7 days"),
        _("Booths are vacant, and nothing was entered for a week: ask why."),
        "seats",
    ),
    "gone": Matter(
        _("Agents whose booth is gone"),
        _("The booth is off the list. Move the agent, or end the appointment."),
        "agents",
    ),
    "shared": Matter(
        _("The same mobile or EPIC number at several booths"),
        _("One person at two booths, or a number copied: correct it."),
        "booths",
    ),
    "unverified": Matter(
        _("Appointed two weeks ago, not verified yet"),
        _("Call the agents and verify them."),
        "agents",
        "?show=appointed#booths",
    ),
    "teams": Matter(
        _("Sector and block teams that are not complete"),
        _("Enter who is missing: the lead or members."),
        "teams",
        "teams/",
    ),
    "no_sector": Matter(
        _("Booths in no sector"),
        _("Put each booth into a sector."),
        "booths",
        "?sector=none#booths",
    ),
}


@dataclass
class Line:
    place: Named
    number: int
    address: str  # where it is settled


@dataclass
class Section:
    name: str
    matter: Matter
    lines: list[Line]

    @property
    def total(self) -> int:
        return sum(line.number for line in self.lines)


@dataclass
class Attention:
    sections: list[Section] = field(default_factory=list)
    zones: list[Line] = field(default_factory=list)  # whose teams are not complete
    decisions: list[Decision] = field(default_factory=list)  # overdue

    @property
    def matters(self) -> int:
        """How many kinds of things there are to settle."""
        kinds = [section for section in self.sections if section.lines]
        return len(kinds) + bool(self.zones) + bool(self.decisions)


def needed(
    frame: Frame,
    user,
    today: date,
    seats: Iterable[AssemblySeat],
    land: Territory,
    teams: Counted | None = None,
) -> Attention:
    """In the seats and in the zones of the territory. Three queries; two where the caller has
    counted the `teams` of these already."""
    seats = list(seats)
    ids = [seat.pk for seat in seats]
    kind = {"kind": frame.main.kind} if frame.main else {}
    counts = attention.by_seat(seats=ids, on=frame.on, **kind)
    teams = _teams(frame, ids, land.zones) if teams is None else teams
    counts["teams"], ready = _lacking(teams)
    zones = [zone for zone in land.zones if frame.campaign and zone.pk not in ready]
    found = Attention(zones=[_line(frame.state, zone, 1, "team/") for zone in zones])
    for name, matter in MATTERS.items():
        lines = [
            _line(frame.state, seat, counts[name][seat.pk], matter.follows)
            for seat in seats
            if counts[name].get(seat.pk)
        ]
        found.sections.append(Section(name, matter, lines))
    found.decisions = list(_overdue(frame, user, today, seats, land))
    return found


def _line(state: State, place: Named, number: int, follows: str) -> Line:
    return Line(place, number, f"/{state.slug}/{links.path_of(place)}{follows}")


def _teams(frame: Frame, seats: list[int], zones: list[Zone]) -> Counted:
    if not frame.campaign:
        return {}
    return tallies.teams_by_place(
        seats=seats,
        zones=[zone.pk for zone in zones],
        sizes=frame.team_sizes,
        days={"sector": [frame.on], "block": [frame.on], "zone": [frame.on]},
    )


def _lacking(teams: Counted) -> tuple[dict[int, int], set[int]]:
    """How many sector and block teams of each seat are not ready, and the zones whose is. Of the
    days that were counted the one shown comes first."""
    lacking: dict[int, int] = {}
    for level in ("sector", "block"):
        for seat, its in teams.get(level, {}).items():
            lacking[seat] = lacking.get(seat, 0) + its.total - its.ready[0]
    return lacking, {pk for pk, its in teams.get("zone", {}).items() if its.ready[0]}


DECISION = ("meeting", "owner", "zone", "lok_sabha_seat", "assembly_seat")


def _overdue(frame: Frame, user, today: date, seats: list[AssemblySeat], land: Territory):
    """Decisions of meetings go with the writing of meetings; the owner sees the own ones."""
    state = frame.state
    late = Decision.objects.filter(meeting__campaign=frame.campaign, due_on__lt=today, done_on=None)
    if not scope.may(user, Act.WRITE_MEETINGS, state, on=today):
        return late.filter(owner=user).select_related(*DECISION).order_by("due_on", "pk")
    lok_sabha = {seat.lok_sabha_seat_id for seat in seats}
    here = Q(assembly_seat__in=seats) | Q(lok_sabha_seat__in=lok_sabha) | Q(zone__in=land.zones)
    if not land.is_narrowed:
        here |= Q(zone__scheme__state=state)
        here |= Q(zone=None, lok_sabha_seat=None, assembly_seat=None)
    return late.filter(here).select_related(*DECISION).order_by("due_on", "pk")
