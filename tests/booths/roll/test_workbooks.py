import io
import tracemalloc
import zipfile

import openpyxl
import pytest
import tablib

from booths.roll.limits import MAX_UNPACKED
from booths.roll.problems import Refused, WhichSheet
from booths.roll.reading import read as read_with
from booths.roll.workbooks import sheets
from tests.booths.roll.lists import csv_of, directory, labels, value

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


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_of_several_lists_the_fullest_is_proposed_and_none_is_chosen(kind):
    note = (("see sheet", "List 2"), [])
    tables = {"Old": (HEADINGS, ROWS[:1]), "List 2": (HEADINGS, ROWS), "Notes": note}
    book = tablib.Databook(
        [tablib.Dataset(*rows, headers=head, title=name) for name, (head, rows) in tables.items()]
    )
    data = book.export(kind)
    with pytest.raises(WhichSheet, match="Old, List 2") as asked:
        read(data)
    assert (asked.value.rows, asked.value.proposed) == ({"Old": 1, "List 2": 2}, "List 2")
    assert labels(read(data, sheet="Old")) == ["1"]
    assert labels(read(data, sheet="List 2")) == ["1", "2A"]


def test_blank_rows_and_totals_make_no_sheet_the_fullest():
    long = [HEADINGS, ("Total", "", ""), *[("", "", "x")] * 9]
    with pytest.raises(WhichSheet) as asked:
        read(workbook(Long=long, List=[HEADINGS, *ROWS]))
    assert asked.value.rows == {"Long": 0, "List": 2}


def test_a_sheet_that_is_not_there_is_named_with_those_that_are():
    data = workbook(North=[HEADINGS, *ROWS], South=[HEADINGS, *ROWS])
    with pytest.raises(Refused, match=r"no sheet “West”\. It has: North, South"):
        read(data, sheet="West")


def test_a_chosen_sheet_matters_nothing_to_a_text_file():
    assert labels(read(csv_of(HEADINGS, *ROWS), sheet="List")) == ["1", "2A"]


@pytest.mark.parametrize(
    ("text", "reason"), [("??? ?????", "destroyed"), ("à¤¶à¤¾à¤²à¤¾", "encoding")]
)
def test_a_sheet_whose_letters_were_lost_is_refused_as_a_text_file_is(text, reason):
    lost = [HEADINGS, *[(n, text, 1) for n in range(1, 6)]]
    with pytest.raises(Refused) as refused:
        read(workbook(List=lost))
    assert refused.value.code == reason
    assert "CSV UTF-8" in refused.value.messages[0]
    assert read(workbook(Lost=lost, List=[HEADINGS, *ROWS])).sheet == "List"


def test_a_cell_beyond_the_headings_moves_nothing_in_a_workbook():
    reading = read(workbook(List=[HEADINGS, (*ROWS[0], "x"), ROWS[1]]))
    assert (labels(reading), reading.problems) == (["1", "2A"], [])


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
