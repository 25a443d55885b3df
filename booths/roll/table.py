"""Finds the table on a sheet: its headings, in one or two rows among title rows, and its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from booths.roll.columns import NOT_A_BOOTH_LIST, Columns, columns_of, meaning_of
from booths.roll.limits import MAX_COLUMNS
from booths.roll.problems import Refused
from booths.roll.sheets import Sheet
from booths.roll.text import folded, tidy

# Titles, dates and a row of column numbers may stand above the headings.
HEAD_ROWS = 40


@dataclass(frozen=True)
class Table:
    """`rows[0]` stands in row `first_row` of its sheet, counted from 1."""

    sheet: str
    columns: Columns
    first_row: int
    rows: Sequence[list[str]]


def find(sheets: Sequence[Sheet], chosen: str | None = None) -> Table:
    """The one booth list among the sheets, or that on the chosen sheet."""
    found: list[Table] = []
    refusals: list[Refused] = []
    for sheet in sheets:
        if chosen is None or sheet.name == chosen:
            table = _table(sheet)
            (refusals if isinstance(table, Refused) else found).append(table)  # type: ignore[arg-type]
    if len(found) > 1:
        raise Refused("several_sheets", sheets=", ".join(table.sheet for table in found))
    if not found:
        raise refusals[0] if refusals else Refused("empty")
    return found[0]


def _table(sheet: Sheet) -> Table | Refused:
    """The table of a sheet, or why it is none."""
    head = _head(sheet)
    end = head[1] if head else HEAD_ROWS
    other = _other_list(sheet.rows[:end])
    if other or head is None:
        return other or _why_none(sheet)
    if len(sheet.rows) == end:
        return Refused("no_rows")
    return Table(sheet.name, head[0], end + 1, sheet.rows[end:])


def _head(sheet: Sheet) -> tuple[Columns, int] | None:
    """The columns, and the index of the row after the headings; None where there is no list."""
    options = [
        option
        for index, row in enumerate(sheet.rows[:HEAD_ROWS])
        if len(row) <= MAX_COLUMNS
        for option in _readings(sheet.rows, index)
        if _is_list(option[0])
    ]
    # Of equals the first: one row before two, and an upper row before the headings of a later page.
    return max(options, key=lambda option: option[0].score, default=None)


def _readings(rows: Sequence[list[str]], index: int) -> list[tuple[Columns, int]]:
    """The row as headings, and together with the row below where group headings were merged."""
    options = [(columns_of(rows[index]), index + 1)]
    if index + 1 < len(rows) and _holds_headings_only(rows[index + 1]):
        options.append((columns_of(_merged(rows[index], rows[index + 1])), index + 2))
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


def _why_none(sheet: Sheet) -> Refused:
    rows = [columns_of(row[:MAX_COLUMNS]) for row in sheet.rows[:HEAD_ROWS]]
    best = max(rows, key=lambda columns: columns.score, default=None)
    if best is not None and best.score > 1:
        names = [best.headings[place[0]] for place in best.of.values()]
        return Refused("no_number_column", found=", ".join(names))
    first = next((row for row in sheet.rows if folded("".join(row))), [])
    return Refused("no_headings", first=", ".join(filter(None, map(tidy, first)))[:120])
