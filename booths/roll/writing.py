"""Brings the columns of a list that are in Kruti Dev into Unicode, once the user has confirmed them;
a list in another font that draws Latin letters as Hindi is refused.

A column is converted as a whole, its heading and its cells. Columns of numbers are never touched
but for their headings; nor is what `fonts.in_hindi` leaves alone in the other ones.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from booths.roll import fonts
from booths.roll.columns import meaning_in_kruti_dev
from booths.roll.fonts import KRUTI_DEV, Found
from booths.roll.krutidev import to_unicode
from booths.roll.problems import OLD_FONTS, Refused, quoted
from booths.roll.sheets import Sheet
from booths.roll.table import HEAD_ROWS, Table
from booths.roll.text import tidy


def in_unicode(
    table: Table,
    confirmed: Collection[int] | None,
    knows: Callable[[str], object] = meaning_in_kruti_dev,
) -> tuple[Table, tuple[Found, ...]]:
    """The table with the confirmed columns converted, and which ones those are.

    Raises Refused for a column in another font; and, where nobody was asked (None), for one in
    Kruti Dev: its `params["found"]` are all such columns, with samples in both writings.
    """
    found = fonts.found(table.columns, table.rows, knows)
    for column in found:
        if column.font != KRUTI_DEV:
            raise _refused(column.font, column.heading, *column.samples[0])
    if found and confirmed is None:
        headings = ", ".join(f"“{column.heading}”" for column in found)
        written, reads = found[0].samples[0]
        raise Refused(
            "krutidev", columns=headings, written=written, unicode=reads, found=tuple(found)
        )
    chosen = tuple(column for column in found if column.index in (confirmed or ()))
    return (_converted(table, chosen) if chosen else table), chosen


def _refused(font: str, column: str, written: str, reads: str) -> Refused:
    said = {"column": quoted(column), "written": quoted(written)}
    if font in OLD_FONTS:
        return Refused("old_font", font=OLD_FONTS[font], **said)
    return Refused(f"font_{font}", unicode=quoted(reads), **said)


def _converted(table: Table, chosen: Sequence[Found]) -> Table:
    headings = list(table.columns.headings)
    for column in chosen:
        if column.in_heading:
            headings[column.index] = to_unicode(column.heading)
    columns = replace(table.columns, headings=tuple(headings))
    values = [column.index for column in chosen if column.in_values]
    # A further page repeats the headings, also over the columns of numbers.
    again = list(table.columns.headings)
    rows = [
        list(headings) if [*map(tidy, row)] == again else _in_hindi(row, values)
        for row in table.rows
    ]
    return replace(table, columns=columns, rows=rows)


def _in_hindi(row: Sequence[str], indexes: Sequence[int]) -> list[str]:
    converted = list(row)
    for index in indexes:
        if index < len(converted):
            converted[index] = fonts.in_hindi(converted[index])
    return converted


@contextmanager
def explaining_no_table(sheets: Sequence[Sheet]) -> Iterator[None]:
    """Where no headings are found because of the font that they are in, says so."""
    try:
        yield
    except Refused as refused:
        if refused.code in ("no_headings", "no_number_column"):
            heads = (row for sheet in sheets for row in sheet.rows[:HEAD_ROWS])
            cells = [cell for row in heads for cell in map(tidy, row) if cell]
            font = fonts.font_of(cells)
            if font and font in OLD_FONTS:
                cell = next(cell for cell in cells if fonts.font_of([cell]))
                raise _refused(font, cell, cell, "") from None
        raise
