"""Lists of the shapes that offices send: what is taken, skipped, and named as a fault."""

from decimal import Decimal

import pytest

from booths.roll.problems import FAULT, SKIP, WARNING, Refused
from tests.booths.roll.lists import balances, labels, read, reasons, value

NUMBER = "Polling Station No."


def test_number_building_and_areas_of_one_seat():
    reading = read(
        (NUMBER, "Building", "Polling Areas"),
        ("1", "Panchayat School, North", "Ward 1, Ward 2"),
        ("7M", "Middle School", "Ward 3"),
        ("7A(W)", "Middle School", "Ward 3"),
    )
    assert labels(reading) == ["1", "7M", "7AW"]
    assert reading.problems == []
    assert [value(reading, field) for field in ("name_en", "building", "locality")] == [
        "",
        "Panchayat School, North",
        "Ward 1, Ward 2",
    ]


def test_blank_total_and_heading_rows_are_skipped_with_their_reason():
    headings = (NUMBER, "Building", "Male")
    reading = read(
        headings,
        ("1", "School", "400"),
        ("", "", ""),
        (" ", "\u200b\xa0", ""),
        headings,
        ("2", "Hall", "300"),
        ("", "Total", "700"),
        ("Grand Total", "", "700"),
        ("कुल योग", "", "700"),
    )
    assert labels(reading) == ["1", "2"]
    assert reasons(reading) == {
        3: "blank",
        4: "blank",
        5: "headings_again",
        7: "total",
        8: "total",
        9: "total",
    }
    assert balances(reading)


def test_a_name_goes_by_its_script_when_the_heading_names_no_language():
    reading = read((NUMBER, "Polling Station Name"), ("1", "Primary School"), ("2", "शाला २"))
    assert [(value(reading, "name_hi", i), value(reading, "name_en", i)) for i in (0, 1)] == [
        ("", "Primary School"),
        ("शाला 2", ""),
    ]


def test_names_in_both_languages_stand_in_their_columns():
    reading = read((NUMBER, "PART_NAME_EN", "PART_NAME_V1"), ("1", "Kotra School", "शाला कोटरा"))
    assert (value(reading, "name_hi"), value(reading, "name_en")) == ("शाला कोटरा", "Kotra School")


def test_number_and_name_in_one_column():
    reading = read(
        ("मतदेय स्थल की संख्या तथा नाम", "भवन"),
        ("184-देवगढ़-1 प्राथमिक शाला", "शाला"),
        ("देवगढ़", "शाला"),
    )
    assert labels(reading) == ["184"]
    assert reading.records[0].number_as_written == "184"
    assert value(reading, "name_hi") == "देवगढ़-1 प्राथमिक शाला"
    assert reasons(reading) == {3: "number_unreadable"}


def test_running_numbers_are_not_taken_for_booth_numbers():
    reading = read(
        ("क्रमांक", "मतदान केन्द्र", "भवन"),
        ("1", "184-देवगढ़", "शाला"),
        ("2", "2-कोटरा", "शाला"),
    )
    assert labels(reading) == ["2"]
    assert reasons(reading) == {2: "numbers_disagree"}


def test_auxiliary_stations_told_apart_only_by_a_column_get_letters():
    reading = read(
        (NUMBER, "Main/Auxiliary Polling Station (M/A)", "Polling Station Name"),
        ("001", "Main", "School, East"),
        ("001", "AUXLIARY", "School, West"),
        ("001", "Auxiliary", "School, South"),
        ("002", "M", "Hall"),
        ("002", "A", "Hall, new room"),
        ("3(A)", "Auxiliary", "Shed"),
    )
    assert labels(reading) == ["1", "1A", "1B", "2", "2A", "3A"]
    assert reading.problems == []


def test_auxiliary_stations_that_are_alike_are_faults():
    reading = read(
        (NUMBER, "Booth Type", "Polling Station Name", "Elector Serial No. From"),
        ("1", "Main", "School", "1"),
        ("1", "Auxiliary", "School, West", "700"),
        ("1", "Auxiliary", "School West", "900"),
    )
    assert labels(reading) == ["1"]
    assert reasons(reading) == {3: "auxiliaries_alike", 4: "auxiliaries_alike"}


def test_an_auxiliary_without_a_letter_beside_one_with_a_letter_is_a_fault():
    reading = read(
        (NUMBER, "Booth Type", "Polling Station Name"),
        ("1A", "Auxiliary", "School, West"),
        ("1", "Auxiliary", "School, South"),
    )
    assert labels(reading) == ["1A"]
    assert reasons(reading) == {3: "auxiliaries_alike"}


