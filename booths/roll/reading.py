"""Reading a booth list: decode, find the table, map the columns, clean, check. Nothing here knows
the database; what it must know of the state comes in as a Directory."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from booths.roll import garbage, numbers
from booths.roll.check import Record, check
from booths.roll.clean import Cleaner
from booths.roll.columns import Columns, holds_text, with_number_in
from booths.roll.decode import decode
from booths.roll.drafts import Draft
from booths.roll.file_names import names_it_too, seat_said
from booths.roll.fonts import Found as FoundFont
from booths.roll.long_files import open_file
from booths.roll.numbers import Number
from booths.roll.problems import Log, Problem, Refused
from booths.roll.seats import Directory, Found, Seat, SeatFault
from booths.roll.sheets import Sheet
from booths.roll.table import Table, find
from booths.roll.writing import explaining_no_table, in_unicode

# So many rows of a hundred must agree before a column counts as holding the number.
PLAINLY = 90
Watch = Callable[[Sequence[list[str]]], Iterable[list[str]]]


@dataclass(frozen=True)
class Reading:
    """What a file says: rows = len(records) + faulty + skipped, each other row with its reason."""

    state_id: int
    file_name: str
    sha256: str
    sheet: str
    columns: Columns
    samples: list[list[str]]  # some cells of each column
    first_row: int  # of the table, as a spreadsheet counts
    rows: int
    records: list[Record]
    faulty: int
    skipped: int
    problems: list[Problem]
    # Booths that faulty rows may mean: (seat id, number); None is any seat, 0 any number.
    unsure: frozenset[tuple[int | None, int]]
    # The columns that were converted from Kruti Dev.
    from_kruti_dev: tuple[FoundFont, ...] = ()

    @cached_property
    def seat_ids(self) -> frozenset[int]:
        """The seats of which the file lists a booth."""
        return frozenset(record.seat_id for record in self.records)

    def may_mean(self, seat_id: int, number: int) -> bool:
        """Whether a faulty row may be of this booth."""
        seats, numbers_ = (seat_id, None), (number, 0)
        return any((seat, n) in self.unsure for seat in seats for n in numbers_)


@dataclass(frozen=True)
class Opened:
    """A list of which it is known how to read it, and no row is read yet."""

    file_name: str
    sha256: str
    table: Table
    cleaner: Cleaner
    from_kruti_dev: tuple[FoundFont, ...] = ()

    def drafts(self, watch: Watch = iter) -> Iterator[Draft]:
        return self.cleaner.drafts(watch(self.table.rows))

    def reading(self, records: list[Record]) -> Reading:
        """What the file says, once every row is read."""
        table, log = self.table, self.cleaner.log
        return Reading(
            state_id=self.cleaner.directory.state_id,
            file_name=self.file_name,
            sha256=self.sha256,
            sheet=table.sheet,
            columns=table.columns,
            samples=table.samples,
            first_row=table.first_row,
            rows=len(table.rows),
            records=records,
            faulty=len(log.faulty),
            skipped=len(log.skipped),
            problems=log.in_order(),
            unsure=frozenset(self.cleaner.unsure),
            from_kruti_dev=self.from_kruti_dev,
        )


@garbage.not_searched_for()
def read(
    data: bytes,
    file_name: str,
    *,
    directory: Directory,
    seat: int | None = None,
    sheet: str | None = None,
    watch: Watch = iter,
    columns: Mapping[int, str] | None = None,
    has_headings: bool = True,
    kruti_dev: Collection[int] | None = None,
) -> Reading:
    """What the file says, every row of it. Raises Refused where the whole file is not to be taken.

    `seat` is the number of the assembly seat whose list it is, if neither the file nor its name
    says; `watch` is put around the rows to show the progress, as tqdm does. `columns` are what the
    user says of the columns, by index; see headers.csv for the names of fields. `kruti_dev` are the
    indexes of the columns that the user has seen converted from Kruti Dev and confirmed; with None
    nobody was asked, and a list with such columns is refused, with `params["found"]` to show.
    """
    table, converted = table_of(data, sheet, columns, has_headings, kruti_dev)
    sha256 = hashlib.sha256(data).hexdigest()
    as_said = columns is not None
    opened = _opened(table, converted, directory, seat, file_name, sha256, as_said=as_said)
    return opened.reading(check(opened.drafts(watch), opened.cleaner))


def open_list(
    path: Path, *, directory: Directory, seat: int | None = None, sheet: str | None = None
) -> Opened:
    """A file of any length, of which nothing is known but what it says. Raises Refused, as read()."""
    file = open_file(path)
    table, converted = _table_in(file.sheets, sheet)
    return _opened(table, converted, directory, seat, path.name, file.sha256)


def _opened(
    table: Table,
    converted: tuple[FoundFont, ...],
    directory: Directory,
    seat: int | None,
    file_name: str,
    sha256: str,
    *,
    as_said: bool = False,
) -> Opened:
    log = Log()
    table = table if as_said else _with_numbers_found(table, log)
    cleaner = Cleaner(table, directory, _given(table, directory, seat, file_name, log), log)
    return Opened(file_name, sha256, table, cleaner, converted)


def table_of(
    data: bytes,
    sheet: str | None = None,
    columns: Mapping[int, str] | None = None,
    has_headings: bool = True,
    kruti_dev: Collection[int] | None = None,
) -> tuple[Table, tuple[FoundFont, ...]]:
    """The table of the file in Unicode, and which columns were converted; see read()."""
    return _table_in(decode(data), sheet, columns, has_headings, kruti_dev)


def _table_in(
    sheets: Sequence[Sheet],
    sheet: str | None,
    columns: Mapping[int, str] | None = None,
    has_headings: bool = True,
    kruti_dev: Collection[int] | None = None,
) -> tuple[Table, tuple[FoundFont, ...]]:
    with explaining_no_table(sheets):
        table = find(sheets, sheet, columns, has_headings)
    return in_unicode(table, kruti_dev)


def _given(
    table: Table, directory: Directory, number: int | None, file_name: str, log: Log
) -> Seat | None:
    """The seat of the whole list: the one chosen, else that of the file's name."""
    if number is None and ("seat" in table.columns or "seat_name" in table.columns):
        return None
    said = seat_said(file_name, directory)
    if number is None:
        return _of_file_name(said, table, log)
    seat = directory.by_number.get(number)
    if seat is None:
        raise Refused("seat_unknown", state=directory.state_name, number=number)
    if isinstance(said, Found) and said.seat != seat and names_it_too(file_name):
        _warn_of_name(said.seat, "seat_not_of_file_name", table, log, given=number)
    return seat


