"""Counting: the only place that counts booths and teams, and the only writer of the day-book.

Seats and all above them are summed from the day-book, on any day; blocks, sectors and booths
inside a seat are counted live, by today's membership. The number of queries does not depend on
the number of places.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from booths import daybook
from booths.models import (
    AgentNeed,
    Appointment,
    Block,
    Booth,
    CoverDay,
    Kind,
    RollDay,
    Sector,
    TeamMember,
)
from zones.models import AssemblySeat, State


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


# The state of any day, from the day-book

PartKey = tuple[int, int]  # the assembly seat and the district of one part of the territory


def parts(
    *,
    seats: Iterable[int],
    as_of: date,
    kind: str = Kind.BOOTH_AGENT,
    also_on: Iterable[date] = (),
    district: int | None = None,
) -> dict[PartKey, Tally]:
    """The tally of each seat's part in each district, in two queries.

    `also_on` names further days on which `covered` is wanted. Parts without booths or entries
    are missing; a caller that lists places looks them up with a default of `Tally()`.
    """
    days = sorted(set(also_on))
    rows = {"assembly_seat__in": list(seats)} | ({"district": district} if district else {})
    covered = {
        f"covered_{i}": Sum(F("gained") - F("lost"), filter=Q(day__lte=day), default=0)
        for i, day in enumerate([as_of, *days])
    }
    sums = {
        name: Sum(name, filter=Q(day__lte=as_of), default=0) for name in ("proposed", "verified")
    }
    result: dict[PartKey, Tally] = defaultdict(Tally)
    booths = RollDay.objects.filter(**rows, day__lte=as_of).values_list("assembly_seat", "district")
    for seat, in_district, number in booths.annotate(n=Sum("booths")):
        result[seat, in_district].booths = number
    entries = CoverDay.objects.filter(**rows, kind=kind, day__lte=max([as_of, *days]))
    for row in entries.values("assembly_seat", "district").annotate(**covered, **sums):
        tally = result[row["assembly_seat"], row["district"]]
        tally.covered, tally.proposed, tally.verified = (
            row["covered_0"],
            row["proposed"],
            row["verified"],
        )
        tally.covered_on = Counter({day: row[f"covered_{i}"] for i, day in enumerate(days, 1)})
    return dict(result)


def rolled_up(
    tallies: dict[PartKey, Tally], place_of: Callable[[PartKey], Hashable]
) -> dict[Hashable, Tally]:
    """The parts summed by the place that `place_of` gives for their key."""
    result: dict[Hashable, Tally] = defaultdict(Tally)
    for key, tally in tallies.items():
        result[place_of(key)] += tally
    return result


@dataclass(frozen=True)
class Day:
    """Booths at the end of one day."""

    day: date
    booths: int
    covered: int
    verified: int


def series(
    *,
    seats: Iterable[int],
    from_on: date,
    as_of: date,
    kind: str = Kind.BOOTH_AGENT,
    district: int | None = None,
) -> list[Day]:
    """Every day from `from_on` to `as_of`, in two queries."""
    rows = {"assembly_seat__in": list(seats), "day__lte": as_of}
    rows |= {"district": district} if district else {}
    changes: dict[date, Counter] = defaultdict(Counter)
    roll = RollDay.objects.filter(**rows).values_list("day").annotate(n=Sum("booths"))
    cover = CoverDay.objects.filter(**rows, kind=kind).values_list("day")
    for day, booths in roll:
        changes[max(day, from_on)]["booths"] += booths
    for day, covered, verified in cover.annotate(c=Sum(F("gained") - F("lost")), v=Sum("verified")):
        changes[max(day, from_on)].update(covered=covered, verified=verified)
    result, state = [], Counter()
    for n in range((as_of - from_on).days + 1):
        day = from_on + timedelta(days=n)
        state.update(changes.get(day, {}))
        result.append(Day(day, state["booths"], state["covered"], state["verified"]))
    return result


# Inside a seat, live


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


def units_of_seat(
    seat: AssemblySeat, unit: str, *, as_of: date, kind: str = Kind.BOOTH_AGENT
) -> dict[int | None, Tally]:
    """Tallies by `unit` ("sector" or "sector__block"), by today's membership; None: in no unit."""
    booths = Booth.objects.filter(assembly_seat=seat).listed(as_of).order_by()
    rows = with_status(booths, kind=kind, on=as_of, need=need_of(seat.state_id, kind))
    result: dict[int | None, Tally] = defaultdict(Tally)
    for place, cover, verified in rows.values_list(unit, "cover", "is_verified"):
        tally = result[place]
        tally.booths += 1
        tally.covered += cover == "covered"
        tally.proposed += cover == "proposed"
        tally.verified += verified
    return dict(result)


