"""A text that is stored in other letters than the list has is kept as the list has it."""

import pytest

from tests.booths.roll.lists import NAME, NO, numbered, read, value

KEPT = {
    "शाला": {},
    "  School \t": {},
    "\xa0School\n": {},
    "मध्\u200dय शाला": {"name_hi": "मध्\u200dय शाला"},
    "ग\u095d": {"name_hi": "ग\u095d"},
    "ग\u0922\u093c": {},
    "कक्ष-३ ": {"name_hi": "कक्ष-३"},
    "School  East": {"name_en": "School  East"},
    "School\nEast": {"name_en": "School\nEast"},
    "N/A": {},
}


@pytest.mark.parametrize(("cell", "kept"), KEPT.items())
def test_a_text_is_kept_where_more_than_its_ends_was_changed(cell, kept):
    reading = read((NO, NAME, "Male", "Female"), ("1", cell, "4", "5"))
    assert dict(reading.records[0].as_written) == kept


def test_a_name_that_stands_with_its_number_is_kept_with_it():
    reading = read(("Polling Station No & Name", "Male"), ("१ - कक्ष ३", "4"), ("2 - शाला", "4"))
    assert value(reading, "name_hi") == "कक्ष 3"
    assert [dict(record.as_written) for record in reading.records] == [
        {"name_hi": "१ - कक्ष ३"},
        {},
    ]


def test_the_areas_of_sections_are_kept_together():
    reading = read(
        ("Part No", "Part Name", "Section Name"),
        ("1", "School", "Ward  1"),
        ("1", "School", "Ward 2"),
        ("2", "Hall", "Ward 3"),
        ("2", "Hall", "Ward 4"),
    )
    assert [value(reading, "locality", i) for i in (0, 1)] == ["Ward 1; Ward 2", "Ward 3; Ward 4"]
    assert [dict(record.as_written) for record in reading.records] == [
        {"locality": "Ward  1; Ward 2"},
        {},
    ]


def test_no_mark_is_kept_that_a_database_does_not_take():
    reading = read((NO, "Building", "Polling Areas"), ("1", "School", "W\x00rd 1"))
    assert dict(reading.records[0].as_written) == {"locality": "W\ufffdrd 1"}


def test_a_number_is_kept_as_it_is_written():
    assert [record.number_as_written for record in read(*numbered("००१", "2 (a)")).records] == [
        "००१",
        "2 (a)",
    ]
