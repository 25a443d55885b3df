"""Which colour of the map a number has."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.utils import translation

from booths.tallies import Tally, Teams
from campaign.map_measures import DONE, MEASURES, offered
from campaign.measures import Part
from campaign.progress import Counts, Term, progress
from tests.campaign.land import DUE_ON, ISSUED_ON, TODAY

TERM = Term(ISSUED_ON, DUE_ON)  # 21 days are left of it


def part(total=100, done=0, *, before=0, verified=0, then=None):
    """`before`: done when the recent days began; `then`: at the last review."""
    counts = Counts(total, done, done, before, 0)
    tally = Tally(booths=total, covered=done, verified=verified)
    seat = SimpleNamespace(pk=7, done_then=then)
    return Part(seat, tally, progress(counts, TERM, TODAY))


@pytest.mark.parametrize(
    ("key", "number", "place"),
    [
        ("covered", 0, 0),
        ("covered", 19, 0),
        ("covered", 20, 1),
        ("covered", 99, 4),
        ("covered", 100, 5),
        ("pace", -20, 0),
        ("pace", 0, 0),
        ("pace", 1, 1),
        ("pace", 99, 2),
        ("pace", 100, 3),
        ("pace", 5000, 3),
        ("pace", DONE, 4),
        ("since", -1, 0),
        ("since", 0, 1),
        ("since", 9, 3),
        ("since", 100, 5),
    ],
)
def test_a_number_is_in_the_class_that_says_it(key, number, place):
    assert MEASURES[key].place(number) == place


@pytest.mark.parametrize(
    ("key", "part", "teams", "number", "words"),
    [
        ("covered", part(200, 99), {}, 49, "49% · 99 / 200"),
        ("covered", part(0), {}, None, None),
        ("verified", part(100, 50, verified=20), {}, 20, "20% · 20 / 100"),
        ("verified", part(0), {}, None, None),
        # 58 of 100 are left for 21 days: 3 a day. Seven days brought 14: 2 a day.
        ("pace", part(100, 42, before=28), {}, 66, "2 a day, 3 needed"),
        ("pace", part(100, 42, before=49), {}, -34, "-1 a day, 3 needed"),
        ("pace", part(100, 100), {}, DONE, "done"),
        ("pace", part(0), {}, None, None),
        ("teams", part(), {7: Teams(3, (2, 1))}, 66, "66% · 2 / 3"),
        ("teams", part(), {}, None, None),
        ("since", part(200, 50, then=30), {}, 10, "+20, now 50 / 200 booths"),
        ("since", part(200, 50, then=51), {}, -1, "-1, now 50 / 200 booths"),
        ("since", part(200, 50), {}, None, None),
        ("since", part(0, then=0), {}, None, None),
    ],
)
def test_a_seat_has_its_number_and_words(key, part, teams, number, words):
    measure = MEASURES[key]
    with translation.override("en"):
        assert measure.number(part, teams) == number
        assert words is None or measure.words(part, teams) == words


@pytest.mark.parametrize(("key", "number", "short"), [
    ("covered", 45, "45%"),
    ("pace", 66, "66%"),
    ("pace", DONE, "✓"),
    ("since", 9, "+9%"),
    ("since", -3, "-3%"),
])  # fmt: skip
def test_a_number_is_short_where_there_is_little_room(key, number, short):
    assert MEASURES[key].short(number) == short


def test_what_was_not_counted_is_not_offered():
    everything = ["covered", "verified", "pace", "teams", "since"]
    assert offered([part(), part(then=3)], {}) == everything
    assert offered([part()], None) == everything[:3]


def test_a_pace_is_never_rounded_up():
    paced = part(1000, 790, before=720)
    assert paced.progress.pace == Fraction(70, 7) and paced.needed_per_day == 10
    assert MEASURES["pace"].number(paced, {}) == 100
    assert MEASURES["pace"].number(part(1000, 789, before=720), {}) == 89