def test_two_different_rows_of_one_number_are_both_faults():
    reading = read((NUMBER, "Building"), ("5", "School"), ("6", "Barn"), ("005", "Hall"))
    assert labels(reading) == ["6"]
    assert reasons(reading) == {2: "duplicate", 4: "duplicate"}
    assert reading.unsure == {(148, 5)}


def test_an_exact_repeat_is_skipped():
    reading = read(("Sl. No", NUMBER, "Building"), ("1", "5", "School"), ("2", "05", " School"))
    assert labels(reading) == ["5"]
    assert reasons(reading) == {3: "repeat"}


def test_rows_of_sections_are_one_booth():
    reading = read(
        ("Part No", "Part Name", "Section Name", "Male"),
        ("1", "School", "Ward 1", "400"),
        ("1", "School", "Ward 2", "400"),
        ("1", "SCHOOL", "Ward 3", "400"),
        ("2", "Hall", "Ward 4", "200"),
        ("2", "Hall", "Ward 5", "100"),
        ("3", "Shed", "Ward 6", "300"),
        ("3", "Barn", "Ward 7", "300"),
    )
    assert labels(reading) == ["1", "2"]
    assert [value(reading, "locality", i) for i in (0, 1)] == [
        "Ward 1; Ward 2; Ward 3",
        "Ward 4; Ward 5",
    ]
    assert [value(reading, "electors_male", i) for i in (0, 1)] == [400, None]
    assert reasons(reading) == {
        3: "section",
        4: "section",
        5: "electors_of_sections",
        6: "section",
        7: "duplicate",
        8: "duplicate",
    }


def test_without_a_column_of_sections_two_areas_of_one_number_are_faults():
    reading = read(
        (NUMBER, "Building", "Polling Areas"), ("1", "School", "W 1"), ("1", "School", "W 2")
    )
    assert reasons(reading) == {2: "duplicate", 3: "duplicate"}


def test_the_full_number_in_the_next_column_is_the_number():
    reading = read(
        (NUMBER, "Building", "Polling Areas"),
        ("5", "5M", "School, north"),
        ("5", "5AW", "School, south"),
        ("100", "100", "Hall"),
    )
    assert labels(reading) == ["5M", "5AW", "100"]
    assert [value(reading, "building", i) for i in range(3)] == [
        "School, north",
        "School, south",
        "Hall",
    ]
    assert reasons(reading) == {1: "headings_moved"}


def test_a_doubled_number_in_a_doubled_row_is_a_fault_and_so_is_its_double():
    reading = read(
        (NUMBER, "Building"),
        ("54", "Village School"),
        ("55", "KKoooottaatthhuurr VViillllaaggee"),
        ("55", "Krishnapuram School"),
        ("66", "PPrriimmaarryy SScchhooooll"),
        ("119944AA", "High School"),
    )
    assert labels(reading) == ["54"]
    assert reasons(reading) == {
        3: "number_doubled",
        4: "duplicate",
        5: "number_doubled",
        6: "number_doubled",
    }
    assert reading.unsure == {(148, n) for n in (5, 55, 6, 66, 194)}


def test_faults_of_one_row_leave_the_others_alone():
    reading = read(
        (NUMBER, "Polling Station Name"),
        ("0", "School"),
        ("", "Hall"),
        ("twelve", "Barn"),
        ("4", "???? ????"),
        ("5", "x" * 301),
        ("6", "School", "Kotra"),
        ("7", "Shed"),
    )
    assert labels(reading) == ["7"]
    assert reasons(reading) == {
        2: "number_zero",
        3: "number_missing",
        4: "number_unreadable",
        5: "text_destroyed",
        6: "text_too_long",
        7: "too_many_cells",
    }
    assert (reading.rows, reading.faulty) == (7, 6)
    assert reading.unsure == {(148, n) for n in (0, 4, 5, 6)}


def test_a_message_names_row_column_value_and_what_would_be_right():
    reading = read((NUMBER, "Building"), ("12B7", "School"), ("12", "Hall"))
    (problem,) = reading.problems
    assert problem.as_dict() == {
        "row": 2,
        "column": "Polling Station No.",
        "value": "12B7",
        "message": "Row 2 is not imported. Polling Station No. “12B7”: "
        "This is not a booth number. Write one such as 12, 12A or 12A(W).",
    }
    assert problem.level == FAULT


def test_the_seat_comes_from_each_row_or_from_the_choice():
    reading = read(
        ("AC No", "AC Name", NUMBER, "Building"),
        ("48", "Raipur Rural", "1", "School"),
        ("", "", "2", "School"),
        ("2", "Manendragarh", "1", "School"),
        ("2", "Raipur Rural", "2", "School"),
        ("77", "", "3", "School"),
        seat=None,
    )
    assert [(record.seat_id, record.label) for record in reading.records] == [
        (148, "1"),
        (102, "1"),
    ]
    assert reasons(reading) == {3: "seat_missing", 5: "seat_contradiction", 6: "seat_unknown"}
    assert reading.unsure == {(None, 2), (None, 3)}


