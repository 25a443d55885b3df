"""From the rows of a table to drafts of booths: a row becomes a draft, a skip or a fault."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from booths.roll import numbers, values
from booths.roll.drafts import (
    COUNTS,
    DISTRICT,
    FIELDS,
    LATITUDE,
    LENGTHS,
    LOCALITY,
    LONGITUDE,
    MALE,
    NAME_EN,
    NAME_HI,
    NOTHING_SAID,
    SECTOR,
    TEXTS,
    TOTAL,
    WRITTEN_LENGTH,
    Draft,
    sum_of_electors,
)
from booths.roll.numbers import BadNumber, Number
from booths.roll.plain_rows import PlainRows
from booths.roll.problems import Log
from booths.roll.seats import Directory, Seat, SeatFault
from booths.roll.table import Table
from booths.roll.text import (
    BLANKS,
    DEVANAGARI,
    DEVANAGARI_DIGITS,
    LOST_LETTERS,
    MIXED,
    folded,
    is_doubled,
    is_plain_ascii,
    tidy,
)
from booths.roll.values import TOTALS, is_nothing, names_a_total
from booths.spreadsheets import as_typed

PLACES = ("district", "sector", "latitude", "longitude", "lat_long")
A_DIGIT = re.compile("[०-९]")
TOTAL_ROW = re.compile(
    r"((grand|sub)[ -]?)?total\b.{0,40}|(no\.? of )?votes\b.{0,60}|(कुल|योग|कुल योग|महायोग|सकल योग)([\s:.].{0,40})?"
)


class RowFault(Exception):
    """Ends the reading of a row; `field` is the one whose column is to blame."""

    def __init__(self, reason: str, field: str = "", value: str = "", **facts: Any):
        super().__init__(reason)
        self.reason, self.field, self.value, self.facts = reason, field, value, facts


class Cleaner:
    """Reads the rows of one table.

    `unsure` gathers (seat id, number) of faulty rows: the list has the booth, though it does not
    say clearly what of it. None stands for any seat, 0 for any number.
    """

    def __init__(self, table: Table, directory: Directory, given: Seat | None, log: Log):
        self.table, self.directory, self.given, self.log = table, directory, given, log
        self.columns = table.columns
        self.unsure: set[tuple[int | None, int]] = set()
        self.width = len(self.columns.headings)
        self.number_field = "number" if "number" in self.columns else "number_and_name"
        self.headings = [folded(heading) for heading in self.columns.headings]
        self.text_places = self.places_of(TEXTS)
        self.count_places = self.places_of(COUNTS)
        self.section_places = {*self.columns.of.get("section", ())}
        self.name_places = self.columns.of.get("name", ())
        self.has_places = any(name in self.columns for name in PLACES)
        self.has_text = any(name in self.columns for name in (*TEXTS, "name", "number_and_name"))

    def places_of(self, fields: Sequence[str]) -> list[tuple[int, str, tuple[int, ...]]]:
        """(index in FIELDS, field, columns) of those fields that the table has."""
        of = self.columns.of
        return [(FIELDS.index(field), field, of[field]) for field in fields if field in of]

    def drafts(self, rows: Iterable[list[str]]) -> Iterator[Draft]:
        """The booths of the rows of the table, in their order."""
        started = False
        above: Draft | None = None
        plain_rows = PlainRows(self.columns, self.directory, self.given)
        for row, written, plain_one in plain_rows.beside(rows, self.table.first_row):
            if started and plain_one:
                yield plain_one
                continue
            # As our own export writes what a spreadsheet would run.
            quoted = any(cell[:1] == "'" for cell in written)
            cells = [as_typed(cell) for cell in written] if quoted else written
            if is_blank(cells):
                self.log.skip(row, "blank")
            elif not started and self.counts_columns(cells):
                self.log.skip(row, "column_numbers")
            else:
                started = True
                missing = self.width - len(cells)
                if missing > 0:
                    cells = [*cells, *[""] * missing]
                further = None
                if above and self.section_places:
                    further = self.further_section(row, cells, above)
                above = further or self.draft(row, cells)
                if above:
                    yield above

    def further_section(self, row: int, cells: Sequence[str], above: Draft) -> Draft | None:
        """The booth of the row above again, where its cells were merged and only a section stands."""
        filled = {place for place, cell in enumerate(cells) if not is_nothing(cell)}
        others = filled - self.section_places - {*self.columns.of.get("serial", ())}
        if others or not filled & self.section_places:
            return None
        of = list(above.values)
        of[LOCALITY:DISTRICT] = [""]
        of[MALE:LATITUDE] = [None] * len(COUNTS)
        section, kept = self.section(cells)
        return replace(above, row=row, values=of, section=section, cells=cells, as_written=kept)

    def counts_columns(self, cells: Sequence[str]) -> bool:
        """Whether a row below the headings only counts the columns: 1, 2, 3, … or (1), (2), …"""
        found = [numbers.parse(cell) for cell in cells if cell.strip(BLANKS)]
        # No booth is called 2; but it may have 2 electors.
        enough = min(3, self.width) if self.has_text else 4
        return len(found) >= enough and found == [Number(n + 1, "") for n in range(len(found))]

    def draft(self, row: int, cells: Sequence[str]) -> Draft | None:
        number_cell, number, name = self.number_and_name(cells)
        if reason := self.no_booth(cells, number, name):
            self.log.skip(row, reason)
            return None
        seat = None
        try:
            seat = self.seat(row, cells)
            return self.booth(row, cells, seat, number_cell, number, name)
        except RowFault as fault:
            column = self.columns.heading(fault.field)
            self.log.fault(row, fault.reason, column, fault.value, **fault.facts)
            self.unsure.add((seat.id if seat else None, number_meant(number)))
            return None

    def booth(
        self,
        row: int,
        cells: Sequence[str],
        seat: Seat,
        number_cell: str,
        number: Number | BadNumber,
        name: str,
    ) -> Draft:
        if isinstance(number, BadNumber):
            limit = numbers.LIMIT
            raise RowFault(
                number.reason, self.number_field, number_cell, meant=number.meant, limit=limit
            )
        # In a workbook, whose sheets have names, no comma of a text makes a cell.
        if not self.table.sheet and not is_blank(cells[self.width :]):
            raise RowFault("too_many_cells", cells=len(cells), headings=self.width)
        if self.columns.number_is_vague:
            self.check_own_number(cells, number)
        suffix = self.suffix(cells, number.suffix)
        auxiliary = self.is_auxiliary(row, cells) and suffix in ("", "M", "W")
        of = list(NOTHING_SAID)
        section, kept = self.section(cells)
        self.fill_texts(row, cells, name, of, kept)
        if self.has_places:
            self.fill_places(row, cells, seat, of)
        if self.count_places:
            self.fill_counts(row, cells, of)
        written = tidy(number_cell)[:WRITTEN_LENGTH]
        meant = undoubled_number(number_cell, cells)
        draft = Draft(
            row, seat, number.number, suffix, written, auxiliary, of, section, cells, meant, kept
        )
        if self.has_text and not any(draft.values[: LOCALITY + 1]):
            self.check_nameless(draft)
        return draft

    def check_nameless(self, draft: Draft) -> None:
        """A stray number is no booth, nor are two: one without a name says where it is, or more."""
        where = draft.section or draft.values[DISTRICT] or draft.values[SECTOR]
        says = sum(value is not None for value in draft.values[MALE:])
        if not where and says < 2 and not self.names_seat(draft.cells):
            raise RowFault("nothing_said", self.number_field, draft.written)
        if not draft.section:
            self.log.warn(draft.row, "name_missing", "", "")

    def first(self, cells: Sequence[str], field: str) -> str:
        """The first filled cell among the columns of a field."""
        for place in self.columns.of.get(field, ()):
            if not is_nothing(cells[place]):
                return cells[place]
        return ""

    def section(self, cells: Sequence[str]) -> tuple[str, dict[str, str]]:
        cell = self.first(cells, "section") if self.section_places else ""
        text = plain(cell)
        return text, {"section": as_written(cell)} if text != cell.strip() else {}

    def number_and_name(self, cells: Sequence[str]) -> tuple[str, Number | BadNumber, str]:
        """The cell of the number, what it says, and the name that stands with a number."""
        if self.number_field == "number":
            cell = cells[self.columns.of["number"][0]]
            number = numbers.parse(cell)
            both = tidy(self.first(cells, "number_and_name"))
            own, name = numbers.split(both) if both else ("", "")
            return cell, number, name if own and numbers.parse(own) == number else both
        both = self.first(cells, "number_and_name")
        own, name = numbers.split(both)
        return own or both, numbers.parse(own or both), name

    def check_own_number(self, cells: Sequence[str], number: Number) -> None:
        """A name that begins with another number shows that क्रमांक only numbers the rows."""
        both = self.first(cells, "number_and_name")
        own = numbers.parse(numbers.split(both)[0]) if both else number
        if isinstance(own, Number) and own != number:
            raise RowFault("numbers_disagree", "number_and_name", both, other=number.label)

    def no_booth(self, cells: Sequence[str], number: Number | BadNumber, name: str) -> str:
        """Why a row is not about a booth at all; '' if it seems to be."""
        if isinstance(number, Number):
            name = name or self.first(cells, "name")
            return "total" if names_a_total(name) else ""
        if [folded(cell) for cell in cells[: self.width]] == self.headings:
            return "headings_again"
        filled = [tidy(cell).lower() for cell in cells if not is_blank([cell])]
        is_total = TOTAL_ROW.fullmatch(filled[0]) or {folded(cell) for cell in filled} & TOTALS
        return "total" if is_total else ""

    def seat(self, row: int, cells: Sequence[str]) -> Seat:
        number_cell, name_cell = self.first(cells, "seat"), self.first(cells, "seat_name")
        if self.given and not self.names_seat(cells):
            return self.given
        field, cell = ("seat", number_cell) if number_cell else ("seat_name", name_cell)
        found = self.directory.seat(number_cell, name_cell)
        if isinstance(found, SeatFault):
            value = ", ".join(filter(None, (tidy(number_cell), tidy(name_cell))))
            raise RowFault(
                found.reason, field if field in self.columns else "seat", value, **found.facts
            )
        seat = found.seat
        if self.given and seat.id != self.given.id:
            facts = {"number": seat.number, "given": self.given.number}
            raise RowFault("seat_not_the_given", field, cell, **facts)
        if found.doubtful:
            value = tidy(name_cell or number_cell)
            heading = self.columns.heading(field)
            self.log.warn_once(
                row, "seat_spelling", heading, value, number=seat.number, name=seat.name
            )
        return seat

    def names_seat(self, cells: Sequence[str]) -> bool:
        return bool(self.first(cells, "seat") or self.first(cells, "seat_name"))

    def suffix(self, cells: Sequence[str], own: str) -> str:
        cell = self.first(cells, "suffix")
        if not cell:
            return own
        suffix = numbers.suffix_of(tidy(cell))
        if suffix is None:
            raise RowFault("number_unreadable", "suffix", cell)
        if own and own != suffix:
            raise RowFault("numbers_disagree", "suffix", cell, other=own)
        return suffix

    def is_auxiliary(self, row: int, cells: Sequence[str]) -> bool:
        cell = self.first(cells, "type")
        found = values.is_auxiliary(cell) if cell else False
        if found is None:
            self.log.warn_once(row, "type_unknown", self.columns.heading("type"), tidy(cell))
        return bool(found)

    def fill_texts(
        self, row: int, cells: Sequence[str], name: str, of: list[Any], kept: dict[str, str]
    ) -> None:
        for i, field, places in self.text_places:
            for place in places:
                if not of[i]:
                    fill(of, i, self.text(row, field, cells[place]), cells[place], kept)
        names = [(cells[place], cells[place]) for place in self.name_places]
        if name:
            names.insert(0, (name, self.first(cells, "number_and_name")))
        for cell, written in names:
            # A name whose heading names no language goes where its script says.
            text = self.text(row, "name", cell)
            i = NAME_HI if DEVANAGARI.search(text) else NAME_EN
            if not of[i]:
                fill(of, i, text, written, kept)

    def text(self, row: int, field: str, cell: str) -> str:
        if is_nothing(cell):
            return ""
        text = plain(cell)
        # Quick first: nearly every text is whole.
        if not is_plain_ascii(cell):
            if LOST_LETTERS.search(cell) and field == "locality":
                self.log.warn(row, "area_damaged", self.columns.heading(field), text)
            elif LOST_LETTERS.search(cell):
                raise RowFault("text_destroyed", self.field_of(field), text)
            if MIXED.search(cell):
                self.log.warn(
                    row, "letters_mixed", self.columns.heading(self.field_of(field)), text
                )
        limit = LENGTHS.get(field, len(text))
        if len(text) > limit:
            facts = {"length": len(text), "limit": limit}
            raise RowFault("text_too_long", self.field_of(field), text, **facts)
        return text

    def field_of(self, field: str) -> str:
        """The field under which the columns hold a text: a name may stand in several."""
        known = (field, "name", "number_and_name") if field.startswith("name") else (field,)
        return next((name for name in known if name in self.columns), field)

    def fill_places(self, row: int, cells: Sequence[str], seat: Seat, of: list[Any]) -> None:
        if district := tidy(self.first(cells, "district")):
            of[DISTRICT] = self.directory.district(district)
            if of[DISTRICT] is None:
                self.warn_once(row, "district", district, state=self.directory.state_name)
        if sector := tidy(self.first(cells, "sector")):
            of[SECTOR] = self.directory.sector(seat, sector)
            if of[SECTOR] is None:
                self.warn_once(row, "sector", sector)
        of[LATITUDE], of[LONGITUDE] = self.degrees(row, cells)

    def warn_once(self, row: int, field: str, value: str, **facts: Any) -> None:
        self.log.warn_once(row, f"{field}_unknown", self.columns.heading(field), value, **facts)

    def degrees(self, row: int, cells: Sequence[str]) -> tuple[Decimal | None, Decimal | None]:
        """Latitude and longitude; of a place that cannot be right neither."""
        latitude, longitude = self.first(cells, "latitude"), self.first(cells, "longitude")
        field, both = "latitude", f"{latitude} {longitude}"
        if not both.strip(BLANKS):
            field, both = "lat_long", self.first(cells, "lat_long")
            latitude, _, longitude = both.replace(",", " ").strip().partition(" ")
        place, reason = values.place(latitude, longitude)
        if reason:
            self.log.warn(row, reason, self.columns.heading(field), tidy(both))
        return place

    def fill_counts(self, row: int, cells: Sequence[str], of: list[Any]) -> None:
        for i, field, places in self.count_places:
            count = values.electors(cells[places[0]])
            if isinstance(count, values.Unreadable):
                cell = tidy(cells[places[0]])
                self.log.warn(row, "electors_unreadable", self.columns.heading(field), cell)
            else:
                of[i] = count
        parts = sum_of_electors(of)
        if parts is not None:
            if "electors_total" not in self.columns:
                of[TOTAL] = parts
            elif of[TOTAL] not in (None, parts):
                heading = self.columns.heading("electors_total")
                self.log.warn(row, "electors_sum", heading, str(of[TOTAL]), sum=parts)


def is_blank(cells: Sequence[str]) -> bool:
    return not "".join(cells).strip(BLANKS)


def plain(cell: str) -> str:
    """A text as it is stored: the digits of all scripts as 0 to 9, and no mark that is not seen."""
    text = tidy(cell)
    # Asked first, as translating takes its time.
    return text.translate(DEVANAGARI_DIGITS) if A_DIGIT.search(text) else text


def as_written(cell: str) -> str:
    """What is kept of a cell that was more than trimmed; databases take no NUL."""
    return cell.strip().replace("\x00", "\ufffd")


def fill(of: list[Any], i: int, text: str, cell: str, kept: dict[str, str]) -> None:
    of[i] = text
    if text and text != cell.strip() and plain(cell) != cell.strip():
        kept[FIELDS[i]] = as_written(cell)


def number_meant(number: Number | BadNumber) -> int:
    """The number of a booth whatever its suffix; 0 if it cannot even be supposed."""
    supposed = numbers.parse(number.meant) if isinstance(number, BadNumber) else number
    return supposed.number if isinstance(supposed, Number) else 0


def undoubled_number(number_cell: str, cells: Sequence[str]) -> str:
    """What the number may be in a row whose letters all stand twice: 55 may be 5; else ''."""
    meant = numbers.undoubled(number_cell)
    return meant.label if meant and any(map(is_doubled, cells)) else ""
