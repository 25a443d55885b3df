"""How far places are with each directive of a campaign.

All parts are summed from the same parts of the day-book, so that the parts always make the whole;
the number of queries does not depend on the number of places or directives.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from booths import tallies
from booths.tallies import PartKey, PartsAsked, Tally, Teams, TeamsAsked
from campaign.frames import Frame, Territory, term_of
from campaign.models import Directive, DirectiveReading
from campaign.progress import Counts, Progress, Standing, Term, percent, progress
from zones.models import AssemblySeat, District, Named, Zone

Measure = Directive.Measure
LEVELS = {
    Measure.SECTOR_TEAMS: "sector",
    Measure.BLOCK_TEAMS: "block",
    Measure.ZONE_TEAMS: "zone",
}
BEHIND = (Standing.LATE, Standing.STUCK, Standing.OVERDUE)


@dataclass
class Part:
    """A place and how far it is; no place: what lies in no zone."""

    place: Named | None
    tally: Tally
    progress: Progress

    @property
    def verified_percent(self) -> int | None:
        return percent(self.tally.verified, self.tally.booths)

    @property
    def needed_per_day(self) -> int | None:
        """None where nothing is left to do, or no day to do it."""
        its = self.progress
        return its.needed_per_day if its.remaining and its.days_left else None

    @property
    def is_behind(self) -> bool:
        return self.progress.standing in BEHIND


def part_of(frame: Frame, place: Named | None, tally: Tally) -> Part:
    term, on = term_of(frame.main), frame.on
    return Part(place, tally, progress(_counts(tally, term, on), term, on))


@dataclass
class Counted:
    """The tallies of all that a page shows: by seat and district, for each kind of agent; and of
    each level of teams by place, on each of its days."""

    frame: Frame
    by_kind: dict[str, dict[PartKey, Tally]]
    teams: dict[str, dict[int, Teams]]
    asked: TeamsAsked

    def by(
        self, key_of: Callable[[PartKey], Hashable], places: Mapping[Hashable, Named | None]
    ) -> list[Part]:
        """A part for each of the places, also for those that have no booth."""
        summed = tallies.rolled_up(self.by_kind[self.frame.main.kind], key_of)
        return [self._part(place, summed.get(key) or Tally()) for key, place in places.items()]

    def whole(self, place: Named) -> Part:
        return self.by(lambda key: None, {None: place})[0]

    def by_seat(self, seats: Iterable[AssemblySeat]) -> list[Part]:
        return self.by(lambda key: key[0], {seat.pk: seat for seat in seats})

    def by_seat_of(self, district: District, seats: Iterable[AssemblySeat]) -> list[Part]:
        """Seats that have booths in the district, and those of it that have none at all yet."""
        return [
            part
            for part in self.by_seat(seats)
            if part.tally.booths or part.place.district_id == district.pk
        ]

    def by_lok_sabha_seat(self, land: Territory) -> list[Part]:
        of_seat = {seat.pk: seat.lok_sabha_seat_id for seat in land.seats}
        places = {seat.pk: seat for seat in land.lok_sabha_seats}
        return self.by(lambda key: of_seat[key[0]], places)

    def by_zone(self, land: Territory) -> list[Part]:
        """The seats that are in no zone are a part of their own, if there are any."""
        of_seat = {seat.pk: land.zone_of_seat(seat) for seat in land.seats}
        places = {zone.pk: zone for zone in land.zones}
        if None in of_seat.values():
            places[None] = None
        return self.by(lambda key: getattr(of_seat[key[0]], "pk", None), places)

    def by_district(self, districts: Iterable[District]) -> list[Part]:
        return self.by(lambda key: key[1], {district.pk: district for district in districts})

    def of(self, directive: Directive) -> Counts:
        """The counts of a directive on agents."""
        whole = tallies.rolled_up(self.by_kind[directive.kind], lambda key: None).get(None)
        return _counts(whole or Tally(), term_of(directive), self.frame.on)

    def _part(self, place: Named | None, tally: Tally) -> Part:
        return part_of(self.frame, place, tally)


def days_of(term: Term, on: date) -> tuple[date, date, date]:
    """The further days on which it matters what was done: those of progress.Counts."""
    return on - timedelta(days=1), term.recent_from(on), term.baseline_on


def _counts(tally: Tally, term: Term, on: date) -> Counts:
    return Counts(
        tally.booths, tally.covered, *(tally.covered_on[day] for day in days_of(term, on))
    )


def count(
    frame: Frame,
    seats: Iterable[AssemblySeat],
    district: District | None = None,
    *,
    zones: Iterable[Zone] = (),
    levels: Iterable[str] = (),
    booths_only: bool = False,
) -> Counted:
    """The booths of the seats, or only those of them that lie in the district; the teams of every
    level that a directive is about, and of `levels`, there and in the zones. One query."""
    seats, on = list(seats), frame.on
    days: dict[str, list[date]] = defaultdict(list)
    for directive in frame.directives:
        if directive.measure == Measure.AGENTS:
            days[directive.kind] += days_of(term_of(directive), on)
    parts = PartsAsked([seat.pk for seat in seats], on, days, district.pk if district else None)
    asked = TeamsAsked(
        [seat.pk for seat in seats if district is None or seat.district_id == district.pk],
        [zone.pk for zone in zones],
        frame.team_sizes,
        {} if booths_only else _team_days(frame, levels),
    )
    by_kind, teams = tallies.parts_and_teams(parts, asked)
    return Counted(frame, by_kind, teams, asked)


def _team_days(frame: Frame, levels: Iterable[str]) -> dict[str, list[date]]:
    """The day shown, and for each directive the one before it was issued."""
    days = {level: [frame.on] for level in levels}
    for each in frame.others:
        if each.measure in LEVELS:
            days.setdefault(LEVELS[each.measure], [frame.on]).append(term_of(each).baseline_on)
    return days


# The other directives


@dataclass
class Measured:
    """A further directive and how far it is."""

    directive: Directive
    progress: Progress

    @property
    def counts_units(self) -> bool:
        """Kept by hand are percents, and no number of anything."""
        return self.directive.measure != Measure.BY_HAND


def every(frame: Frame, seats: Iterable[AssemblySeat], zones: Iterable[Zone]) -> list[Measured]:
    """All directives in their order, the main one too, as far as they are."""
    counted = count(frame, seats, zones=zones)
    main = [Measured(frame.main, _progress_of(frame, counted, frame.main))] if frame.main else []
    return sorted(main + others(counted), key=lambda each: each.directive.number)


def _progress_of(frame: Frame, counted: Counted, directive: Directive) -> Progress:
    return progress(counted.of(directive), term_of(directive), frame.on)


def others(counted: Counted) -> list[Measured]:
    """All directives but the main one; that on zone teams only where there are zones. What is kept
    by hand is one query."""
    frame, asked = counted.frame, counted.asked
    shown = [each for each in frame.others if asked.zones or each.measure != Measure.ZONE_TEAMS]
    counts = _team_counts(counted, shown) | _hand_counts(frame, shown, asked.seats)
    return [
        Measured(each, progress(counts.get(each.pk) or counted.of(each), term_of(each), frame.on))
        for each in shown
    ]


def _team_counts(counted: Counted, shown: list[Directive]) -> dict[int, Counts]:
    result = {}
    for directive in shown:
        if directive.measure not in LEVELS:
            continue
        level = LEVELS[directive.measure]
        days = counted.asked.days[level]
        teams = sum(counted.teams[level].values(), Teams(0, (0,) * len(days)))
        ready = dict(zip(days, teams.ready, strict=True))
        now, before = ready[counted.frame.on], ready[term_of(directive).baseline_on]
        result[directive.pk] = Counts(teams.total, now, now, now, before)
    return result


def _hand_counts(frame, shown, seats) -> dict[int, Counts]:
    """The latest percents added up, out of a hundred a seat; a seat without one counts as 0."""
    done = {pk: sum(its.values()) for pk, its in percents_by_hand(frame, shown, seats).items()}
    return {pk: Counts(len(seats) * 100, now, now, now, 0) for pk, now in done.items()}


def percents_by_hand(
    frame: Frame, directives: Iterable[Directive], seats: Iterable[int]
) -> dict[int, dict[int, int]]:
    """The latest percents, by directive kept by hand and by seat; one query, none without such."""
    by_hand, seats = (
        [each.pk for each in directives if each.measure == Measure.BY_HAND],
        list(seats),
    )
    if not by_hand:
        return {}
    readings = DirectiveReading.objects.filter(
        directive__in=by_hand, assembly_seat__in=seats, on__lte=frame.on
    )
    found = {pk: dict.fromkeys(seats, 0) for pk in by_hand}
    for directive, seat, reading in readings.order_by("on").values_list(
        "directive", "assembly_seat", "percent"
    ):
        found[directive][seat] = reading
    return found
