"""Rows in which every cell is plain, read column by column: most rows of most lists.

In them nothing is to be mended, remarked or refused. What a cell says is asked of the same rules as
in clean.py, once for each different cell; every other row goes the long way there.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import partial
from itertools import count, islice, repeat
from typing import Any

from booths.roll import numbers
from booths.roll.columns import NOT_READ, Columns
from booths.roll.drafts import (
    COUNTS,
    FIELDS,
    LENGTHS,
    LOCALITY,
    NAME_EN,
    NAME_HI,
    NOTHING_SAID,
    TEXTS,
    TOTAL,
    WRITTEN_LENGTH,
    Draft,
    sum_of_electors,
)
from booths.roll.numbers import Number
from booths.roll.seats import Directory, Found, Seat
from booths.roll.text import DEVANAGARI, is_plain_ascii, tidy
from booths.roll.values import SAYS_SOMETHING, UNREADABLE, electors, is_nothing, names_a_total

CHUNK = 500  # rows
MOST = 5000  # different cells of a column that are remembered
ODD = object()  # what a rule says of a cell that is to go the long way
# Hindi without a digit and without a Latin letter: nothing in it can be lost or mixed.
HINDI = re.compile("[ ->@\\[-`{-~\u0900-\u0965\u0970-\u097f]*")
# Words with a blank between, as tidy() leaves them: no mark of stress, whose place may change, and a
# dot below only beside a letter that keeps it apart (ड़, not ऩ).
TIDY_WORD = "[!->@\\[-`{-~\u0900-\u0950\u0955-\u0957\u0960-\u0965\u0970-\u097f]+"
TIDY_WORDS = re.compile(f"{TIDY_WORD}(?: {TIDY_WORD})*")
DOT = "\u093c"
MOVING_DOT = re.compile("(?<![\u0915-\u0927\u092a-\u092f\u0932\u0935-\u0939])\u093c")
NOTHING = dict(zip(FIELDS, NOTHING_SAID, strict=True))
IN_DRAFT = {"district": "district_id"}
EMPTY = ("suffix", "type", "sector", "latitude", "longitude", "lat_long")
KNOWN = {"number", "seat", "seat_name", "name", "district", *TEXTS, *COUNTS, *EMPTY, *NOT_READ}


class Known(dict):
    """What a rule says of a cell, asked once of each."""

    def __init__(self, rule: Callable[[Any], Any]):
        super().__init__()
        self.rule = rule

    def __missing__(self, cell: Hashable) -> Any:
        if len(self) >= MOST:
            self.clear()
        said = self[cell] = self.rule(cell)
        return said


class PlainRows:
    def __init__(self, columns: Columns, directory: Directory, given: Seat | None):
        self.directory, self.given = directory, given
        self.width = len(columns.headings)
        self.at = {field: places[0] for field, places in columns.of.items()}
        one_each = all(len(places) == 1 for places in columns.of.values())
        self.can_be = one_each and "number" in self.at and self.at.keys() <= KNOWN
        self.has_text = any(field in self.at for field in (*TEXTS, "name"))
        rules = self.rules()
        fields = {place: field for field, place in self.at.items()}
        self.cells = [
            Known(partial(_unquoted, rules.get(fields.get(place, ""), _unread)))
            for place in range(self.width)
        ]
        self.seats = Known(self.seat)

    def rules(self) -> dict[str, Callable[[str], Any]]:
        return {
            **{field: partial(_text, LENGTHS.get(field)) for field in TEXTS},
            **dict.fromkeys(("seat", "seat_name"), _filled),
            **dict.fromkeys(COUNTS, _count),
            **dict.fromkeys(EMPTY, _none),
            "name": partial(_name, LENGTHS["name"]),
            "number": _number,
            "district": self.district,
        }

    def district(self, cell: str) -> Any:
        if is_nothing(cell):
            return None
        return self.directory.district(tidy(cell)) or ODD

    def seat(self, cells: tuple[str, str]) -> Any:
        if ODD in cells:
            return ODD
        if not any(cells):
            return self.given or ODD
        found = self.directory.seat(*cells)
        if not isinstance(found, Found) or found.doubtful:
            return ODD
        return found.seat if self.given is None or self.given.id == found.seat.id else ODD

    def beside(
        self, rows: Iterable[list[str]], first_row: int
    ) -> Iterator[tuple[int, list[str], Draft | None]]:
        """Each row with its number, and its draft if it is plain."""
        left, row = iter(rows), first_row
        while chunk := list(islice(left, CHUNK)):
            drafts = self.in_columns(chunk, row) if self.can_be else repeat(None)
            yield from zip(count(row), chunk, drafts)
            row += len(chunk)

    def in_columns(self, rows: Sequence[list[str]], first_row: int) -> Iterator[Draft | None]:
        whole = [row if len(row) == self.width else self.padded(row) for row in rows]
        columns = zip(*whole, strict=True)
        said = [
            [*map(known.__getitem__, column)]
            for known, column in zip(self.cells, columns, strict=True)
        ]
        odd = [ODD in cells for cells in zip(*said, strict=True)]
        of = {IN_DRAFT.get(field, field): said[place] for field, place in self.at.items()}
        blank = [""] * len(rows)
        named = zip(of.get("seat", blank), of.get("seat_name", blank), strict=True)
        seats = map(self.seats.__getitem__, named)
        says = (of.get(f, [nothing] * len(rows)) for f, nothing in NOTHING.items())
        values = zip(*says, strict=True)
        names = of.get("name", blank)
        for row, cells, is_odd, number, seat, name, its in zip(
            count(first_row), whole, odd, of["number"], seats, names, values
        ):  # fmt: skip
            if is_odd or seat is ODD or len(rows[row - first_row]) > self.width:
                yield None
            else:
                yield self.draft(row, cells, number, seat, name, list(its))

    def padded(self, row: list[str]) -> list[str]:
        return [*row[: self.width], *[""] * (self.width - len(row))]

    def draft(
        self,
        row: int,
        cells: list[str],
        number: tuple[int, str, str],
        seat: Seat,
        name: str,
        values: list[Any],
    ) -> Draft | None:
        if name:
            place = NAME_HI if DEVANAGARI.search(name) else NAME_EN
            values[place] = values[place] or name
        if self.has_text and not any(values[: LOCALITY + 1]):
            return None
        electors_of_all = sum_of_electors(values)
        if electors_of_all is not None:
            if "electors_total" not in self.at:
                values[TOTAL] = electors_of_all
            elif values[TOTAL] not in (None, electors_of_all):
                return None
        return Draft(row, seat, *number, False, values, "", cells, "", {})


def _unquoted(rule: Callable[[str], Any], cell: str) -> Any:
    # Our own export begins so what a spreadsheet would run.
    return ODD if cell[:1] == "'" else rule(cell)


def _number(cell: str) -> Any:
    found = numbers.parse(cell)
    # 55 may be 5, if all letters of the row stand twice.
    if not isinstance(found, Number) or numbers.undoubled(cell):
        return ODD
    return found.number, found.suffix, tidy(cell)[:WRITTEN_LENGTH]


def _text(limit: int | None, cell: str) -> Any:
    if SAYS_SOMETHING <= len(cell) <= (limit or len(cell)) and is_tidy_hindi(cell):
        return cell
    if is_nothing(cell):
        return ""
    if not (is_plain_ascii(cell) or HINDI.fullmatch(cell)):
        return ODD
    text = tidy(cell)
    return ODD if text != cell.strip() or len(text) > (limit or len(text)) else text


def is_tidy_hindi(cell: str) -> bool:
    """Of most cells that is so, and told much sooner than by what tidy() makes of them."""
    return bool(TIDY_WORDS.fullmatch(cell)) and not (DOT in cell and MOVING_DOT.search(cell))


def _name(limit: int, cell: str) -> Any:
    return ODD if names_a_total(cell) else _text(limit, cell)


def _count(cell: str) -> Any:
    said = electors(cell)
    return ODD if said is UNREADABLE else said


def _filled(cell: str) -> str:
    return "" if is_nothing(cell) else cell


def _none(cell: str) -> Any:
    return None if is_nothing(cell) else ODD


def _unread(cell: str) -> None:
    return None