# Teams


@dataclass(frozen=True)
class Teams:
    total: int = 0
    ready: tuple[int, ...] = ()  # on each of the days that were asked for

    def __add__(self, other: "Teams") -> "Teams":
        longer = max(len(self.ready), len(other.ready))
        mine = self.ready or (0,) * longer
        theirs = other.ready or (0,) * longer
        return Teams(
            self.total + other.total, tuple(a + b for a, b in zip(mine, theirs, strict=True))
        )


def ready_teams(level: str, size: int, on: date):
    """Ids of the blocks or sectors (`level`) whose team has its lead and `size` members."""
    return (
        TeamMember.objects.current(on)
        .filter(**{f"{level}__isnull": False})
        .order_by()
        .values(level)
        .annotate(members=Count("pk"), leads=Count("pk", filter=Q(post__is_lead=True)))
        .filter(members__gte=size, leads__gte=1)
        .values(level)
    )


def teams_by_seat(
    level: str, *, seats: Iterable[int], size: int, days: Iterable[date]
) -> dict[int, Teams]:
    """Blocks or sectors of each seat and how many of their teams are ready, in one query."""
    model = {"block": Block, "sector": Sector}[level]
    ready = {
        f"ready_{i}": Count("pk", filter=Q(pk__in=ready_teams(level, size, day)))
        for i, day in enumerate(days)
    }
    rows = model.objects.filter(assembly_seat__in=list(seats)).order_by().values("assembly_seat")
    return {
        row["assembly_seat"]: Teams(row["total"], tuple(row[name] for name in ready))
        for row in rows.annotate(total=Count("pk"), **ready)
    }


def ready_zones(scheme: int, on: date) -> set[int]:
    """Zones whose team has a member of the state executive and a local one."""
    origin = TeamMember.Origin
    return set(
        TeamMember.objects.current(on)
        .filter(zone__scheme=scheme)
        .order_by()
        .values("zone")
        .annotate(
            executive=Count("pk", filter=Q(origin=origin.STATE_EXECUTIVE)),
            local=Count("pk", filter=Q(origin=origin.LOCAL)),
        )
        .filter(executive__gte=1, local__gte=1)
        .values_list("zone", flat=True)
    )


# Writing the day-book

CHUNK = 5000  # ids in one query; SQLite takes at most 32,766 parameters


def needs_of(state_id: int) -> dict[str, int]:
    return dict(AgentNeed.objects.filter(state=state_id).values_list("kind", "per_booth"))


def need_of(state_id: int, kind: str) -> int:
    """Agents of the kind that a booth needs; one where the state has not said."""
    return needs_of(state_id).get(kind, 1)


