import pytest

from booths.roll.file_names import seat_said
from booths.roll.problems import Refused
from booths.roll.reading import read as read_with
from booths.roll.seats import Found
from tests.booths.roll.lists import csv_of, directory, labels, reasons

OF_SEAT_48 = [
    "48.csv",
    "048.xlsx",
    "C:\\lists\\048-Raipur Rural_Poll_Station_Details.csv",
    "lists/48 - RAIPUR RURAL (GEN).ods",
    "048-Raipur_Rural_booth_list (1).csv",
    "AC 48 booth list 2023.csv",
    "Seat No. 48.csv",
    "CG-48.csv",
    "48_booths_05.10.2023.xls",
    "४८ रायपुर ग्रामीण मतदान केन्द्र सूची.csv",
    "विधानसभा क्रमांक 48.csv",
]


@pytest.mark.parametrize("file_name", OF_SEAT_48)
def test_the_number_of_a_seat_begins_the_name_of_its_file(file_name):
    place = directory()
    assert seat_said(file_name, place) == Found(place.by_number[48])


SILENT = [
    "list.csv",
    "list 2.csv",
    "Raipur 48.csv",
    "2018.csv",
    "91.csv",
    "1048.csv",
    "MP-48.csv",
    "",
]


@pytest.mark.parametrize("file_name", SILENT)
def test_any_other_name_says_no_seat(file_name):
    assert seat_said(file_name, directory()) is None


def read(file_name: str, **options):
    rows = options.pop("rows", [("Polling Station No.", "Building"), ("1", "School")])
    return read_with(csv_of(*rows), file_name, directory=directory(), **options)


def test_a_list_is_of_the_seat_of_its_file_name_where_nothing_else_says_one():
    reading = read("048-Raipur Rural.csv")
    assert [record.seat_id for record in reading.records] == [148]
    (problem,) = reading.problems
    assert problem.message == (
        "Row 1: Read as the list of assembly seat 48, Raipur Rural, as the file is named: "
        "check that it is meant."
    )


def test_a_file_name_that_contradicts_itself_says_no_seat():
    with pytest.raises(Refused, match=r"48 is Raipur Rural\. Choose the seat"):
        read("048-Manendragarh.csv")
    assert labels(read("048-Manendragarh.csv", seat=2)) == ["1"]


def test_the_list_and_the_choice_of_the_user_go_before_the_file_name():
    rows = [("AC No", "Polling Station No.", "Building"), ("2", "1", "School"), ("", "2", "Hall")]
    reading = read("048-Raipur Rural.csv", rows=rows)
    assert [record.seat_id for record in reading.records] == [102]
    assert reasons(reading) == {3: "seat_missing"}
    chosen = read("048-Raipur Rural.csv", seat=2)
    assert [record.seat_id for record in chosen.records] == [102]
    assert reasons(chosen) == {1: "seat_not_of_file_name"}


def test_a_bare_number_that_is_not_the_chosen_seat_may_only_count_the_files():
    assert reasons(read("48.csv", seat=2)) == {}
