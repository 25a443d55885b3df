"""A meeting beside the one before: each place then and now, and what happened in between. No HTTP.

Both are summed anew from seats, by the zones of the later one. The numbers of a meeting that was
held are those frozen there; of one that is still to come, those of the day shown.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from booths import changes, tallies
from booths.changes import Changes
from campaign import snapshots
from campaign.frames import Frame, Territory, seats_shown, term_of, territory
from campaign.measures import Measure
from campaign.models import Commitment, Directive, ReviewMeeting, Snapshot, SnapshotRow
from campaign.progress import Term, goal, percent
from campaign.snapshots import Cell, Cells
from zones.models import AssemblySeat, Named, Zone


@dataclass
class Moment:
    """The numbers of one day, live or frozen."""

    on: date
    cells: Cells
    meeting: ReviewMeeting | None = None
    rows: dict[int, SnapshotRow] = field(default_factory=dict)  # by seat, of a frozen one
    directed: dict[int, dict] = field(default_factory=dict)  # by directive, of a frozen one

    def cell(self, directive: Directive, place: int) -> Cell | None:
        return self.cells.get(directive.pk, {}).get(place)


@dataclass(frozen=True)
class Line:
    """A place, or the whole. None is what is not known: of a meeting without numbers of it."""

    place: Named | None
    now: Cell | None
    then: Cell | None
    changes: Changes | None
    needed_per_day: int | None
    kept_per_day: Fraction | None

    @property
    def percent(self) -> int | None:
        return percent(self.now.done, self.now.total) if self.now else None

    @property
    def percent_then(self) -> int | None:
        return percent(self.then.done, self.then.total) if self.then else None

    @property
    def growth(self) -> int | None:
        return self.now.done - self.then.done if self.now and self.then else None

    @property
    def entered_late(self) -> int | None:
        """What the two frozen numbers differ by beyond what is known today to have happened."""
        if self.growth is None or self.changes is None:
            return None
        return self.growth - self.changes.gained + self.changes.lost

    @property
    def keeps_pace(self) -> bool | None:
        if self.needed_per_day is None or self.kept_per_day is None:
            return None
        return self.kept_per_day >= self.needed_per_day


@dataclass(frozen=True)
class SeatGroup:
    """A Lok Sabha seat and its assembly seats."""

    whole: Line
    seats: list[Line]


@dataclass(frozen=True)
class ZoneGroup:
    whole: Line
    groups: list[SeatGroup]


@dataclass
class Comparison:
    """All that the page of a meeting shows of one directive."""

    frame: Frame
    directive: Directive
    land: Territory
    now: Moment
    then: Moment | None
    changes: dict[int, Changes] | None  # by seat; None where booths are not what is counted

    @property
    def by_zones_only(self) -> bool:
        return self.directive.measure == Measure.ZONE_TEAMS

    def by(self, key_of: Callable[[AssemblySeat], Hashable], places: dict) -> list[Line]:
        grouped: dict[Hashable, list[int]] = {key: [] for key in places}
        for seat in self.land.seats:
            key = key_of(seat)
            if key in grouped:
                grouped[key].append(seat.pk)
        return [self.line(place, grouped[key]) for key, place in places.items()]

    @cached_property
    def whole(self) -> Line:
        """Of zone teams all that was counted on each of the days, whatever zones there were."""
        if not self.by_zones_only:
            return self.line(self.frame.state, [seat.pk for seat in self.land.seats])
        now, then = self._all(self.now), self._all(self.then) if self.then else None
        return Line(self.frame.state, now, then, None, *self._paces(now, then))

    @cached_property
    def zones(self) -> list[Line]:
        """What lies in no zone is a line of its own."""
        if self.by_zones_only:
            return [self.line(zone, [zone.pk]) for zone in self.land.zones]
        key = self._zone_key
        seen = {key(seat) for seat in self.land.seats}
        places = {zone.pk: zone for zone in self.land.zones if zone.pk in seen}
        return self.by(key, places | ({None: None} if None in seen else {}))

    def lok_sabha_seats_of(self, zone: Zone | None) -> list[Line]:
        its = [seat for seat in self.land.seats if self._zone_key(seat) == (zone and zone.pk)]
        places = {seat.lok_sabha_seat_id: seat.lok_sabha_seat for seat in its}
        in_order = sorted(places.items(), key=lambda item: item[1].number)
        return self.by(lambda seat: seat.lok_sabha_seat_id, dict(in_order))

    @cached_property
    def lok_sabha_seats(self) -> list[Line]:
        places = {seat.pk: seat for seat in self.land.lok_sabha_seats}
        return self.by(lambda seat: seat.lok_sabha_seat_id, places)

    @cached_property
    def seats(self) -> list[Line]:
        return [self.line(seat, [seat.pk]) for seat in self.land.seats]

    def seats_of(self, lok_sabha_seat: Named) -> list[Line]:
        return [each for each in self.seats if each.place.lok_sabha_seat_id == lok_sabha_seat.pk]

    @property
    def sheet(self) -> list["ZoneGroup"]:
        """For paper: each zone with its Lok Sabha seats and their assembly seats."""
        return [
            ZoneGroup(
                line,
                [
                    SeatGroup(of_seat, self.seats_of(of_seat.place))
                    for of_seat in self.lok_sabha_seats_of(line.place)
                ],
            )
            for line in self.zones
        ]

    def _zone_key(self, seat: AssemblySeat) -> int | None:
        return getattr(self.land.zone_of_seat(seat), "pk", None)

    def line(self, place: Named | None, units: Iterable[int]) -> Line:
        units = list(units)
        now = self._sum(self.now, units)
        then = self._sum(self.then, units) if self.then else None
        changed = None
        if self.changes is not None:
            changed = sum((self.changes.get(pk, Changes()) for pk in units), Changes())
        return Line(place, now, then, changed, *self._paces(now, then))

    def _all(self, moment: Moment) -> Cell | None:
        found = moment.cells.get(self.directive.pk)
        return None if found is None else sum(found.values(), Cell())

    def _sum(self, moment: Moment, units: list[int]) -> Cell | None:
        found = [moment.cell(self.directive, pk) for pk in units]
        known = [cell for cell in found if cell is not None]
        # A part is not the whole: of a paper with some seats only there is no sum.
        return sum(known, Cell()) if len(known) == len(units) else None

    def _paces(self, now: Cell | None, then: Cell | None) -> tuple[int | None, Fraction | None]:
        if not (now and then and self.then):
            return None, None
        return paces(now, then, self.then.on, self.now.on, term_of(self.directive))


def paces(
    now: Cell, then: Cell, then_on: date, now_on: date, term: Term
) -> tuple[int | None, Fraction | None]:
    """Units a day that were needed from the day after `then_on` to the due day, and were kept."""
    left = (term.due_on - max(then_on, term.baseline_on)).days
    missing = max(goal(now.total, term.target_percent) - then.done, 0)
    days = (now_on - then_on).days
    kept = Fraction(now.done - then.done, days) if days > 0 else None
    return (-(-missing // left) if left > 0 else None), kept


def meeting_of(frame: Frame, kind: str, number: int) -> ReviewMeeting | None:
    return (
        frame.campaign
        and frame.campaign.meetings.filter(kind=kind, number=number)
        .select_related("snapshot__taken_by", "campaign__state")
        .first()
    )


def last_held(frame: Frame) -> ReviewMeeting | None:
    """The last review with numbers by the day shown."""
    if frame.campaign is None:
        return None
    held = frame.campaign.meetings.filter(
        kind=ReviewMeeting.Kind.REVIEW, snapshot__isnull=False, held_on__lte=frame.on
    )
    return held.select_related("campaign__state", "snapshot").order_by("-number").first()


def before(meeting: ReviewMeeting, on: date) -> ReviewMeeting | None:
    """The review that was held last before this meeting, and has numbers."""
    held = meeting.campaign.meetings.filter(
        kind=ReviewMeeting.Kind.REVIEW, snapshot__isnull=False
    ).exclude(pk=meeting.pk)
    if meeting.kind == ReviewMeeting.Kind.REVIEW:
        held = held.filter(number__lt=meeting.number)
    held = held.filter(held_on__lte=meeting.held_on or on)
    return held.select_related("snapshot").order_by("-held_on", "-number").first()


@dataclass
class Moments:
    """The two moments of a meeting, and the land of the later one with the seats that are seen."""

    frame: Frame
    land: Territory
    directives: list[Directive]
    now: Moment
    then: Moment | None

    def own(self, directive: Directive | None) -> Directive | None:
        """It as it was at the meeting; None where it was not there."""
        return next((each for each in self.directives if each == directive), None)

    def comparison(self, directive: Directive) -> Comparison:
        own = self.own(directive) or directive
        return Comparison(self.frame, own, self.land, self.now, self.then, self._changes(own))

    def _changes(self, directive: Directive) -> dict[int, Changes] | None:
        if self.then is None or directive.measure != Measure.AGENTS:
            return None
        return changes.between(
            self.then.on,
            self.now.on,
            seats=[seat.pk for seat in self.land.seats],
            kind=directive.kind,
            need=tallies.need_of(self.frame.state.pk, directive.kind),
        )


def moments(meeting: ReviewMeeting, frame: Frame, user, today: date) -> Moments:
    day = meeting.held_on or frame.on
    land = territory(frame.state, day)
    land.seats = seats_shown(user, frame.state, today=today)
    snapshot = getattr(meeting, "snapshot", None)
    now = _frozen(meeting, snapshot) if snapshot else None
    if now and now.rows:
        _take_zones(land, now.rows)
    directives = [
        snapshots.as_directed(each, now.directed) if now else each
        for each in frame.directives
        if each.issued_on <= day or (now and each.pk in now.cells)
    ]
    if now is None:
        asked = Frame(frame.state, day, frame.campaign)
        now = Moment(day, snapshots.cells(asked, directives, land))
    last = before(meeting, frame.on)
    return Moments(frame, land, directives, now, last and _frozen(last, last.snapshot))


def _frozen(meeting: ReviewMeeting, snapshot: Snapshot) -> Moment:
    found = snapshots.frozen(snapshot)
    return Moment(snapshot.as_of, found.cells, meeting, found.of_seat, found.directed)


def _take_zones(land: Territory, rows: dict[int, SnapshotRow]) -> None:
    """The zones as they were when the numbers were frozen, whatever came in force since."""
    zones: dict[int, Zone] = {}
    for seat in land.seats:
        row = rows.get(seat.pk)
        if row is None:
            continue
        land.zone_of.pop(seat.lok_sabha_seat_id, None)
        if row.zone is not None:
            zone = zones.setdefault(row.zone_id, row.zone)
            zone.name_hi, zone.name_en = row.zone_name_hi, row.zone_name_en
            land.zone_of[seat.lok_sabha_seat_id] = zone
    known = {zone.pk: zone for zone in land.zones} | zones
    land.zone_of = {seat: known[zone.pk] for seat, zone in land.zone_of.items()}
    land.zones = sorted(known.values(), key=lambda zone: zone.number)


# What was promised


@dataclass(frozen=True)
class Promise:
    """A commitment and what came of it: booths covered more than when it was made."""

    commitment: Commitment
    grown: int | None

    @property
    def is_kept(self) -> bool | None:
        return None if self.grown is None else self.grown >= self.commitment.number


def promises(comparison: Comparison) -> list[Promise]:
    """What was promised at the meeting before, and how far it is kept by the numbers of this."""
    then = comparison.then
    if then is None or then.meeting is None:
        return []
    rows = then.meeting.commitments.select_related("user", "zone", "assembly_seat")
    return [
        Promise(each, _grown(comparison, then, each))
        for each in rows.order_by("user__first_name", "pk")
    ]


def _grown(comparison: Comparison, then: Moment, promised: Commitment) -> int | None:
    """In the seats that its zone had when it was promised."""
    seats = [promised.assembly_seat_id]
    if promised.zone_id:
        seats = [seat for seat, row in then.rows.items() if row.zone_id == promised.zone_id]
    shown = {seat.pk for seat in comparison.land.seats}
    if not seats or not shown.issuperset(seats):
        return None
    return comparison.line(None, seats).growth
