import pytest

from zones.usernames import free_username, in_latin


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("राम साहू", "ram.sahu"),
        ("लक्ष्मी त्रिपाठी", "lakshmi.tripathi"),
        ("संजय बंजारे", "sanjay.banjare"),
        ("ज़ाकिर हुसैन", "jakir.husain"),
        ("Ram  SAHU", "ram.sahu"),
        ("José", "jose"),
        ("डॉ. उमेश १२", "do.umesh.12"),
        ("--", ""),
    ],
)
def test_a_name_is_written_in_latin_letters(name, expected):
    assert in_latin(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("राम", "ram3"), ("श्याम", "shyam"), ("12", "user12"), ("**", "user")]
)
def test_a_user_name_is_free_and_has_a_letter(name, expected):
    assert free_username(name, {"ram", "ram2"}) == expected
