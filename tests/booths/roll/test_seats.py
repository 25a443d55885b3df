import pytest

from booths.roll.seats import Found, SeatFault
from tests.booths.roll.lists import directory

FOUND = {
    ("48", ""): 48,
    ("048", ""): 48,
    ("४८", ""): 48,
    ("CG-48", ""): 48,
    ("48-Raipur Rural", ""): 48,
    ("48 - RAIPUR RURAL (GEN)", ""): 48,
    ("48-Raipur Rural [8-Raipur]", ""): 48,
    ("48-Raipur Rural(8-raipur)", ""): 48,
    ("48", "रायपुर ग्रामीण"): 48,
    ("", "Raipur City Gramin"): 48,
    ("raipur  rural", ""): 48,
    ("", "48-Raipur Rural"): 48,
    ("2", "मनेंद्रगढ़"): 2,
    ("2", "मनेन्‍द्रगढ़"): 2,
    ("", "मनेन्द्रगढ (अ.ज.जा.)"): 2,
    ("1", "भरतपुर सोनहत"): 1,
}


@pytest.mark.parametrize(("cells", "number"), FOUND.items())
def test_a_seat_is_found_by_number_and_by_every_spelling_of_its_name(cells, number):
    place = directory()
    assert place.seat(*cells) == Found(place.by_number[number])


def test_an_unknown_spelling_beside_the_number_is_taken_with_a_doubt():
    place = directory()
    assert place.seat("2", "Manendragar") == Found(place.by_number[2], doubtful=True)


FAULTS = {
    ("", ""): ("seat_missing", {}),
    ("91", ""): ("seat_unknown", {"state": "Chhattisgarh"}),
    ("MP-48", ""): ("seat_unknown", {"state": "Chhattisgarh"}),
    ("", "Chengam"): ("seat_unknown", {"state": "Chhattisgarh"}),
    ("", "Manendragar"): (
        "seat_unknown_like",
        {"state": "Chhattisgarh", "number": 2, "name": "Manendragarh"},
    ),
    ("48", "मनेन्द्रगढ़"): ("seat_contradiction", {"number": 48, "name": "Raipur Rural"}),
    ("48-Chengam", ""): ("seat_contradiction", {"number": 48, "name": "Raipur Rural"}),
}


@pytest.mark.parametrize(("cells", "fault"), FAULTS.items())
def test_a_seat_that_is_not_plain_is_a_fault(cells, fault):
    assert directory().seat(*cells) == SeatFault(*fault)


def test_a_district_is_found_by_its_aliases():
    place = directory()
    assert [place.district(name) for name in ("Korea", "12-रायपुर", "Patna")] == [11, 12, None]
