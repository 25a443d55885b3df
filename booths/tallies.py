"""Counting: the only place that counts booths and teams.

Seats and all above them are summed from the day-book, on any day; what lies inside a seat is
counted live (booths/seat_list.py). The number of queries does not depend on the number of places,
kinds or directives. The sums are plain SQL that both databases read alike: Django took two to
four times as long to put these queries together as the databases to answer them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, zip_longest
from typing import TypeVar

from django.db import connection
from django.db.models import Case, Count, IntegerField, Q, Value, When

from booths import teams
from booths.models import AgentNeed, Booth, Kind
from zones.models import AssemblySeat


@dataclass
class Tally:
    """Booths of one area at the end of a day; `covered_on` holds other days that were asked for."""

    booths: int = 0
    covered: int = 0
    proposed: int = 0
    verified: int = 0
    covered_on: Counter = field(default_factory=Counter)

    @property
    def vacant(self) -> int:
        return self.booths - self.covered - self.proposed

    def __iadd__(self, other: "Tally") -> "Tally":
        self.booths += other.booths
        self.covered += other.covered
        self.proposed += other.proposed
        self.verified += other.verified
        self.covered_on.update(other.covered_on)
        return self


def needs_of(state_id: int) -> dict[str, int]:
    """How many agents of each kind a booth of the state needs; one where the state has not said."""
    said = AgentNeed.objects.filter(state=state_id).order_by().values_list("kind", "per_booth")
    return dict.fromkeys(Kind.values, 1) | dict(said)


def need_of(state_id: int, kind: str) -> int:
    return needs_of(state_id)[kind]


# The state of any day, from the day-book

Key = TypeVar("Key", bound=Hashable)
PartKey = tuple[int, int]  # the assembly seat and the district of one part of the territory
Query = tuple[str, list]  # SQL and its values


def _rows(query: Query) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(*query)
        return cursor.fetchall()


def _as_stored(day: date):
    return connection.ops.adapt_datefield_value(day)


def _one_of(values: list) -> str:
    return f"IN ({', '.join(['%s'] * len(values))})"


def _within(seats: list[int], district: int | None) -> Query:
    """The pages of the day-book of these seats, or of what of them lies in the district."""
    text, values = f"assembly_seat_id {_one_of(seats)}", list(seats)
    return (f"{text} AND district_id = %s", [*values, district]) if district else (text, values)


@dataclass(frozen=True)
class Select:
    """One of several that are asked together; `values` are those of the columns, then of the rest."""

    columns: list[str]
    rest: str
    values: list


def _united(selects: list[Select]) -> list[tuple]:
    """The rows of all in one query, the shorter ones filled up with zeros; none: no query."""
    if not selects:
        return []
    width = max(len(select.columns) for select in selects)
    texts = [
        f"SELECT {', '.join(select.columns + ['0'] * (width - len(select.columns)))} {select.rest}"
        for select in selects
    ]
    return _rows((" UNION ALL ".join(texts), [each for s in selects for each in s.values]))


@dataclass(frozen=True)
class PartsAsked:
    """Of the seats, or of what of them lies in the district, each kind that `also_on` names."""

    seats: list[int]
    as_of: date
    also_on: Mapping[str, Iterable[date]]
    district: int | None = None

    @property
    def days(self) -> list[date]:
        return sorted({day for of_kind in self.also_on.values() for day in of_kind})

    def selects(self) -> list[Select]:
        if not self.seats or not self.also_on:
            return []
        within = _within(self.seats, self.district)
        return [
            _booths(within, self.as_of),
            _cover(within, self.as_of, self.days, list(self.also_on)),
        ]

    def read(self, rows: Iterable[tuple]) -> dict[str, dict[PartKey, Tally]]:
        kinds, days = list(self.also_on), self.days
        result: dict[str, dict[PartKey, Tally]] = {kind: defaultdict(Tally) for kind in kinds}
        for kind, seat, in_district, now, proposed, verified, *then in rows:
            for of_kind in [kind] if kind in result else kinds if kind == "" else ():
                tally = result[of_kind][seat, in_district]
                if kind:
                    tally.covered, tally.proposed, tally.verified = now, proposed, verified
                    tally.covered_on = Counter(dict(zip(days, then, strict=False)))
                else:
                    tally.booths = now
        return {kind: dict(of_kind) for kind, of_kind in result.items()}


def parts_by_kind(
    *,
    seats: Iterable[int],
    as_of: date,
    also_on: Mapping[str, Iterable[date]],
    district: int | None = None,
) -> dict[str, dict[PartKey, Tally]]:
    """For each kind that `also_on` names, the tally of each seat's part in each district; one query.

    `covered_on` of every kind holds the further days of all kinds. Parts without booths or entries
    are missing; a caller that lists places looks them up with a default of `Tally()`.
    """
    asked = PartsAsked(list(seats), as_of, also_on, district)
    return asked.read(_united(asked.selects()))


def rolled_up(
    tallies: Mapping[Key, Tally], place_of: Callable[[Key], Hashable]
) -> dict[Hashable, Tally]:
    """The tallies (of parts, of booths) summed by the place that `place_of` gives for their key."""
    result: dict[Hashable, Tally] = defaultdict(Tally)
    for key, tally in tallies.items():
        result[place_of(key)] += tally
    return result


def _booths(within: Query, as_of: date) -> Select:
    """The booths of each part, in the first columns of _cover()."""
    where, values = within
    return Select(
        ["''", "assembly_seat_id", "district_id", "SUM(booths)"],
        f"FROM booths_rollday WHERE {where} AND day <= %s GROUP BY assembly_seat_id, district_id",
        [*values, _as_stored(as_of)],
    )


def _cover(within: Query, as_of: date, days: list[date], kinds: list[str]) -> Select:
    """Covered, proposed and verified of each part and kind, then covered on each of the days."""
    where, values = within
    until = "COALESCE(SUM({}) FILTER (WHERE day <= %s), 0)".format
    columns = [until("gained - lost"), until("proposed"), until("verified")]
    columns += [until("gained - lost")] * len(days)
    on_days = [_as_stored(day) for day in [as_of] * 3 + days]
    return Select(
        ["kind", "assembly_seat_id", "district_id", *columns],
        f"FROM booths_coverday WHERE {where} AND kind {_one_of(kinds)} AND day <= %s"
        " GROUP BY assembly_seat_id, district_id, kind",
        [*on_days, *values, *kinds, _as_stored(max([as_of, *days]))],
    )


Growth = list[int]  # covered at the end of a first day, then how many more on each day after it


def growth_by_seat(
    *,
    seats: Iterable[int],
    since: date,
    as_of: date,
    kind: str = Kind.BOOTH_AGENT,
    district: int | None = None,
) -> dict[int, Growth]:
    """The growth of each seat that has any from the end of `since` to that of `as_of`; one query."""
    where, values = _within(list(seats), district)
    # As text, which both databases write alike: SQLite's own dates are slow to read.
    query = (
        "SELECT assembly_seat_id, CAST(day AS VARCHAR(10)), gained - lost FROM booths_coverday"
        f" WHERE {where} AND kind = %s AND day <= %s",
        [*values, str(kind), _as_stored(as_of)],
    )
    place = {day.isoformat(): n for n, day in enumerate(_days(since, as_of))}
    result: dict[int, Growth] = defaultdict(lambda: [0] * len(place))
    for seat, day, grown in _rows(query) if values else ():
        result[seat][place.get(day, 0)] += grown
    return dict(result)


def covered_by_day(growths: Iterable[Growth], since: date, as_of: date) -> list[tuple[date, int]]:
    """Covered booths at the end of every day from `since` to `as_of`, of all of these together."""
    days = _days(since, as_of)
    grown = map(sum, zip(*growths, [0] * len(days), strict=True))
    return list(zip(days, accumulate(grown), strict=True))


def _days(since: date, as_of: date) -> list[date]:
    return [since + timedelta(days=n) for n in range((as_of - since).days + 1)]


# A booth, live


def with_status(booths, *, kind: str, on: date, need: int):
    """Annotates `in_office`, `cover` (covered, proposed, vacant) and `is_verified` on the day."""

    def appointments(**dates):
        standing = Q(appointments__ended_on=None) | Q(appointments__ended_on__gt=on)
        fields = {f"appointments__{name}__lte": on for name in dates}
        return Count("appointments", filter=standing & Q(appointments__kind=kind, **fields))

    return booths.annotate(
        in_office=appointments(appointed_on=True),
        standing=appointments(proposed_on=True),
        verified=appointments(verified_on=True),
    ).annotate(
        cover=Case(
            When(in_office__gte=need, then=Value("covered")),
            When(standing__gte=1, then=Value("proposed")),
            default=Value("vacant"),
        ),
        is_verified=Case(When(verified__gte=need, then=1), default=0, output_field=IntegerField()),
    )


def booths_by_sector(seat: AssemblySeat, on: date) -> Counter[int | None]:
    """The booths on the list of the day by sector; None: in no sector."""
    listed = Booth.objects.filter(assembly_seat=seat).listed(on).order_by()
    return Counter(listed.values_list("sector", flat=True))


# Teams


@dataclass(frozen=True)
class Teams:
    total: int = 0
    ready: tuple[int, ...] = ()  # on each of the days that were asked for

    def __add__(self, other: "Teams") -> "Teams":
        ready = zip_longest(self.ready, other.ready, fillvalue=0)
        return Teams(self.total + other.total, tuple(mine + its for mine, its in ready))


# How many a team has of each thing that booths/teams.py says it needs.
HAS = {
    teams.LEAD: "COUNT(*) FILTER (WHERE p.is_lead)",
    teams.MEMBERS: "COUNT(*)",
    teams.STATE_EXECUTIVE: "COUNT(*) FILTER (WHERE m.origin = 'state_executive')",
    teams.LOCAL: "COUNT(*) FILTER (WHERE m.origin = 'local')",
}
READY = """
    SELECT m.{level}_id FROM booths_teammember m JOIN booths_post p ON p.id = m.post_id
    WHERE m.{level}_id IS NOT NULL AND m.since <= %s AND (m.until IS NULL OR m.until > %s)
    GROUP BY m.{level}_id HAVING {rule}
