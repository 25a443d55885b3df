import io
import tracemalloc
import zipfile

import openpyxl
import pytest
import tablib

from booths.roll.limits import MAX_UNPACKED
from booths.roll.problems import Refused
from booths.roll.reading import read as read_with
from booths.roll.workbooks import sheets
from tests.booths.roll.lists import directory, labels, value

HEADINGS = ("Polling Station No.", "मतदान केन्द्र का नाम", "Male")
ROWS = [(1, "शाला कोटरा", 512), ("2A", "पंचायत भवन", 498)]


def workbook(**rows_by_sheet) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in rows_by_sheet.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def packed(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


def read(data: bytes, **options):
    return read_with(data, "list", directory=directory(), seat=48, **options)


def exported(kind: str) -> bytes:
    return tablib.Dataset(*ROWS, headers=HEADINGS).export(kind)


@pytest.mark.parametrize(
    "data",
    [workbook(List=[HEADINGS, *ROWS]), exported("xlsx"), exported("xls"), exported("ods")],
    ids=["openpyxl", "xlsx", "xls", "ods"],
)
def test_a_workbook_of_any_kind_is_read(data):
    reading = read(data)
    assert labels(reading) == ["1", "2A"]
    assert value(reading, "name_hi") == "शाला कोटरा"
    assert value(reading, "electors_male") == 512


def test_the_sheet_with_the_list_is_found_among_others():
    data = workbook(Notes=[["for the office"], [], ["see the list"]], List=[HEADINGS, *ROWS])
    assert read(data).sheet == "List"


def test_several_lists_are_not_chosen_from_but_named():
    data = workbook(North=[HEADINGS, *ROWS], South=[HEADINGS, *ROWS])
    with pytest.raises(Refused, match="North, South"):
        read(data)
    assert read(data, sheet="South").sheet == "South"


def test_empty_rows_below_the_list_are_no_rows():
    assert read(workbook(List=[HEADINGS, *ROWS, *[[""]] * 50])).rows == 2


BOMB = b"0" * (MAX_UNPACKED + 1)
REFUSED = {
    "bomb": (packed(xl__workbook_xml=b"<x/>", xl__sheet_xml=BOMB), "too_large_unpacked"),
    "document": (packed(word__document_xml=b"<x/>"), "document"),
    "packed list": (packed(list=b"1,2"), "archive"),
    "no workbook inside": (packed(xl__workbook_xml=b"<x/>"), "workbook_broken"),
    "cut off": (workbook(List=[HEADINGS])[:2000], "workbook_broken"),
    "damaged old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "workbook_broken"),
    "empty": (workbook(List=[]), "empty"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_package_that_is_no_list_is_refused(data, reason):
    with pytest.raises(Refused) as refused:
        sheets(data)
    assert refused.value.code == reason


def test_a_bomb_is_not_unpacked():
    data = REFUSED["bomb"][0]
    assert len(data) < MAX_UNPACKED / 500
    tracemalloc.start()
    with pytest.raises(Refused):
        sheets(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20