def test_rows_of_another_seat_than_the_chosen_are_faults():
    reading = read(("AC No", NUMBER), ("48", "1"), ("2", "2"), ("", "3"), seat=48)
    assert labels(reading) == ["1", "3"]
    assert reasons(reading) == {3: "seat_not_the_given"}


def test_what_is_not_understood_beside_the_number_is_left_out_with_a_warning():
    reading = read(
        (NUMBER, "Building", "District", "Sector", "Male", "Female", "Total", "Lat", "Long"),
        ("1", "School", "कोरिया", "सेक्टर 1", "400", "410", "810", "21.25", "81.63"),
        ("2", "School", "Patna", "", "", "", "", "", ""),
        ("3", "School", "Patna", "Sector 9", "", "", "", "", ""),
        ("4", "School", "", "", "many", "410", "", "", ""),
        ("5", "School", "", "", "400", "410", "999", "", ""),
        ("6", "School", "", "", "", "", "", "81.63", "21.25"),
    )
    assert labels(reading) == ["1", "2", "3", "4", "5", "6"]
    assert reading.records[0].values[4:] == (
        11,
        7,
        400,
        410,
        None,
        810,
        Decimal("21.250000"),
        Decimal("81.630000"),
    )
    assert reasons(reading) == {
        3: "district_unknown",
        4: "sector_unknown",
        5: "electors_unreadable",
        6: "electors_sum",
        7: "places_exchanged",
    }
    assert {problem.level for problem in reading.problems} == {WARNING}


def test_men_and_women_are_summed_where_there_is_no_total():
    reading = read(
        (NUMBER, "पुरुष", "महिला", "तृतीय लिंग"), ("1", "400", "410", "2"), ("2", "5", "", "")
    )
    assert [value(reading, "electors_total", i) for i in (0, 1)] == [812, None]


def test_a_text_read_in_the_wrong_code_page_is_a_fault_of_its_row():
    reading = read((NUMBER, "Building"), ("1", "à¤¶à¤¾à¤²à¤¾"), ("2", "École à l’Est"))
    assert labels(reading) == ["2"]
    assert reasons(reading) == {2: "text_destroyed"}


def test_letters_lost_in_an_area_are_a_warning():
    reading = read((NUMBER, "Building", "Polling Areas"), ("1", "School", "Ward 1, ?????? street"))
    assert labels(reading) == ["1"]
    assert reasons(reading) == {2: "area_damaged"}


def test_a_letter_lost_to_a_control_character_does_not_reach_the_database():
    reading = read(
        (NUMBER, "Building", "Polling Areas"), ("1", "Government Higher School", "W\x00rd 1")
    )
    assert value(reading, "locality") == "Wrd 1"
    assert reasons(reading) == {2: "area_damaged"}


REFUSED = [
    # a result sheet, told by its columns
    ((("Sl. No", "Polling Station No", "A. KUMAR", "Total Valid Votes", "NOTA"),), "form_20"),
    ((("FORM 20",), ("Polling Station No", "Building"), ("1", "School")), "form_20"),
    ((("Booth No", "Name", "पिता का नाम"), ("1", "x", "y")), "people"),
    ((("a", "b"), ("1", "2")), "no_headings"),
    ((("Building", "Polling Areas"), ("School", "Ward 1")), "no_number_column"),
    ((("क्रमांक", "नाम"), ("1", "x")), "no_headings"),
    (((NUMBER, "Building"),), "no_rows"),
]


@pytest.mark.parametrize(("rows", "reason"), REFUSED)
def test_a_file_that_is_no_booth_list_is_refused_with_its_reason(rows, reason):
    with pytest.raises(Refused) as refused:
        read(*rows)
    assert refused.value.code == reason


def test_a_list_that_names_no_seat_needs_one():
    rows = ((NUMBER, "Building"), ("1", "School"))
    with pytest.raises(Refused, match="does not say of which assembly seat"):
        read(*rows, seat=None)
    with pytest.raises(Refused, match="Chhattisgarh has no assembly seat 91"):
        read(*rows, seat=91)


def test_every_skipped_row_says_why():
    reading = read((NUMBER, "Building"), ("1", "School"), ("", ""), ("1", "School"))
    assert [(p.level, p.message) for p in reading.problems] == [
        (SKIP, "Row 3 is skipped: it is empty."),
        (SKIP, "Row 4 is skipped: it repeats row 2."),
    ]
