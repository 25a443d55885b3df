"""From the sheets of a file to the rows of a list of people: agents, or members of teams.

What the columns hold is told by their headings, unless the user has said it; those in Kruti Dev
are brought into Unicode once that is confirmed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from booths.agent_columns import column_of, places_of
from booths.agent_list import Row
from booths.how_read import HowRead
from booths.roll.columns import LATIN, LONGEST_HEADING, Columns, columns_as_said
from booths.roll.krutidev import to_unicode
from booths.roll.limits import MAX_COLUMNS
from booths.roll.problems import Refused, WhichSheet
from booths.roll.sheets import Sheet
from booths.roll.table import NoColumns, Table, lettered, likely_head, table_below
from booths.roll.writing import in_unicode
from booths.spreadsheets import as_typed

MAX_ROWS = 50_000  # a whole state is compared in seconds
HEAD_ROWS = 20

AnyRow = TypeVar("AnyRow", bound=Row)


class Headings:
    """What headings mean in one kind of list; `meanings` are by the folded heading."""

    def __init__(self, meanings: Mapping[str, str]):
        self.meanings = meanings

    def in_kruti_dev(self, heading: str) -> str:
        """What it means when it is taken for Kruti Dev, and means nothing otherwise."""
        if not LATIN.search(heading) or len(heading) > LONGEST_HEADING:
            return ""
        if column_of(heading, self.meanings):
            return ""
        return column_of(to_unicode(heading), self.meanings)

    def columns(self, row: Sequence[str]) -> Columns:
        read = [to_unicode(heading) if self.in_kruti_dev(heading) else heading for heading in row]
        places = places_of(read, self.meanings)
        return columns_as_said(row, {index: field for field, index in places.items()})


def table_of(
    sheets: Sequence[Sheet], meanings: Mapping[str, str], such_as: str, how: HowRead
) -> Table:
    """The one list of people among the sheets. Raises WhichSheet where there are several, Refused
    where its columns are in Kruti Dev and nobody was asked, NoColumns where the headings say
    nothing, ValidationError where it is too long."""
    headings = Headings(meanings)
    looked_at = [sheet for sheet in sheets if how.sheet is None or sheet.name in (how.sheet, "")]
    found = [table for sheet in looked_at if (table := _table(sheet, headings, how))]
    if not found:
        raise _no_columns(looked_at or sheets, such_as, how)
    if len(found) > 1:
        raise WhichSheet({table.sheet: len(table.rows) for table in found})
    table, _converted = in_unicode(found[0], how.kruti_dev, headings.in_kruti_dev)
    if len(table.rows) > MAX_ROWS:
        raise ValidationError(
            _("The list has %(rows)s rows; at most %(limit)s are taken at a time. Divide it."),
            params={"rows": len(table.rows), "limit": MAX_ROWS},
        )
    return table


def _table(sheet: Sheet, headings: Headings, how: HowRead) -> Table | None:
    head = _head(sheet, headings) if how.has_headings else lettered(sheet.rows)
    if how.columns is not None and (head := head or likely_head(sheet.rows)):
        head = columns_as_said(head[0].headings, how.columns), head[1]
    return table_below(sheet, *head) if head and _is_list(head[0]) else None


def _head(sheet: Sheet, headings: Headings) -> tuple[Columns, int] | None:
    for index, row in enumerate(sheet.rows[:HEAD_ROWS]):
        if len(row) <= MAX_COLUMNS:
            columns = headings.columns(row)
            if _is_list(columns):
                return columns, index + 1
        elif _is_list(headings.columns(row[:MAX_COLUMNS])):
            raise Refused("too_many_cells")
    return None


def _is_list(columns: Columns) -> bool:
    # A title, such as “Booth agents”, may read as one heading.
    return ("name" in columns and len(columns.of) > 1) or {"code", "booth"} <= columns.of.keys()


def _no_columns(sheets: Sequence[Sheet], such_as: str, how: HowRead) -> Refused:
    heads = ((each, (likely_head if how.has_headings else lettered)(each.rows)) for each in sheets)
    tables = [table_below(sheet, *head) for sheet, head in heads if head]
    if not tables:
        return Refused("no_people_columns", columns=such_as)
    fullest = max(tables, key=lambda table: len(table.rows))
    return NoColumns("no_people_columns", fullest, columns=such_as)


def lines_of(line: type[AnyRow], table: Table) -> list[AnyRow]:
    """The rows as lines; of two columns of one meaning the first counts."""
    places = {field: indexes[0] for field, indexes in table.columns.of.items()}
    known = {field: table.columns.headings[i] for field, i in places.items()}
    return [
        line(
            number,
            {
                field: as_typed(row[i].strip()) if i < len(row) and row[i] else ""
                for field, i in places.items()
            },
            headings=known,
        )
        for number, row in enumerate(table.rows, table.first_row)
    ]


def unread(table: Table) -> list[str]:
    """The headings of the columns that are not read."""
    meant = {places[0] for places in table.columns.of.values()}
    return [
        heading for i, heading in enumerate(table.columns.headings) if heading and i not in meant
    ]


def even(table: Table) -> Table:
    """With rows that are all as long as the headings."""
    width = len(table.columns.headings)
    return replace(table, rows=[(row + [""] * width)[:width] for row in table.rows])
