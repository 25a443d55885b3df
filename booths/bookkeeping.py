"""The only writer of the day-book: it adds what a change makes of the lines of the booths.

Nothing is guessed: the writer takes the lines of the booths before and after, and adds the
difference on every day on which they differ (booths/daybook.py holds the arithmetic).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from booths import daybook
from booths.models import Appointment, Booth, CoverDay, RollDay
from booths.tallies import needs_of
from zones.models import AssemblySeat, State

CHUNK = 5000  # ids in one query; SQLite takes at most 32,766 parameters


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


class Listed(NamedTuple):
    """What the day-book asks of a booth that has no appointment: it need not be a whole one."""

    assembly_seat_id: int
    district_id: int | None
    listed_on: date
    retired_on: date | None = None


def listing_changes(booths: Iterable[Booth | Listed]) -> Counter:
    """What new booths, which have no appointment yet, bring to the day-book."""
    return changes_of_listing(Counter(map(attrgetter(*Listed._fields), booths)))


def changes_of_listing(counts: Counter[tuple]) -> Counter:
    """The same of so many of each kind, as Listed has it."""
    seats = {seat for seat, *_rest in counts}
    districts = dict(AssemblySeat.objects.filter(pk__in=seats).values_list("pk", "district"))
    changes: Counter = Counter()
    for (seat, district, listed_on, retired_on), count in counts.items():
        line = daybook.BoothLine(seat, district or districts[seat], listed_on, retired_on)
        of_one = daybook.roll_changes(line)
        changes.update({entry: number * count for entry, number in of_one.items()})
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
