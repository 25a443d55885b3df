from decimal import Decimal

import pytest

from booths.roll.text import folded, tidy
from booths.roll.values import (
    LATITUDES,
    LONGITUDES,
    UNREADABLE,
    degrees,
    electors,
    is_auxiliary,
)

ELECTORS = {
    "512": 512,
    "0": 0,
    "1,024": 1024,
    "1024.0": 1024,
    "५१२": 512,
    "": None,
    "NULL": None,
    "N/A": None,
    "NIL": None,
    ".": None,
    "many": UNREADABLE,
    "-5": UNREADABLE,
    "5876543210": UNREADABLE,
}


@pytest.mark.parametrize(("cell", "count"), ELECTORS.items())
def test_electors_are_a_count_nothing_or_unreadable(cell, count):
    assert electors(cell) == count


PLACES = [
    ("21.251384", LATITUDES, Decimal("21.251384")),
    ("27.15000 N", LATITUDES, Decimal("27.150000")),
    ("84.04536 E", LONGITUDES, Decimal("84.045360")),
    ("", LATITUDES, None),
    ("8607904879", LONGITUDES, UNREADABLE),
    ("81.6", LATITUDES, UNREADABLE),
    ("8.473195", LONGITUDES, UNREADABLE),
]


@pytest.mark.parametrize(("cell", "bounds", "value"), PLACES)
def test_degrees_outside_india_are_unreadable(cell, bounds, value):
    assert degrees(cell, bounds) == value


TYPES = {
    **dict.fromkeys(["", "Main", "MAIN", "M", "Man", "मुख्य", "मूल मतदान केन्द्र"], False),
    **dict.fromkeys(
        ["Auxiliary", "AUXLIARY", "AUXILARY", "Auxillary", "Auxailiary", "A", "सहायक"], True
    ),
    "both": None,
}


@pytest.mark.parametrize(("cell", "auxiliary"), TYPES.items())
def test_the_type_of_a_station_has_many_spellings(cell, auxiliary):
    assert is_auxiliary(cell) is auxiliary


def test_a_text_loses_what_cannot_be_seen():
    assert tidy("\ufeff  मध्\u200dय\tविद्यालय\n(\xa0नया ) ") == "मध्य विद्यालय ( नया )"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("मनेन्द्रगढ़", "मनेंद्रगढ"),
        ("कुरुद", "कुरूद"),
        ("भटगांव", "भटगाँव"),
        ("लुण्ड्रा", "लुंड्रा"),
        ("Raipur-Rural", "raipur  rural"),
    ],
)
def test_usual_spellings_of_a_name_fold_to_one(one, other):
    assert folded(one) == folded(other)
