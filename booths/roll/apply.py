"""Writes what a plan says: all of it or nothing, with the day-book and what it takes to undo it."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.formats import date_format

from booths import bookkeeping
from booths.models import Appointment, Booth, ImportBatch
from booths.roll import garbage
from booths.roll.check import Record
from booths.roll.compare import compare
from booths.roll.drafts import FIELDS
from booths.roll.left import Left, Texts, keep_batch
from booths.roll.plan import MANY_RETIRED_PERCENT, NUMBER, Change, Losses, Plan
from booths.roll.problems import Refused
from zones import rows_in_bulk
from zones.models import AssemblySeat, User
from zones.trail.keeping import acting, keep_ids, keep_parts

# Ids in one query: SQLite takes at most 32,766 of them.
CHUNK = 5000
TOLD = 1000  # booths that are kept between two tellings; new ones are told as they are written
Tell = Callable[[int, int], object]  # rows written, of how many
ABOVE_ALL = 1_000_000  # beyond the number of any booth
Item = TypeVar("Item")


# What the user may have to say yes to, by name; see must_be_said().
TICKS = ("retire_many", "leave_agents", "by_number")


@garbage.not_searched_for()
def apply(
    plan: Plan,
    *,
    by: User | None = None,
    by_name: str = "",
    said: Collection[str] = (),
    tell: Tell = lambda done, total: None,
) -> ImportBatch:
    """Imports what was previewed. Raises Refused, and writes nothing, where the booths are no
    longer as the plan found them, or where the plan does what must be confirmed (`must_be_said`)
    and it is not `said`. `tell` hears how far it is."""
    with writing(plan.reading.file_name, by):
        districts = lock_seats(plan.reading.seat_ids)
        lock_booths(plan)
        _refuse_what_changed(plan)
        refuse_unsaid(plan.losses, said)
        left = write(plan, districts, Written(plan, tell))
        return keep_batch(plan.reading, plan.as_of, plan.is_full, plan.counts, left, by, by_name)


@contextmanager
def writing(file_name: str, by: User | None) -> Iterator[None]:
    try:
        with transaction.atomic(), acting(by=by, why=file_name):
            yield
    except IntegrityError:
        # A booth added by hand locks no seat; it may have come after our look.
        raise Refused("booths_changed") from None


def write(plan: Plan, districts: dict[int, int], written: "Written") -> "Left":
    """Writes one plan; the seats and booths are locked. Returns what it takes to undo it."""
    _refuse_too_early(plan)
    texts = _change_and_retire(plan, districts, written)
    return Left.of(plan, _list_new(plan, districts, written), texts)


class Written:
    """Tells how much of the plan is written; a row counts when it is, and when its version is."""

    def __init__(self, plan: Plan, tell: Tell = lambda done, total: None):
        self.done, self.tell = 0, tell
        self.total = 2 * (len(plan.new) + len(plan.changed) + len(plan.retired))

    def add(self, rows: int) -> None:
        self.done += rows
        self.tell(self.done // 2, self.total // 2)


def _refuse_what_changed(plan: Plan) -> None:
    """Somebody may have written between the preview and the lock."""
    now = compare(
        plan.reading,
        as_of=plan.as_of,
        is_full=plan.is_full,
        renumber=lambda proposed: proposed.plain in plan.renumber,
    )
    if not now.does_the_same_as(plan):
        raise Refused("booths_changed")


def lock_seats(ids: Collection[int]) -> dict[int, int]:
    """So that two imports of one seat wait for each other; returns the main districts of the
    seats."""
    # Without the key: appointments and the day-book refer to a seat and need not wait.
    seats = AssemblySeat.objects.select_for_update(no_key=True)
    return dict(seats.filter(pk__in=ids).order_by("pk").values_list("pk", "district"))


def lock_booths(plan: Plan) -> None:
    """Those that change."""
    touched = [change.booth_id for change in plan.changed]
    touched += [gone.booth_id for gone in plan.retired]
    for ids in chunks(sorted(touched)):
        booths = Booth.objects.select_for_update(no_key=True).filter(pk__in=ids)
        list(booths.order_by("pk").values("pk"))


def chunks(items: list[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _change_and_retire(plan: Plan, districts: dict[int, int], written: Written) -> Texts:
    """Returns, by booth, the texts as the lists have them, before and after."""
    texts: Texts = {}
    retired = [gone.booth_id for gone in plan.retired]
    moving = [change.booth_id for change in plan.changed if "district_id" in change.new]
    with bookkeeping.keeping_day_book([*retired, *moving]) if retired or moving else nullcontext():
        set_aside([change.booth_id for change in plan.renumbered])
        for ids in chunks(retired):
            Booth.objects.filter(pk__in=ids).update(retired_on=plan.as_of)
        for changes in chunks(plan.changed):
            its = Booth.objects.filter(pk__in=[change.booth_id for change in changes])
            kept = dict(its.values_list("pk", "as_written"))
            its_texts = {c.booth_id: _as_written(c.record, kept[c.booth_id]) for c in changes}
            texts |= {pk: (kept[pk], text) for pk, text in its_texts.items() if text != kept[pk]}
            rows_in_bulk.update(
                Booth,
                (_update(change, districts, its_texts[change.booth_id]) for change in changes),
            )
            written.add(len(changes))
    written.add(len(retired))
    _keep({*retired, *(change.booth_id for change in plan.changed)}, "~", written)
    return texts


def set_aside(booth_ids: list[int]) -> None:
    """Gives booths that change their numbers, for a moment, numbers that none has: among
    themselves they may swap theirs, and no two may ever have the same."""
    for ids in chunks(sorted(booth_ids)):
        Booth.objects.filter(pk__in=ids).update(number=F("number") + ABOVE_ALL)


def _keep(ids: Iterable[int], verb: str, written: Written) -> None:
    for chunk in chunks(sorted(ids), TOLD):
        keep_ids(Booth, chunk, verb)
        written.add(len(chunk))


def _update(
    change: Change, districts: dict[int, int], texts: dict[str, str]
) -> tuple[int, dict[str, Any]]:
    fields = dict(change.new)
    if change.is_renumbered:
        # Set aside, it has neither of the two any more.
        fields |= {name: getattr(change.record, name) for name in NUMBER}
    if "district_id" in fields:
        main = districts[change.record.seat_id]
        fields["district_id"] = own_district(fields["district_id"], main)
    fields["number_as_written"] = change.record.number_as_written
    fields["as_written"] = as_stored(texts)
    return change.booth_id, fields


def _as_written(record: Record, kept: dict[str, str]) -> dict[str, str]:
    """Of texts that the list does not have, what is kept from a list before it stays."""
    if not kept:
        return dict(record.as_written)
    said = {field for field, value in zip(FIELDS, record.values, strict=True) if value}
    before = {field: text for field, text in kept.items() if field not in said}
    return before | dict(record.as_written)


def as_stored(texts: dict[str, str]) -> str:
    return json.dumps(texts, ensure_ascii=False)


def own_district(district: int | None, main: int) -> int | None:
    """A booth names its district only where it is not the main one of its seat."""
    return None if district == main else district


def _list_new(plan: Plan, districts: dict[int, int], written: Written) -> list[int]:
    """Lists the new booths and returns their ids."""
    if not plan.new:
        return []
    columns = _columns(plan, districts)
    listed = zip(*(columns[name] for name in bookkeeping.Listed._fields), strict=True)
    bookkeeping.record(Counter(), bookkeeping.changes_of_listing(Counter(listed)))
    # What all have alike is said once: of most lists half of the columns.
    alike = {n: c[0] for n, c in columns.items() if n != "number" and c.count(c[0]) == len(c)}
    own = {name: column for name, column in columns.items() if name not in alike}
    ids = rows_in_bulk.insert_columns(Booth, own, alike)
    written.add(len(ids))
    own["id"] = ids
    keep_parts(Booth, _told(rows_in_bulk.in_parts(own), written), alike, "+")
    return ids


def _told(
    parts: Iterator[rows_in_bulk.Columns], written: Written
) -> Iterator[rows_in_bulk.Columns]:
    for part in parts:
        yield part
        written.add(len(part["id"]))


def _columns(plan: Plan, districts: dict[int, int]) -> dict[str, Sequence[Any]]:
    """What is stored of the new booths, by column."""
    free_from = _free_from(plan)
    _row, seats, numbers, suffixes, written, values, texts = zip(*plan.new, strict=True)
    of: dict[str, Sequence[Any]] = dict(zip(FIELDS, zip(*values, strict=True), strict=True))
    of["district_id"] = [
        own_district(district, districts[seat])
        for seat, district in zip(seats, of["district_id"], strict=True)
    ]
    return of | {
        "assembly_seat_id": seats,
        "number": numbers,
        "suffix": suffixes,
        "number_as_written": written,
        "as_written": [*map(dict, texts)],
        "listed_on": [free_from.get(record.key, plan.as_of) for record in plan.new],
        "retired_on": [None] * len(seats),
        "flags": [{}] * len(seats),
    }


def _free_from(plan: Plan) -> dict[tuple[int, int, str], date]:
    """By seat, number and suffix, the day on which a number became free that was still taken on
    the day of the list: the new booth begins there, so that no day has two of one number."""
    taken = Booth.objects.filter(
        assembly_seat__in=plan.reading.seat_ids, retired_on__gt=plan.as_of
    ).order_by("retired_on")
    rows = taken.values_list("assembly_seat", "number", "suffix", "retired_on")
    return {(seat, number, suffix): day for seat, number, suffix, day in rows}


def must_be_said(losses: Losses) -> dict[str, Refused]:
    """By name what has to be confirmed of a plan, with what is said where it is not."""
    needed = {}
    if losses.blocked:
        needed["by_number"] = Refused("numbers_taken", booths=losses.blocked)
    if losses.are_many:
        facts = {"retired": losses.retired, "present": losses.present}
        needed["retire_many"] = Refused("many_retired", percent=MANY_RETIRED_PERCENT, **facts)
    if losses.emptied:
        needed["leave_agents"] = Refused("agents_left", booths=losses.emptied, agents=losses.agents)
    return needed


def refuse_unsaid(losses: Losses, said: Collection[str]) -> None:
    for name, refusal in must_be_said(losses).items():
        if name not in said:
            raise refusal


def _refuse_too_early(plan: Plan) -> None:
    # Retired on the day it was listed a booth never was, and its agents covered nothing.
    same_day = [gone.booth_id for gone in plan.retired if gone.listed_on == plan.as_of]
    placed = Appointment.objects.filter(booth__in=same_day)
    emptied = set(placed.values_list("booth", flat=True)) if same_day else set()
    for gone in plan.retired:
        if gone.listed_on > plan.as_of or gone.booth_id in emptied:
            raise Refused(
                "listed_later",
                booth=gone.label,
                listed_on=date_format(gone.listed_on),
                as_of=date_format(plan.as_of),
            )
