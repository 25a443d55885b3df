"""How sure a forecast is."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.spread import Spread, spread


def test_the_recent_full_days_count_and_today_does_not():
    done = [0, 100, 110, 130, 140, 500]  # the last is today's
    found = spread(done, recent_days=3)
    assert found == Spread(140, 40 / 3, pytest.approx(sqrt(100 / 3)), 3)


def test_what_was_lost_today_has_to_be_done_again():
    assert spread([0, 10, 20, 30, 25], 3).start == 25


@pytest.mark.parametrize("recent_days", [0, 2])
def test_fewer_than_three_full_days_say_nothing(recent_days):
    assert spread(list(range(20)), recent_days) is None


def test_even_days_leave_no_doubt():
    even = spread([10 * n for n in range(12)], 7)
    assert even.after(5) == (150, 150)  # 100 at the end of yesterday
    assert even.days_until(150) == (5, 5)


def test_uneven_days_leave_the_more_doubt_the_farther_ahead():
    # Mean 10, standard deviation 10: by hand 1.886 * 10 * sqrt(4 + 16 / 3) after four days.
    uneven = Spread(100, 10, 10, 3)
    low, high = uneven.after(4)
    assert (low, high) == (pytest.approx(140 - 57.62, abs=0.01), pytest.approx(197.62, abs=0.01))
    first, last = uneven.days_until(197)
    assert (first, last) == (4, None)  # so uneven that it may never be reached


def test_what_is_reached_needs_no_day():
    assert Spread(100, 0, 0, 7).days_until(100) == (0, 0)


@given(growth=st.lists(st.integers(-5, 40), min_size=8, max_size=8), ahead=st.integers(1, 200))
def test_the_earliest_day_is_never_after_the_latest(growth, ahead):
    done = [sum(growth[:n]) + 100 for n in range(len(growth) + 1)]
    found = spread(done, 7)
    low, high = found.after(ahead)
    assert low <= found.start + found.pace * ahead <= high
    first, last = found.days_until(500)
    assert last is None or (first is not None and first <= last)
