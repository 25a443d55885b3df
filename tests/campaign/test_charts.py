"""The geometry of the burn-up."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import charts
from campaign.charts import Label, Row
from campaign.progress import Counts, Term, progress

TERM = Term(date(2018, 8, 1), date(2018, 8, 31))
TODAY = date(2018, 8, 16)


def drawn(covered, total=100, term=TERM, today=TODAY, **also):
    """The chart of these numbers, one a day up to today."""
    first = today - timedelta(days=len(covered) - 1)
    days = [(first + timedelta(days=n), done) for n, done in enumerate(covered)]
    on = dict(days)
    counts = Counts(
        total,
        covered[-1],
        on.get(today - timedelta(days=1), 0),
        on.get(term.recent_from(today), 0),
        on.get(term.baseline_on, 0),
    )
    return charts.burn_up(days, term, progress(counts, term, today), today, **also)


def test_a_steady_line_runs_into_its_forecast():
    chart = drawn([3 * n for n in range(17)])
    # From 31 July, the baseline, to 3 September, the day of the forecast.
    assert chart.lines.actual.startswith("M0 1000L29.4 970L")
    assert chart.lines.actual.endswith("L470.6 520")
    assert chart.lines.needed == "M470.6 520L911.8 0"
    assert chart.lines.forecast == "M470.6 520L1000 0"
    assert chart.today == Label(47.06, 52.0, TODAY)
    assert chart.due == Label(91.18, 0.0, TERM.due_on, "end")
    assert chart.start == Label(0.0, 100.0, date(2018, 7, 31), "start")
    assert chart.end == Label(100.0, 0.0, date(2018, 9, 3), "end")


def test_a_far_forecast_is_cut_where_the_sheet_ends():
    chart = drawn([n // 4 for n in range(17)])
    assert chart.end is None
    assert chart.lines.forecast.startswith("M") and not chart.lines.forecast.endswith(" 0")


def test_nothing_is_needed_or_forecast_when_all_is_done():
    chart = drawn([min(10 * n, 100) for n in range(17)])
    assert (chart.lines.needed, chart.lines.forecast, chart.end) == ("", "", None)


def test_even_days_leave_no_doubt_of_the_forecast():
    assert drawn([3 * n for n in range(17)]).between is None


def test_uneven_days_spread_the_forecast_between_two_days():
    chart = drawn([0, 6, 6, 12, 12, 18, 18, 24, 24, 30, 30, 36, 36, 42, 42, 48, 48])
    first, last = chart.between
    assert date(2018, 8, 16) < first < chart.end.day < last
    # It opens at what is done today, and its upper edge reaches the goal on the first of the days.
    x = charts.Sheet(date(2018, 7, 31), date(2018, 9, 1), 100).x(first)
    assert chart.band.startswith("M500 520L") and f"L{x:g} 0L" in chart.band


def test_a_forecast_may_have_no_latest_day():
    growth = [0] * 9 + [20, 0, 0, 0, 0, 0, 0]
    chart = drawn([sum(growth[:n]) for n in range(17)])
    assert chart.between[1] is None


def test_reviews_are_marked_on_the_days_that_the_sheet_has():
    held = charts.Review(2, date(2018, 8, 5), date(2018, 8, 5))
    coming = charts.Review(3, date(2018, 9, 1), date(2018, 9, 14))
    before = charts.Review(1, date(2018, 7, 1), date(2018, 7, 1))
    chart = drawn([3 * n for n in range(17)], reviews=[before, held, coming])
    assert chart.reviews == [charts.Mark(held, 14.71, 0.0), charts.Mark(coming, 94.12, 5.88)]


def test_sheets_to_the_same_day_can_be_laid_beside_each_other():
    first = TODAY - timedelta(days=16)
    sheets = [
        charts.lines(
            [(first + timedelta(days=n), k * n) for n in range(17)],
            TERM,
            progress(Counts(100, 16 * k, 15 * k, 8 * k, 0), TERM, TODAY),
            TODAY,
            until=date(2018, 9, 10),
        )
        for k in (1, 4)
    ]
    today_on_each = [lines.actual.rpartition("L")[2].split()[0] for lines in sheets]
    assert today_on_each[0] == today_on_each[1]
    assert sheets[0].due_x == sheets[1].due_x


@pytest.mark.parametrize(
    ("grown", "path"),
    [
        ([0] * 14, ""),
        ([4, -1, 2], "M46 20v-20M54 20v-10"),  # the second day lost one
        ([0] * 14 + [1000, 1], "M50 20v-20M54 20v-1"),  # a little is seen too
        ([], ""),
    ],
)
def test_a_spark_has_a_stroke_for_each_day_that_grew(grown, path):
    assert charts.spark(grown) == path


def test_after_the_due_day_no_day_is_left_to_need_anything():
    chart = drawn([n for n in range(40)], today=date(2018, 9, 8))
    assert chart.lines.needed == ""
    assert chart.today.x > chart.due.x


@pytest.mark.parametrize(("covered", "total"), [([], 10), ([1], 10), ([0, 0], 0)])
def test_where_there_is_nothing_to_draw_there_is_no_chart(covered, total):
    days = [(TODAY - timedelta(days=n), done) for n, done in enumerate(covered)]
    here = progress(Counts(total, 0, 0, 0, 0), TERM, TODAY)
    assert charts.burn_up(days, TERM, here, TODAY) is None


def test_the_table_behind_it_tells_the_last_week_by_day_and_the_weeks_before():
    rows = drawn(list(range(17))).rows
    assert rows[0] == Row(TODAY, 16, 16)
    assert [row.day.day for row in rows] == [16, 15, 14, 13, 12, 11, 10, 3]


@given(
    covered=st.lists(st.integers(0, 120), min_size=2, max_size=60),
    total=st.integers(1, 100),
    target=st.integers(1, 100),
    today=st.dates(date(2018, 7, 20), date(2018, 10, 1)),
)
def test_no_line_leaves_the_sheet(covered, total, target, today):
    term = Term(TERM.issued_on, TERM.due_on, target)
    chart = drawn(covered, total, term, today)
    lines = (
        chart.lines.actual
        + chart.lines.area
        + chart.lines.needed
        + chart.lines.forecast
        + chart.band
    )
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", lines)]
    assert all(0 <= number <= charts.SHEET for number in numbers)
    labels = [chart.today, chart.start, *filter(None, [chart.due, chart.end])]
    assert all(0 <= label.x <= 100 and 0 <= label.y <= 100 for label in labels)
