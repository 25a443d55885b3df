"""Files made to exhaust the machine, or to be taken for what they are not: each is refused with a
sentence, soon, and without much memory."""

import io
import re
import time
import tracemalloc
import zipfile

import pytest
import tablib
import xlwt
from django.utils.translation import override

from booths.imports import dataset_of
from booths.roll.limits import MAX_COLUMNS, MAX_LINES, MAX_SHEETS, MEGABYTE
from booths.roll.problems import REFUSALS, Refused
from booths.roll.reading import read as read_with
from tests.booths.roll.lists import directory
from tests.booths.roll.test_workbooks import packed

SECONDS = (
    40  # of a slow machine, traced; untraced it is a fraction of the 30 that a web process has
)
MEMORY = 400 * MEGABYTE

ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
{}</office:spreadsheet></office:body></office:document-content>"""
BOMB_OF_WORDS = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
BOMB_OF_WORDS = BOMB_OF_WORDS.replace("[", '[<!ENTITY a "लललललललललल">', 1) + "]>"


def ods(tables: str, before: str = "") -> bytes:
    return packed(content_xml=(before + ODS.format(tables)).encode())


def table(rows: str) -> str:
    return f"<table:table>{rows}</table:table>"


def row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def cell(text: str, times: int = 1) -> str:
    repeated = f'table:number-columns-repeated="{times}"'
    return f"<table:table-cell {repeated}><text:p>{text}</text:p></table:table-cell>"


XLSX_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{}</sheetData></worksheet>"
)


def xlsx(rows: str, before: str = "", **members: bytes) -> bytes:
    """A workbook of the library, with these rows, or these members, in place of its own."""
    empty = tablib.Dataset(headers=["x"]).export("xlsx")
    data = io.BytesIO()
    put = {"xl/worksheets/sheet1.xml": (before + XLSX_SHEET.format(rows)).encode()} | members
    with zipfile.ZipFile(io.BytesIO(empty)) as old, zipfile.ZipFile(data, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, put.get(name) or old.read(name))
    return data.getvalue()


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def xls_with_corners(sheets: int) -> bytes:
    book = xlwt.Workbook()
    for number in range(sheets):
        sheet = book.add_sheet(f"S{number}")
        sheet.write(0, 0, "PS No")
        sheet.write(65535, 255, " ")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


LONG_CELL = b"PS No,PS Name,name\n1,a,b\n2,"
HOSTILE = {
    "nothing but lines": (lambda: b"\n" * (MAX_LINES + 1) + b"x", "too_many_rows"),
    "nothing but old lines": (lambda: b"\r" * (MAX_LINES + 1) + b"x", "too_many_rows"),
    "one long line": (lambda: b"x" * (20 * MEGABYTE), "cell_too_long"),
    "one long cell": (lambda: LONG_CELL + b"x" * (20 * MEGABYTE), "cell_too_long"),
    "a cell of lines": (lambda: LONG_CELL + b'"' + b"x\n" * 500_000, "cell_too_long"),
    "ods: a cell repeated in a row": (
        lambda: ods(table(row(cell("x", 500) * 20_000))),
        "too_many_cells",
    ),
    "ods: a row of cells repeated": (
        lambda: ods(table(row(cell("x", 500) * 10, 200_000))),
        "too_many_cells",
    ),
    "ods: blanks repeated": (
        lambda: ods(table(row(cell(" ", 500) * 30, 200_000))),
        "too_many_cells",
    ),
    "ods: many sheets": (
        lambda: ods(table(row(cell("x"))) * (MAX_SHEETS + 1)),
        "too_many_sheets",
    ),
    "ods: many sheets of many rows": (
        lambda: ods(table(row(cell("x"), 150_000)) * 200),
        "too_many_rows",
    ),
    "ods: a number that is none": (
        lambda: ods(table(row(cell("x")).replace('"1"', '"NaN"'))),
        "workbook_broken",
    ),
    "ods: a bomb of words": (
        lambda: ods(table(row(cell("&j;"))), BOMB_OF_WORDS),
        "workbook_broken",
    ),
    "xlsx: a bomb of words": (
        lambda: xlsx(f'<row r="1">{inline("A1", "&j;")}</row>', BOMB_OF_WORDS),
        "workbook_broken",
    ),
    "xlsx: blanks in the last column": (
        lambda: xlsx(
            "".join(f'<row r="{n}">{inline(f"ZZZ{n}", " ")}</row>' for n in range(1, 2000))
        ),
        "too_many_cells",
    ),
    "xlsx: a row far below": (
        lambda: xlsx(f'<row r="999999999">{inline("A999999999", "x")}</row>'),
        "empty",
    ),
    "xlsx: formats without end": (
        lambda: xlsx("", **{"xl/styles.xml": b"<styleSheet>" + b"<xf/>" * (2 * MEGABYTE)}),
        "workbook_broken",
    ),
    "xls: a blank in the last corner of each sheet": (
        lambda: xls_with_corners(17),
        "too_many_rows",
    ),
}


@pytest.mark.parametrize(("make", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_soon_and_without_much_memory(make, reason):
    data = make()
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(Refused) as refused:
        read_with(data, "list", directory=directory(), seat=48)
    took, peak = time.process_time() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.code == reason
    assert peak < MEMORY, f"{peak / MEGABYTE:.0f} MB"
    assert took < SECONDS, f"{took:.0f} s"


def test_headings_without_end_are_no_list_of_agents():
    """Each row would be filled up to their width."""
    headings = ",".join(["name", "booth", *[f"c{n}" for n in range(MAX_COLUMNS)]])
    with pytest.raises(Refused) as refused:
        dataset_of(f"{headings}\n1,2\n".encode())
    assert refused.value.code == "too_many_cells"


def test_a_list_of_agents_is_read_by_the_same_reader():
    for make, reason in (HOSTILE["one long cell"], HOSTILE["ods: many sheets"]):
        with pytest.raises(Refused) as refused:
            dataset_of(make())
        assert refused.value.code == reason


def test_every_refusal_is_said_in_hindi():
    with override("hi"):
        said = [str(sentence) for sentence in REFUSALS.values()]
    assert [sentence for sentence in said if not re.search("[ऀ-ॿ]", sentence)] == []
