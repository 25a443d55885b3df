"""The arithmetic of pace, as tables and as properties; no database."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.progress import (
    Counts,
    Standing,
    Term,
    expected,
    forecast,
    needed_per_day,
    percent,
    progress,
    recent_pace,
    standing,
)

AUGUST = Term(issued_on=date(2018, 8, 1), due_on=date(2018, 8, 31))


def august(day):
    return date(2018, 8, day)


def make_counts(total=310, done=None, yesterday=None, before_recent=0, baseline=0):
    """A done that is not given is yesterday's; a yesterday that is not given is done."""
    yesterday = (done or 0) if yesterday is None else yesterday
    return Counts(total, yesterday if done is None else done, yesterday, before_recent, baseline)


@pytest.mark.parametrize(
    ("today", "left", "overdue"),
    [
        (date(2018, 7, 31), 31, 0),
        (august(1), 31, 0),
        (august(18), 14, 0),
        (august(31), 1, 0),
        (date(2018, 9, 1), 0, 1),
        (date(2018, 9, 10), 0, 10),
    ],
)
def test_the_due_day_counts(today, left, overdue):
    assert (AUGUST.days_left(today), AUGUST.days_overdue(today)) == (left, overdue)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, None), (0, 5, 0), (5, 5, 100), (999, 1000, 99), (1, 3, 33)],
)
def test_percent_rounds_down_so_that_100_means_all(part, whole, shown):
    assert percent(part, whole) == shown


@pytest.mark.parametrize(
    ("day", "baseline", "should_be"),
    [(1, 0, 10), (18, 0, 180), (31, 0, 310), (31, 155, 310), (1, 155, 160), (31, 400, 400)],
)
def test_expected_grows_evenly_from_the_baseline_to_the_goal(day, baseline, should_be):
    assert expected(make_counts(baseline=baseline), AUGUST, august(day)) == should_be


@pytest.mark.parametrize(
    ("today", "yesterday", "needed"),
    [
        (august(18), 170, 10),
        (august(18), 169, 11),  # 141 in 14 days: rounded up
        (august(31), 309, 1),
        (august(31), 310, 0),
        (august(31), 400, 0),
        (date(2018, 9, 1), 0, 0),  # no day is left: overdue, not needed
        (date(2018, 7, 1), 0, 10),  # before it is issued: over the whole term
    ],
)
def test_needed_per_day_spreads_what_is_missing_over_the_days_left(today, yesterday, needed):
    assert needed_per_day(make_counts(yesterday=yesterday), AUGUST, today) == needed


@pytest.mark.parametrize(
    ("today", "before", "yesterday", "pace"),
    [
        (august(18), 100, 170, Fraction(10)),
        (august(18), 100, 103, Fraction(3, 7)),
        (august(18), 110, 100, Fraction(-10, 7)),
        (august(4), 0, 9, Fraction(3)),  # three full days
        (august(3), 0, 9, Fraction(9, 2)),
        (august(2), 0, 9, None),  # one full day says nothing
        (august(1), 0, 0, None),
    ],
)
def test_recent_pace_is_taken_over_seven_full_days(today, before, yesterday, pace):
    counts = make_counts(yesterday=yesterday, before_recent=before)
    assert recent_pace(counts, AUGUST, today) == pace


@pytest.mark.parametrize(
    ("before", "yesterday", "day"),
    [
        (100, 170, august(31)),  # 140 missing at 10 a day: 14 days from today on
        (101, 171, august(31)),
        (99, 169, date(2018, 9, 1)),
        (170, 170, None),
        (180, 170, None),
        (300, 310, None),  # the goal is reached: nothing to forecast
    ],
)
def test_forecast_is_the_day_on_which_the_recent_pace_reaches_the_goal(before, yesterday, day):
    counts = make_counts(yesterday=yesterday, before_recent=before)
    assert forecast(counts, AUGUST, august(18)) == day


@pytest.mark.parametrize(
    ("counts", "today", "how"),
    [
        (make_counts(total=0), august(18), Standing.EMPTY),
        (make_counts(done=310), august(18), Standing.DONE),
        (make_counts(done=310), date(2018, 9, 9), Standing.DONE),
        (make_counts(), date(2018, 7, 31), Standing.NOT_YET),
        (make_counts(done=309), date(2018, 9, 1), Standing.OVERDUE),
        (make_counts(done=5), august(2), Standing.TOO_EARLY),
        (make_counts(done=170, before_recent=170), august(18), Standing.STUCK),
        (make_counts(done=170, before_recent=100), august(18), Standing.ON_TRACK),
        (make_counts(done=169, before_recent=99), august(18), Standing.LATE),
    ],
)
def test_standing(counts, today, how):
    assert standing(counts, AUGUST, today) == how


def test_a_target_below_100_percent_rounds_the_goal_up():
    term = Term(AUGUST.issued_on, AUGUST.due_on, target_percent=75)
    assert progress(make_counts(total=10, done=7), term, august(18)).goal == 8


def test_one_hopeless_pace_does_not_break_the_calendar():
    counts = make_counts(total=10**9, yesterday=1, before_recent=0)
    assert forecast(counts, AUGUST, august(18)) == date.max
    assert standing(counts, AUGUST, august(18)) == Standing.LATE


def test_one_lost_today_at_a_place_that_was_done_is_needed_again():
    counts = make_counts(total=10, done=9, yesterday=10, before_recent=3)
    shown = progress(counts, AUGUST, august(18))
    assert (shown.standing, shown.needed_per_day, shown.forecast_on) == (
        Standing.ON_TRACK,
        1,
        august(18),
    )


terms = st.builds(
    lambda start, days, target: Term(start, start + timedelta(days=days), target),
    st.dates(date(2018, 1, 1), date(2030, 1, 1)),
    st.integers(0, 200),
    st.integers(1, 100),
)


@given(terms, st.integers(-30, 250), st.integers(0, 30_000), st.data())
def test_working_at_the_needed_pace_always_reaches_the_goal(term, offset, total, data):
    today = term.issued_on + timedelta(days=offset)
    yesterday = data.draw(st.integers(0, total))
    counts = make_counts(
        total=total, yesterday=yesterday, baseline=data.draw(st.integers(0, total))
    )
    shown = progress(counts, term, today)
    if shown.days_left:
        assert yesterday + shown.needed_per_day * shown.days_left >= shown.goal
        assert shown.needed_per_day == 0 or (
            yesterday + (shown.needed_per_day - 1) * shown.days_left < shown.goal
        )
    assert 0 <= shown.expected <= max(total, counts.baseline)


@given(terms, st.integers(2, 100), st.integers(1, 30_000), st.data())
def test_the_forecast_day_is_the_first_that_the_pace_reaches(term, offset, total, data):
    today = term.issued_on + timedelta(days=offset)
    yesterday = data.draw(st.integers(0, total))
    before = data.draw(st.integers(0, total))
    counts = make_counts(total=total, yesterday=yesterday, before_recent=before)
    shown = progress(counts, term, today)
    if shown.forecast_on:
        days = (shown.forecast_on - today).days + 1
        assert yesterday + shown.pace * days >= shown.goal > yesterday + shown.pace * (days - 1)
