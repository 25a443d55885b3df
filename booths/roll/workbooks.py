"""XLSX, XLS and ODS workbooks to sheets of text cells.

A package is measured before it is opened: a bomb of zeros packs a thousandfold. The libraries are
imported where they are needed: most lists are CSV, and they take 17 MB in every process.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from booths.roll.limits import (
    MAX_CELLS,
    MAX_LINES,
    MAX_LOOKED_AT,
    MAX_ROWS,
    MAX_SHEETS,
    MAX_STYLES,
    MAX_UNPACKED,
    MAX_WIDTH,
    MEGABYTE,
)
from booths.roll.problems import Refused
from booths.roll.sheets import Sheet

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_MEMBERS = 2000

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a package or a compound file, though perhaps not one that we read."""
    return data.startswith((*ZIP, OLE))


def sheets(data: bytes) -> list[Sheet]:
    """All sheets with a filled cell."""
    read = _xls if data.startswith(OLE) else _package_reader(data)
    bounds = Bounds()
    try:
        found = [Sheet(name, bounds.rows_of(rows)) for name, rows in read(data)]
    except Refused:
        raise
    # The libraries raise whatever they stumble over in a damaged file.
    except Exception as error:
        raise Refused("workbook_broken") from error
    if not any(sheet.rows for sheet in found):
        raise Refused("empty")
    return [sheet for sheet in found if sheet.rows]


Reader = Callable[[bytes], Iterator[tuple[str, Iterable[list[str]]]]]


def _package_reader(data: bytes) -> Reader:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refused("workbook_broken") from None
    members = package.infolist()
    # zipfile never unpacks more of a member than the size that is announced here.
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise Refused("too_large_unpacked", limit=MAX_UNPACKED // MEGABYTE)
    if any(member.flag_bits & 1 for member in members):
        raise Refused("workbook_locked")
    if any(m.filename == "xl/styles.xml" and m.file_size > MAX_STYLES for m in members):
        raise Refused("workbook_broken")
    names = {member.filename for member in members}
    if "xl/workbook.xml" in names:
        return _xlsx
    if "content.xml" in names and "word/document.xml" not in names:
        return _ods
    raise Refused("document" if "word/document.xml" in names else "archive")


class Bounds:
    """Counts over all sheets of a workbook, so that many small bombs are no large one."""

    def __init__(self) -> None:
        self.sheets = self.lines = self.rows = self.cells = self.looked_at = 0

    def rows_of(self, rows: Iterable[list[str]]) -> list[list[str]]:
        """The rows up to the last filled one: a formatted sheet goes on, empty, for a million."""
        self.sheets += 1
        if self.sheets > MAX_SHEETS:
            raise Refused("too_many_sheets", limit=MAX_SHEETS)
        kept: list[list[str]] = []
        empty = 0
        for row in rows:
            self._look_at(row)
            while row and not row[-1].strip():
                row.pop()
            if not row:
                empty += 1
                if empty > MAX_ROWS:
                    break
                continue
            self._keep(row, empty)
            kept += [[] for _ in range(empty)]
            kept.append(row)
            empty = 0
        return kept

    def _look_at(self, row: list[str]) -> None:
        self.lines += 1
        self.looked_at += len(row)
        if self.lines > MAX_LINES:
            raise Refused("too_many_rows", limit=MAX_ROWS)
        if self.looked_at > MAX_LOOKED_AT or len(row) > MAX_WIDTH:
            raise Refused("too_many_cells")

    def _keep(self, row: list[str], empty: int) -> None:
        self.rows += 1 + empty
        self.cells += len(row)
        if self.rows > MAX_ROWS:
            raise Refused("too_many_rows", limit=MAX_ROWS)
        if self.cells > MAX_CELLS:
            raise Refused("too_many_cells")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _xlsx(data: bytes) -> Iterator[tuple[str, Iterable[list[str]]]]:
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    for sheet in book.worksheets:
        # The size that a sheet claims may be wrong; the rows say it themselves.
        sheet.reset_dimensions()
        yield sheet.title, ([_cell(v) for v in row] for row in sheet.iter_rows(values_only=True))


def _xls(data: bytes) -> Iterator[tuple[str, Iterable[list[str]]]]:
    import xlrd

    # Ragged, or a single cell in the last corner makes a full rectangle of empty ones.
    options = {"on_demand": True, "ragged_rows": True, "logfile": io.StringIO()}
    try:
        book = xlrd.open_workbook(file_contents=data, **options)
    except xlrd.XLRDError as error:
        locked = "encrypted" in str(error).lower()
        raise Refused("workbook_locked" if locked else "workbook_broken") from None
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        rows = range(sheet.nrows)
        yield sheet.name, ([_cell(v) for v in sheet.row_values(row)] for row in rows)
        book.unload_sheet(index)


def _ods(data: bytes) -> Iterator[tuple[str, Iterable[list[str]]]]:
    from defusedxml.ElementTree import iterparse

    with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("content.xml") as content:
        events = iterparse(content, events=("start", "end"))
        for event, element in events:
            if event == "start" and element.tag == f"{TABLE}table":
                # The rows are read before the next sheet is.
                yield element.get(f"{TABLE}name", ""), _ods_rows(events)


def _ods_rows(events: Iterator[tuple[str, Any]]) -> Iterator[list[str]]:
    for event, element in events:
        if event != "end":
            continue
        if element.tag == f"{TABLE}table":
            return
        if element.tag == f"{TABLE}table-row":
            repeated = int(element.get(f"{TABLE}number-rows-repeated", 1))
            row = _ods_row(element)
            element.clear()
            # An empty row is repeated to the foot of the sheet.
            for _ in range(min(repeated, MAX_ROWS + 1)):
                yield list(row)


def _ods_row(element: Any) -> list[str]:
    row: list[str] = []
    for cell in element:
        if not cell.tag.startswith(f"{TABLE}") or not cell.tag.endswith("table-cell"):
            continue
        repeated = int(cell.get(f"{TABLE}number-columns-repeated", 1))
        value = _ods_text(cell)
        row += [value] * min(repeated, 1 if not value and repeated > 500 else 500)
        if len(row) > MAX_WIDTH:
            raise Refused("too_many_cells")
    return row


def _ods_text(cell: Any) -> str:
    """A number as it is kept, not as it is shown (1,024); else the paragraphs of the cell."""
    if cell.get(f"{OFFICE}value-type") == "float":
        return _cell(float(cell.get(f"{OFFICE}value", "nan")))
    return "\n".join("".join(part.itertext()) for part in cell.findall(f"{TEXT}p"))