"""
# Of each level: its table, and what in it the places are given by.
UNITS = {
    "sector": ("booths_sector", "assembly_seat_id"),
    "block": ("booths_block", "assembly_seat_id"),
    "zone": ("zones_zone", "id"),
}


@dataclass(frozen=True)
class TeamsAsked:
    """Of each level in `days`: "sector" and "block" by seat, "zone" by zone. `sizes`: how many
    members the team of a level needs. Which are ready, booths/teams.py says."""

    seats: list[int]
    zones: list[int]
    sizes: Mapping[str, int]
    days: Mapping[str, list[date]]

    def selects(self) -> list[Select]:
        places = {"sector": self.seats, "block": self.seats, "zone": self.zones}
        return [
            _teams_of(level, self.sizes.get(level, 0), places[level], days)
            for level, days in self.days.items()
            if places[level]
        ]

    def read(self, rows: Iterable[tuple]) -> dict[str, dict[int, Teams]]:
        found: dict[str, dict[int, Teams]] = {level: {} for level in self.days}
        for level, place, _district, total, *ready in rows:
            if level in found:
                found[level][place] = Teams(total, tuple(ready[: len(self.days[level])]))
        return found


def teams_by_place(
    *,
    seats: Iterable[int],
    zones: Iterable[int],
    sizes: Mapping[str, int],
    days: Mapping[str, list[date]],
) -> dict[str, dict[int, Teams]]:
    """For each level the teams of each place and those ready on each of its days; one query."""
    asked = TeamsAsked(list(seats), list(zones), sizes, days)
    return asked.read(_united(asked.selects()))


def parts_and_teams(
    parts: PartsAsked, of_teams: TeamsAsked
) -> tuple[dict[str, dict[PartKey, Tally]], dict[str, dict[int, Teams]]]:
    """What parts_by_kind() and teams_by_place() give, in one query for both."""
    rows = _united(parts.selects() + of_teams.selects())
    return parts.read(rows), of_teams.read(rows)


def _teams_of(level: str, size: int, places: list[int], days: list[date]) -> Select:
    """Level, place, (no district), teams, those ready on each day."""
    needed = teams.needed(level, size)
    rule = " AND ".join(f"{HAS[what]} >= {int(number)}" for what, number in needed.items())
    ready = f"COUNT(*) FILTER (WHERE u.id IN ({READY.format(level=level, rule=rule)}))"
    table, given_by = UNITS[level]
    return Select(
        [f"'{level}'", f"u.{given_by}", "0", "COUNT(*)", *[ready] * len(days)],
        f"FROM {table} u WHERE u.{given_by} {_one_of(places)} GROUP BY u.{given_by}",
        [_as_stored(day) for day in days for _ in range(2)] + places,
    )
