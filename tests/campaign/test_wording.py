"""Numbers, days and standings in the reader's words."""

from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from campaign import wording
from campaign.progress import Counts, Term, progress


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, "–"),
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (23632, "23,632"),
        (100000, "1,00,000"),
        (1050000, "10,50,000"),
        (123456789, "12,34,56,789"),
        (-4500, "-4,500"),
    ],
)
def test_digits_are_grouped_as_in_india(number, text):
    assert wording.indian(number) == text


@given(st.integers())
def test_no_digit_is_lost_by_grouping(number):
    assert int(wording.indian(number).replace(",", "")) == number


@pytest.mark.parametrize(
    ("per_day", "text"),
    [
        (None, "–"),
        (Fraction(0), "0"),
        (Fraction(6, 7), "0.8"),
        (Fraction(-1, 7), "-0.2"),
        (Fraction(9), "9"),
        (Fraction(69, 7), "9.8"),
        (Fraction(76, 7), "10"),
        (Fraction(3893, 7), "556"),
        (Fraction(70000, 7), "10,000"),
    ],
)
def test_a_pace_is_never_shown_better_than_it_is(per_day, text):
    assert wording.pace(per_day) == text


def test_days_have_english_months():
    with translation.override("en"):
        assert wording.day(date(2018, 8, 31)) == "31 August"
        assert wording.day_and_year(date(2018, 9, 1)) == "1 September 2018"
        assert wording.short_day(date(2018, 9, 1)) == "1 Sep"
        assert wording.day(None) == "–"


def test_the_year_is_told_where_it_is_another():
    with translation.override("en"):
        near = date(2018, 12, 20)
        assert wording.day_near(date(2018, 12, 31), near) == "31 December"
        assert wording.day_near(date(2019, 1, 2), near) == "2 January 2019"
        assert wording.day_near(None, near) == "–"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2018, 9, 1), date(2018, 9, 14), "1–14 September"),
        (date(2018, 8, 28), date(2018, 9, 4), "28 August – 4 September"),
        (date(2018, 9, 1), None, "1 September"),
        (None, date(2018, 9, 14), "14 September"),
        (date(2018, 9, 1), date(2018, 9, 1), "1 September"),
    ],
)
def test_a_window_of_days_is_short(start, end, text):
    with translation.override("en"):
        assert wording.window(start, end) == text


def test_reviews_are_called_by_their_number():
    with translation.override("en"):
        assert [wording.ordinal(n) for n in (1, 3, 10, 11)] == ["First", "Third", "Tenth", "11."]


def test_names_are_listed_with_an_and():
    with translation.override("en"):
        assert [wording.and_list(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
            "",
            "A",
            "A and B",
            "A, B and C",
        ]


TERM = Term(date(2018, 8, 1), date(2018, 8, 31))


@pytest.mark.parametrize(
    ("counts", "today", "text", "tone"),
    [
        (Counts(0, 0, 0, 0, 0), date(2018, 8, 18), "–", "quiet"),
        (Counts(10, 10, 9, 0, 0), date(2018, 8, 18), "done", "ok"),
        (Counts(10, 1, 1, 0, 0), date(2018, 7, 31), "not started", "quiet"),
        (Counts(10, 1, 1, 0, 0), date(2018, 8, 2), "too early", "quiet"),
        (Counts(10, 5, 5, 5, 0), date(2018, 8, 18), "no growth", "stuck"),
        (Counts(14, 8, 7, 0, 0), date(2018, 8, 18), "on time", "ok"),
        (Counts(30, 8, 7, 0, 0), date(2018, 8, 18), "9 days late", "late"),
        (Counts(22, 8, 7, 0, 0), date(2018, 8, 18), "1 day late", "late"),
        (Counts(9999, 8, 7, 0, 0), date(2018, 8, 18), "over a year late", "late"),
        (Counts(10, 8, 8, 0, 0), date(2018, 9, 2), "2 days overdue", "stuck"),
    ],
)
def test_every_standing_has_its_words_and_shade(counts, today, text, tone):
    with translation.override("en"):
        here = progress(counts, TERM, today)
        assert (wording.standing(here), wording.tone(here)) == (text, tone)