def _of_file_name(said: Found | SeatFault | None, table: Table, log: Log) -> Seat:
    if said is None:
        raise Refused("no_seat")
    if isinstance(said, SeatFault):
        raise Refused("seat_of_file_name", **said.facts)
    _warn_of_name(said.seat, "seat_of_file_name", table, log)
    return said.seat


def _warn_of_name(seat: Seat, reason: str, table: Table, log: Log, **facts: Any) -> None:
    log.warn(max(1, table.first_row - 1), reason, number=seat.number, name=seat.name, **facts)


def _with_numbers_found(table: Table, log: Log) -> Table:
    """Some lists repeat the bare number and hold number and suffix in the next column: 5 | 5AW."""
    number = table.columns.of.get("number", (0,))[0]
    index = number + 1
    if "number" not in table.columns or not _holds_full_numbers(table.rows, number, index):
        return table
    columns = with_number_in(table.columns, index)
    heading = table.columns.headings[index]
    reason = "headings_moved" if holds_text(table.columns, index) else "number_in_next_column"
    log.warn(table.first_row - 1, reason, heading, heading)
    return replace(table, columns=columns)


def _holds_full_numbers(rows: Sequence[list[str]], number: int, index: int) -> bool:
    bare: Counter[int] = Counter()
    full: set[Number] = set()
    disagreeing = 0
    for row in rows:
        cells = row[number : index + 1]
        if len(cells) < 2 or not isinstance(found := numbers.parse(cells[0]), Number):
            continue
        other = numbers.parse(cells[1])
        bare[found.number] += 1
        if isinstance(other, Number) and other.number == found.number:
            full.add(other)
        else:
            disagreeing += 1
        if disagreeing * 100 > len(rows) * (100 - PLAINLY):
            return False
    repeated = any(times > 1 for times in bare.values())
    return repeated and any(other.suffix for other in full)