def booth_lines(booth_ids: Iterable[int]) -> Iterator[tuple[int, daybook.BoothLine]]:
    """(state, line) of each booth, two queries a chunk."""
    ids = sorted(booth_ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        spans = defaultdict(list)
        for booth, *span in Appointment.objects.filter(booth__in=chunk).values_list(
            "booth", "kind", "proposed_on", "appointed_on", "verified_on", "ended_on"
        ):
            spans[booth].append(daybook.Span(*span))
        for pk, state, seat, district, listed_on, retired_on in Booth.objects.filter(
            pk__in=chunk
        ).values_list(
            "pk",
            "assembly_seat__state",
            "assembly_seat",
            Coalesce("district", "assembly_seat__district"),
            "listed_on",
            "retired_on",
        ):
            line = daybook.BoothLine(seat, district, listed_on, retired_on, tuple(spans[pk]))
            yield state, line


def booth_changes(booth_ids: Iterable[int]) -> Counter:
    """What these booths and their appointments bring to the day-book as they stand now."""
    lines = defaultdict(list)
    for state, line in booth_lines(booth_ids):
        lines[state].append(line)
    changes: Counter = Counter()
    for state, of_state in lines.items():
        changes.update(daybook.changes_of(of_state, needs_of(state)))
    return changes


def listing_changes(booths: Iterable[Booth]) -> Counter:
    """What new booths, which have no appointment yet, bring to the day-book."""
    booths = list(booths)
    seats = {booth.assembly_seat_id for booth in booths}
    districts = dict(AssemblySeat.objects.filter(pk__in=seats).values_list("pk", "district"))
    changes: Counter = Counter()
    for booth in booths:
        seat = booth.assembly_seat_id
        line = daybook.BoothLine(
            seat, booth.district_id or districts[seat], booth.listed_on, booth.retired_on
        )
        changes.update(daybook.roll_changes(line))
    return changes


def record(before: Counter, after: Counter) -> None:
    """Adds the difference to the day-book, page by page in order of key so that none deadlock."""
    changes = sorted(daybook.difference(after, before).items())
    pages = {
        page: {entry.column: n for entry, n in entries}
        for page, entries in groupby(changes, key=lambda change: change[0].page)
    }
    for model, own in ((RollDay, lambda page: not page.kind), (CoverDay, lambda page: page.kind)):
        write_pages(model, {page: columns for page, columns in pages.items() if own(page)})


def page_fields(page: daybook.Page) -> dict:
    fields = {
        "assembly_seat_id": page.assembly_seat,
        "district_id": page.district,
        "day": page.day,
    }
    return fields | ({"kind": page.kind} if page.kind else {})


def write_pages(model, pages: dict[daybook.Page, dict[str, int]]) -> None:
    model.objects.bulk_create(
        [model(**page_fields(page)) for page in pages], ignore_conflicts=True, batch_size=500
    )
    for page, columns in pages.items():
        model.objects.filter(**page_fields(page)).update(
            **{column: F(column) + n for column, n in columns.items()}
        )


@contextmanager
def keeping_day_book(booth_ids: Iterable[int]):
    """Locks the booths in order of id and adds to the day-book what the block changes of them."""
    ids = sorted(set(booth_ids))
    with transaction.atomic():
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            list(Booth.objects.select_for_update().filter(pk__in=chunk).order_by("pk").values("pk"))
        before = booth_changes(ids)
        yield
        record(before, booth_changes(ids))


def recounted(state: State) -> Counter:
    """The day-book of the state as booths and appointments alone say it should be."""
    return booth_changes(
        Booth.objects.filter(assembly_seat__state=state).values_list("pk", flat=True)
    )


def day_book(state: State) -> Counter:
    """The day-book of the state as it is written."""
    entries: Counter = Counter()
    for model, columns in (
        (RollDay, ("booths",)),
        (CoverDay, ("gained", "lost", "proposed", "verified")),
    ):
        for row in model.objects.filter(assembly_seat__state=state).values():
            page = daybook.Page(
                row["assembly_seat_id"], row["district_id"], row.get("kind", ""), row["day"]
            )
            for column in columns:
                if row[column]:
                    entries[daybook.Entry(page, column)] = row[column]
    return entries


@contextmanager
def recounting(state: State):
    """Holds every seat and booth of the state, and puts the day-book right after the block.

    It locks the seats, as an import of booths does, then the booths, as every appointment
    does, so nobody writes meanwhile. Yields a counter that receives the differences found.
    """
    found: Counter = Counter()
    with transaction.atomic():
        seats = AssemblySeat.objects.select_for_update().filter(state=state).order_by("pk")
        list(seats.values("pk"))
        booths = Booth.objects.filter(assembly_seat__state=state).order_by("pk")
        list(booths.select_for_update(of=("self",)).values("pk"))
        yield found
        before, after = day_book(state), recounted(state)
        record(before, after)
        found.update(daybook.difference(after, before))


def recount(state: State) -> Counter:
    """Puts the day-book right and returns the differences that it found."""
    with recounting(state) as found:
        pass
    return found
