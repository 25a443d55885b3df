"""The numbers of every directive by seat, live or frozen at a meeting; the only writer of snapshots.

A seat counts for each directive once: booths with agents, ready teams of its sectors or blocks, or
the latest percent kept by hand, out of a hundred. Zone teams count by zone.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from booths import tallies
from booths.tallies import Teams
from campaign import wording
from campaign.frames import Frame, Territory, territory
from campaign.measures import LEVELS, Measure, percents_by_hand
from campaign.models import Directive, ReviewMeeting, Snapshot, SnapshotRow
from zones.models import AssemblySeat, User
from zones.scope import Act, may


@dataclass(frozen=True)
class Cell:
    """Units (booths, teams, hundredths kept by hand) of one place under one directive."""

    total: int = 0
    done: int = 0
    proposed: int = 0
    verified: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(
            self.total + other.total,
            self.done + other.done,
            self.proposed + other.proposed,
            self.verified + other.verified,
        )


Cells = dict[int, dict[int, Cell]]  # by directive, then by seat, or by zone for zone teams


def cells(frame: Frame, directives: Iterable[Directive], land: Territory) -> Cells:
    """The numbers of the seats and zones of `land` on the day of the frame; three queries at most."""
    directives = list(directives)
    return (
        _of_agents(frame, directives, land)
        | _of_teams(frame, directives, land)
        | _by_hand(frame, directives, land)
    )


def _of_agents(frame: Frame, directives: list[Directive], land: Territory) -> Cells:
    asked = [each for each in directives if each.measure == Measure.AGENTS]
    seats = [seat.pk for seat in land.seats]
    by_kind = tallies.parts_by_kind(
        seats=seats, as_of=frame.on, also_on={each.kind: [] for each in asked}
    )
    found: Cells = {}
    for each in asked:
        of_seat = tallies.rolled_up(by_kind[each.kind], lambda key: key[0])
        found[each.pk] = {
            seat: Cell(its.booths, its.covered, its.proposed, its.verified)
            for seat in seats
            for its in [of_seat.get(seat) or tallies.Tally()]
        }
    return found


def _of_teams(frame: Frame, directives: list[Directive], land: Territory) -> Cells:
    asked = [each for each in directives if each.measure in LEVELS]
    seats, zones = [seat.pk for seat in land.seats], [zone.pk for zone in land.zones]
    places = {"sector": seats, "block": seats, "zone": zones}
    teams = tallies.teams_by_place(
        seats=seats,
        zones=zones,
        sizes=frame.team_sizes,
        days={LEVELS[each.measure]: [frame.on] for each in asked},
    )
    found: Cells = {}
    for each in asked:
        level = LEVELS[each.measure]
        none = Teams(0, (0,))
        of_place = {place: teams[level].get(place, none) for place in places[level]}
        found[each.pk] = {pk: Cell(its.total, its.ready[0]) for pk, its in of_place.items()}
    return found


def _by_hand(frame: Frame, directives: list[Directive], land: Territory) -> Cells:
    percents = percents_by_hand(frame, directives, [seat.pk for seat in land.seats])
    return {
        pk: {seat: Cell(100, percent) for seat, percent in its.items()}
        for pk, its in percents.items()
    }


@dataclass(frozen=True)
class Frozen:
    """What a snapshot says: its numbers; by seat a row that names its zone of that day; and by
    directive what was directed then."""

    cells: Cells
    of_seat: dict[int, SnapshotRow]
    directed: dict[int, dict]


DIRECTED = ("measure", "kind", "issued_on", "due_on", "target_percent")


def frozen(snapshot: Snapshot) -> Frozen:
    found: Cells = {}
    of_seat: dict[int, SnapshotRow] = {}
    directed: dict[int, dict] = {}
    for row in snapshot.rows.select_related("zone"):
        place = row.assembly_seat_id or row.zone_id
        its = found.setdefault(row.directive_id, {})
        its[place] = Cell(row.total, row.done, row.proposed, row.verified)
        if row.assembly_seat_id:
            of_seat[row.assembly_seat_id] = row
        directed[row.directive_id] = {name: getattr(row, name) for name in DIRECTED}
    return Frozen(found, of_seat, directed)


def as_directed(directive: Directive, directed: Mapping[int, dict]) -> Directive:
    """The directive as it was when it was frozen, whatever became of it since."""
    found = copy(directive)
    for name, value in directed.get(directive.pk, {}).items():
        setattr(found, name, value)
    return found


# Freezing

Typed = Mapping[int, Mapping[int, tuple[int, int | None]]]  # done and total, else of that day


@transaction.atomic
def hold(
    meeting: ReviewMeeting, *, day: date, by: User, on: date, typed: Typed | None = None
) -> Snapshot:
    """The meeting is held on the day, and the numbers of the end of it are kept for ever.

    `typed`: numbers on paper, by directive and by seat (by zone for zone teams); only these are
    kept. Without it they are counted, for a past day as it is known today.
    """
    held = ReviewMeeting.objects.select_for_update(of=("self",))
    held = held.select_related("campaign__state").get(pk=meeting.pk)
    _must_be_holdable(held, day=day, by=by, on=on)
    held.status, held.held_on = ReviewMeeting.Status.HELD, day
    held.save(update_fields=["status", "held_on"])
    basis = Snapshot.Basis.FROZEN if day == on else Snapshot.Basis.COMPUTED
    rows = _rows(held.campaign, day, typed)
    snapshot = Snapshot.objects.create(
        meeting=held,
        as_of=day,
        taken_by=by,
        basis=Snapshot.Basis.PAPER if typed else basis,
        row_count=len(rows),
    )
    for row in rows:
        row.snapshot = snapshot
    SnapshotRow.objects.bulk_create(rows)
    return snapshot


def _must_be_holdable(meeting: ReviewMeeting, *, day: date, by: User, on: date) -> None:
    if not may(by, Act.WRITE_MEETINGS, meeting.campaign.state, on=on):
        raise ValidationError(_("Your posting does not allow you to write meetings."))
    if meeting.status == ReviewMeeting.Status.HELD:
        raise ValidationError(_("This meeting was held already. Its numbers are kept as they are."))
    if meeting.status == ReviewMeeting.Status.CANCELLED:
        raise ValidationError(_("This meeting was cancelled. Plan it anew first."))
    if day > on:
        raise ValidationError(_("This day is still ahead."))
    others = meeting.campaign.meetings.filter(kind=meeting.kind, held_on__isnull=False)
    before = others.filter(number__lt=meeting.number, held_on__gt=day).first()
    after = others.filter(number__gt=meeting.number, held_on__lt=day).first()
    if other := before or after:
        raise ValidationError(
            _("%(meeting)s was held on %(day)s: meetings follow each other by number."),
            params={"meeting": other, "day": wording.day_and_year(other.held_on)},
        )


def _rows(campaign, day: date, typed: Typed | None) -> list[SnapshotRow]:
    frame = Frame(campaign.state, day, campaign)
    land = territory(campaign.state, day)
    seats = AssemblySeat.objects.filter(state=campaign.state).select_related("lok_sabha_seat")
    land.seats = list(seats.order_by("number"))
    directives = list(campaign.directives.in_force(day).order_by("number"))
    if not directives:
        raise ValidationError(_("No directive had been issued by this day."))
    counted = cells(frame, directives, land)
    if typed:
        _must_be_of_the_day(typed, counted)
        counted = {pk: _typed(counted[pk], its) for pk, its in typed.items()}
    rows = []
    for directive in directives:
        named = _zone_names if directive.measure == Measure.ZONE_TEAMS else _seat_names
        names = named(land)
        directed = {name: getattr(directive, name) for name in DIRECTED}
        rows += [
            SnapshotRow(directive=directive, **directed, **names[pk], **vars(cell))
            for pk, cell in counted.get(directive.pk, {}).items()
        ]
    return rows


def _must_be_of_the_day(typed: Typed, counted: Cells) -> None:
    if any(pk not in counted or set(its) - set(counted[pk]) for pk, its in typed.items()):
        raise ValidationError(
            _("On this day there was no such directive, or not these seats and zones.")
        )


def _typed(counted: dict[int, Cell], typed: Mapping[int, tuple[int, int | None]]) -> dict:
    found = {
        place: Cell(counted[place].total if total is None else total, done)
        for place, (done, total) in typed.items()
    }
    if any(cell.done > cell.total for cell in found.values()):
        raise ValidationError(_("More is done than there is."))
    return found


def _zone_names(land: Territory) -> dict[int, dict]:
    return {zone.pk: _zone_of(zone) for zone in land.zones}


def _zone_of(zone) -> dict:
    if zone is None:
        return {}
    return {"zone": zone, "zone_name_hi": zone.name_hi, "zone_name_en": zone.name_en}


def _seat_names(land: Territory) -> dict[int, dict]:
    return {
        seat.pk: {
            "assembly_seat": seat,
            "lok_sabha_name_hi": seat.lok_sabha_seat.name_hi,
            "lok_sabha_name_en": seat.lok_sabha_seat.name_en,
            **_zone_of(land.zone_of_seat(seat)),
        }
        for seat in land.seats
    }
