"""Writes what a plan says: all of it or nothing, with the day-book and what it takes to undo it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.formats import date_format

from booths import bookkeeping
from booths.models import Appointment, Booth, ImportBatch
from booths.roll.check import Record
from booths.roll.clean import FIELDS
from booths.roll.compare import compare
from booths.roll.plan import MANY_RETIRED_PERCENT, NUMBER, Change, Plan
from booths.roll.problems import Refused
from zones import rows_in_bulk
from zones.models import AssemblySeat, User
from zones.trail.keeping import acting, keep_ids

# Ids in one query: SQLite takes at most 32,766 of them.
CHUNK = 5000
COLUMNS = ("assembly_seat", "number", "suffix", "number_as_written", "listed_on", "flags", *FIELDS)
DISTRICT, LISTED = COLUMNS.index("district_id"), COLUMNS.index("listed_on")
NO_FLAGS = "{}"
ABOVE_ALL = 1_000_000  # beyond the number of any booth


def apply(
    plan: Plan,
    *,
    by: User | None = None,
    by_name: str = "",
    retire_many: bool = False,
    leave_agents: bool = False,
    by_number: bool = False,
) -> ImportBatch:
    """Imports what was previewed. Raises Refused, and writes nothing, where the booths are no
    longer as the plan found them; where it retires many, or booths with agents, and `retire_many`
    or `leave_agents` does not say so; where booths seem to have numbers that are not free, and
    `by_number` does not say that they go by the old ones."""
    try:
        with transaction.atomic(), acting(by=by, why=plan.reading.file_name):
            districts = _locked(plan)
            _refuse_what_changed(plan)
            if plan.blocked and not by_number:
                raise Refused("numbers_taken", booths=len(plan.blocked))
            _refuse_doubtful_retirement(plan, retire_many, leave_agents)
            _change_and_retire(plan, districts)
            return _batch(plan, _list_new(plan, districts), by, by_name)
    except IntegrityError:
        # A booth added by hand locks no seat; it may have come after our look.
        raise Refused("booths_changed") from None


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


def _locked(plan: Plan) -> dict[int, int]:
    """Locks the seats of the list, so that two imports of one seat wait for each other, then the
    booths that change; returns the main districts of the seats."""
    # Without the key: appointments and the day-book refer to a seat and need not wait.
    seats = AssemblySeat.objects.select_for_update(no_key=True)
    rows = seats.filter(pk__in=plan.reading.seat_ids).order_by("pk")
    districts = dict(rows.values_list("pk", "district"))
    touched = [change.booth_id for change in plan.changed]
    touched += [gone.booth_id for gone in plan.retired]
    for ids in chunks(sorted(touched)):
        booths = Booth.objects.select_for_update(no_key=True).filter(pk__in=ids)
        list(booths.order_by("pk").values("pk"))
    return districts


def chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _change_and_retire(plan: Plan, districts: dict[int, int]) -> None:
    retired = [gone.booth_id for gone in plan.retired]
    moving = [change.booth_id for change in plan.changed if "district_id" in change.new]
    with bookkeeping.keeping_day_book([*retired, *moving]) if retired or moving else nullcontext():
        set_aside([change.booth_id for change in plan.renumbered])
        for ids in chunks(retired):
            Booth.objects.filter(pk__in=ids).update(retired_on=plan.as_of)
        rows_in_bulk.update(Booth, (_update(change, districts) for change in plan.changed))
    keep_ids(Booth, {*retired, *(change.booth_id for change in plan.changed)}, "~")


def set_aside(booth_ids: list[int]) -> None:
    """Gives booths that change their numbers, for a moment, numbers that none has: among
    themselves they may swap theirs, and no two may ever have the same."""
    for ids in chunks(sorted(booth_ids)):
        Booth.objects.filter(pk__in=ids).update(number=F("number") + ABOVE_ALL)


def _update(change: Change, districts: dict[int, int]) -> tuple[int, dict[str, Any]]:
    fields = dict(change.new)
    if change.is_renumbered:
        # Set aside, it has neither of the two any more.
        fields |= {name: getattr(change.record, name) for name in NUMBER}
    if "district_id" in fields:
        main = districts[change.record.seat_id]
        fields["district_id"] = own_district(fields["district_id"], main)
    return change.booth_id, fields | {"number_as_written": change.record.number_as_written}


def own_district(district: int | None, main: int) -> int | None:
    """A booth names its district only where it is not the main one of its seat."""
    return None if district == main else district


def _list_new(plan: Plan, districts: dict[int, int]) -> list[int]:
    """Lists the new booths and returns their ids."""
    free_from = _free_from(plan)
    new = [_row(record, plan, districts[record.seat_id], free_from) for record in plan.new]
    booths = [
        Booth(assembly_seat_id=record.seat_id, district_id=row[DISTRICT], listed_on=row[LISTED])
        for record, row in zip(plan.new, new, strict=True)
    ]
    bookkeeping.record(Counter(), bookkeeping.listing_changes(booths))
    ids = rows_in_bulk.insert(Booth, COLUMNS, new)
    keep_ids(Booth, ids, "+")
    return ids


def _free_from(plan: Plan) -> dict[tuple[int, int, str], date]:
    """By seat, number and suffix, the day on which a number became free that was still taken on
    the day of the list: the new booth begins there, so that no day has two of one number."""
    taken = Booth.objects.filter(
        assembly_seat__in=plan.reading.seat_ids, retired_on__gt=plan.as_of
    ).order_by("retired_on")
    rows = taken.values_list("assembly_seat", "number", "suffix", "retired_on")
    return {(seat, number, suffix): day for seat, number, suffix, day in rows}


def _row(
    record: Record, plan: Plan, main: int, free_from: dict[tuple[int, int, str], date]
) -> tuple[Any, ...]:
    head = (record.seat_id, record.number, record.suffix, record.number_as_written)
    values = list(record.values)
    values[FIELDS.index("district_id")] = own_district(values[FIELDS.index("district_id")], main)
    return (*head, free_from.get(record.key, plan.as_of), NO_FLAGS, *values)


def _refuse_doubtful_retirement(plan: Plan, retire_many: bool, leave_agents: bool) -> None:
    if plan.retires_many and not retire_many:
        raise Refused(
            "many_retired",
            retired=len(plan.retired),
            present=plan.present,
            percent=MANY_RETIRED_PERCENT,
        )
    if (losing := plan.losing_agents) and not leave_agents:
        agents = sum(gone.agents for gone in losing)
        raise Refused("agents_left", booths=len(losing), agents=agents)
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


def _batch(plan: Plan, created: list[int], by: User | None, by_name: str) -> ImportBatch:
    """The record of the import; undoing it takes back `changed` to `old`, lists `retired` anew
    and removes `new`, as far as nobody has changed `new` values since."""
    reading = plan.reading
    return ImportBatch.objects.create(
        state_id=reading.state_id,
        content=ImportBatch.Content.BOOTHS,
        file_name=reading.file_name[-255:],
        sha256=reading.sha256,
        as_of=plan.as_of,
        is_full=plan.is_full,
        counts=plan.counts,
        problems=[problem.as_dict() for problem in reading.problems],
        differences={"changed": {c.booth_id: _plain(_written(c)) for c in plan.changed}},
        undo={
            "new": created,
            "changed": {c.booth_id: _plain(c.old | c.kept) for c in plan.changed},
            "retired": [gone.booth_id for gone in plan.retired],
        },
        by=by,
        by_name=by_name or (by.name if by else ""),
    )


def _written(change: Change) -> dict[str, Any]:
    written = {"number_as_written": change.record.number_as_written}
    return change.new | {name: value for name, value in written.items() if name in change.kept}


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {f: str(v) if isinstance(v, Decimal) else v for f, v in fields.items()}
