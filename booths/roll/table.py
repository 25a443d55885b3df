"""Finds the table on a sheet: its headings, in one or two rows among title rows, and its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from booths.roll import numbers
from booths.roll.columns import (
    NOT_A_BOOTH_LIST,
    Columns,
    columns_as_said,
    columns_of,
    meaning_of,
)
from booths.roll.decode import LOST, is_destroyed
from booths.roll.limits import MAX_COLUMNS
from booths.roll.numbers import Number
from booths.roll.problems import Refused, WhichSheet
from booths.roll.sheets import Sheet
from booths.roll.text import MISREAD, folded, tidy

# Titles, dates and a row of column numbers may stand above the headings.
HEAD_ROWS = 40
SAMPLES = 3  # cells of each column, for the user to know it by
SAMPLED_ROWS = 50


@dataclass(frozen=True)
class Table:
    """`rows[0]` stands in row `first_row` of its sheet, counted from 1."""

    sheet: str
    columns: Columns
    first_row: int
    rows: Sequence[list[str]]

    @property
    def booths(self) -> int:
        """How many rows have a booth number."""
        places = (*self.columns.of.get("number", ()), *self.columns.of.get("number_and_name", ()))
        cells = (row[places[0]] for row in self.rows if len(row) > places[0])
        return sum(bool(numbers.split(cell)[0]) for cell in cells)

    @property
    def samples(self) -> list[list[str]]:
        """The first different cells of each column."""
        rows = self.rows[:SAMPLED_ROWS]
        columns = (
            dict.fromkeys(cell for row in rows if i < len(row) and (cell := tidy(row[i])))
            for i in range(len(self.columns.headings))
        )
        return [list(cells)[:SAMPLES] for cells in columns]


class NoColumns(Refused):
    """A sheet whose columns say nothing to us: `table` has them for the user, who may say."""

    def __init__(self, reason: str, table: Table, **facts: Any):
        super().__init__(reason, **facts)
        self.table = table


def find(
    sheets: Sequence[Sheet],
    chosen: str | None = None,
    said: Mapping[int, str] | None = None,
    has_headings: bool = True,
) -> Table:
    """The one booth list among the sheets, or that on the chosen sheet; what its columns hold is
    told by their headings, unless the user has said it."""
    found: list[Table] = []
    refusals: list[Refused] = []
    # A text file is one sheet without a name, whatever was chosen.
    looked_at = [sheet for sheet in sheets if chosen is None or sheet.name in (chosen, "")]
    if not looked_at:
        names = ", ".join(sheet.name for sheet in sheets)
        raise Refused("no_such_sheet", sheet=chosen, sheets=names)
    for sheet in looked_at:
        table = _table(sheet, said, has_headings)
        (refusals if isinstance(table, Refused) else found).append(table)  # type: ignore[arg-type]
    if len(found) > 1:
        raise WhichSheet({table.sheet: table.booths for table in found})
    if not found:
        raise _fullest(refusals) if refusals else Refused("empty")
    return found[0]


def _fullest(refusals: Sequence[Refused]) -> Refused:
    """The first, unless it is a cover: then the sheet with the most rows."""
    if not isinstance(refusals[0], NoColumns):
        return refusals[0]
    asking = [each for each in refusals if isinstance(each, NoColumns)]
    return max(asking, key=lambda each: len(each.table.rows))


def _table(sheet: Sheet, said: Mapping[int, str] | None, has_headings: bool) -> Table | Refused:
    """The table of a sheet, or why it is none."""
    # A text file, which has no name of a sheet, was looked at as a whole.
    for sign, reason in ((LOST, "destroyed"), (MISREAD, "encoding")) if sheet.name else ():
        if is_destroyed(map("\n".join, sheet.rows), sign):
            return Refused(reason)
    rows = sheet.rows
    head = _head(sheet) if has_headings else lettered(rows)
    if head and has_headings and _ends_with(*head, rows):
        rows = rows[: head[1] - 1]
        head = None
    end = head[1] if head else HEAD_ROWS
    other = has_headings and (_other_list(rows[:end]) or _backwards(rows[:end]))
    if other:
        return other
    if said is not None and (head := head or likely_head(rows)):
        head = columns_as_said(head[0].headings, said), head[1]
    if head is None or not _is_list(head[0]):
        return _why_none(Sheet(sheet.name, rows), head if not has_headings else likely_head(rows))
    if len(sheet.rows) == head[1]:
        return Refused("no_rows")
    return table_below(sheet, *head)


def _ends_with(columns: Columns, end: int, rows: Sequence[list[str]]) -> bool:
    """Whether headings are those of a later page, the first ones being lost: nothing stands below
    them, and the booths above."""
    place = columns.of["number"][0] if "number" in columns else None
    if end < len(rows) or place is None:
        return False
    cells = (row[place] for row in rows[: end - 1] if len(row) > place)
    return sum(isinstance(numbers.parse(cell), Number) for cell in cells) > 1


def table_below(sheet: Sheet, columns: Columns, end: int) -> Table:
    """The rows of the sheet from the index `end`, below their headings."""
    return Table(sheet.name, columns, end + 1, sheet.rows[end:])


def likely_head(rows: Sequence[list[str]]) -> tuple[Columns, int] | None:
    """The row that is most like headings where none says anything to us: the first of those with
    the most cells of letters."""
    best, most = None, 0
    for index, row in enumerate(rows[:HEAD_ROWS]):
        filled = sum(any(letter.isalpha() for letter in cell) for cell in row[:MAX_COLUMNS])
        if filled > most and len(row) <= MAX_COLUMNS:
            best, most = index, filled
    return None if best is None else (columns_as_said(rows[best], {}), best + 1)


def _head(sheet: Sheet) -> tuple[Columns, int] | None:
    """The columns, and the index of the row after the headings; None where there is no list."""
    best: tuple[Columns, int] | None = None
    for index, row in enumerate(sheet.rows[:HEAD_ROWS]):
        if len(row) > MAX_COLUMNS:
            continue
        for columns, end in _readings(sheet.rows, index):
            if not _is_list(columns) or (
                best and _has_booths(best[0], sheet.rows[best[1] : end - 1])
            ):
                continue
            # Of equals the first: one row before two.
            if best is None or columns.score > best[0].score:
                best = columns, end
    return best


def _has_booths(columns: Columns, rows: Sequence[list[str]]) -> bool:
    """Whether rows below headings are of booths: then what comes is the headings of a later page."""
    place = columns.of["number"][0] if "number" in columns and columns.score > 1 else None
    return place is not None and any(
        isinstance(numbers.parse(row[place]), Number) for row in rows if len(row) > place
    )


def _readings(rows: Sequence[list[str]], index: int) -> list[tuple[Columns, int]]:
    """The row as headings, and together with the row below where group headings were merged."""
    options = [(columns_of(rows[index]), index + 1)]
    below = rows[index + 1 : index + 2]
    if below and _holds_headings_only(below[0]):
        merged = columns_of(_merged(rows[index], below[0]))
        # A title row above the headings gives them nothing but its own cells.
        if merged.score > columns_of(below[0]).score:
            options.append((merged, index + 2))
    return options


def _holds_headings_only(row: list[str]) -> bool:
    filled = [cell for cell in row[:MAX_COLUMNS] if tidy(cell)]
    return len(filled) > 1 and all(meaning_of(cell) for cell in filled)


def _merged(above: list[str], below: list[str]) -> list[str]:
    width = max(len(above), len(below))
    upper, lower = (row + [""] * (width - len(row)) for row in (above, below))
    return [low if tidy(low) else up for up, low in zip(upper, lower, strict=True)]


def _is_list(columns: Columns) -> bool:
    return columns.have_number and (columns.score > 1 or len(columns.headings) == 1)


def _other_list(head: Sequence[list[str]]) -> Refused | None:
    """Result sheets and lists of people have booth numbers too; read as booths they would harm."""
    for cell in (cell for row in head for cell in row[:MAX_COLUMNS] if 0 < len(cell) < 80):
        found = meaning_of(cell)
        if found and found.field in NOT_A_BOOTH_LIST:
            return Refused(NOT_A_BOOTH_LIST[found.field], column=tidy(cell))
    return None


def _backwards(head: Sequence[list[str]]) -> Refused | None:
    """A heading that stood upright on paper may be copied from its end: what is lost is unknown."""
    for cell in (tidy(cell) for row in head for cell in row[:MAX_COLUMNS] if 4 < len(cell) < 80):
        if not meaning_of(cell) and meaning_of(cell[::-1]):
            return Refused("headings_backwards", column=cell, heading=cell[::-1])
    return None


def lettered(rows: Sequence[list[str]]) -> tuple[Columns, int] | None:
    """The columns of a file without headings, called as spreadsheets call them."""
    width = max(map(len, rows), default=0)
    letters = [f"{chr(64 + i // 26) if i >= 26 else ''}{chr(65 + i % 26)}" for i in range(width)]
    return (columns_as_said(letters, {}), 0) if 0 < width <= MAX_COLUMNS else None


def _why_none(sheet: Sheet, head: tuple[Columns, int] | None) -> Refused:
    rows = [columns_of(row[:MAX_COLUMNS]) for row in sheet.rows[:HEAD_ROWS]]
    best = max(rows, key=lambda columns: columns.score, default=None)
    reason, facts = "no_headings", {}
    if best is not None and best.score > 1:
        names = [best.headings[place[0]] for place in best.of.values()]
        reason, facts = "no_number_column", {"found": ", ".join(names)}
    else:
        first = next((row for row in sheet.rows if folded("".join(row))), [])
        facts = {"first": ", ".join(filter(None, map(tidy, first)))[:120]}
    return (
        NoColumns(reason, table_below(sheet, *head), **facts) if head else Refused(reason, **facts)
    )
