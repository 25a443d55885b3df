"""Where the headings of a list are found, and which rows are above them."""

import pytest

from booths.roll.problems import Refused
from booths.roll.sheets import Sheet
from booths.roll.table import find
from tests.booths.roll.lists import labels, read, reasons, value

NUMBER = "Polling Station No."


def test_title_rows_and_column_numbers_stand_above_the_data():
    reading = read(
        ("List of polling stations 2025", "", "", ""),
        ("District: Raipur", "", "", ""),
        ("AC No. & Name", NUMBER, "Polling Station Name", "Building"),
        ("1", "2", "3", "4"),
        ("48-Raipur Rural [8-Raipur]", "001", "School Kotra", "School"),
        seat=None,
    )
    assert labels(reading) == ["1"]
    assert reading.records[0].row == 5
    assert (reading.rows, reading.skipped) == (2, 1)
    assert reasons(reading) == {4: "column_numbers"}


def test_a_first_booth_with_small_numbers_is_no_row_of_column_numbers():
    reading = read((NUMBER, "Male", "Female"), ("1", "2", "3"), ("2", "400", "410"))
    assert labels(reading) == ["1", "2"]


def test_headings_in_two_rows():
    reading = read(
        ("Part No", "Part Name", "Total No of Electors", "", "", ""),
        ("", "", "Male", "Female", "Other", "Total No. of electors"),
        ("1", "Primary School", "400", "410", "1", "811"),
    )
    assert labels(reading) == ["1"]
    assert [value(reading, f"electors_{part}") for part in ("male", "female", "third")] == [
        400,
        410,
        1,
    ]


def test_a_title_row_with_more_cells_is_not_merged_with_the_headings():
    reading = read(("0", "1", "2"), ("Building", NUMBER), ("1", "2"), ("School", "7"))
    assert reading.columns.headings == ("Building", NUMBER)
    assert labels(reading) == ["7"]
    assert reasons(reading) == {3: "column_numbers"}


def test_a_booth_above_repeated_headings_is_no_row_of_group_headings():
    headings = (NUMBER, "Building", "Male")
    reading = read(headings, ("1", "School", "9", "Latitude"), headings, ("2", "Hall", "8"))
    assert labels(reading) == ["2"]
    assert reasons(reading) == {2: "too_many_cells", 3: "headings_again"}


def test_headings_of_a_later_page_are_not_the_end_of_what_stands_above():
    rows = [["0", "1"], ["--", "--"], ["1", "शाला"], ["2", "भवन"], ["PS No", "PS Name"]]
    with pytest.raises(Refused) as refused:
        find([Sheet("", rows)])
    assert refused.value.code == "no_headings"
