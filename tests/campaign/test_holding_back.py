"""Which seats hold the work back most."""

from datetime import date

import pytest

from booths.tallies import Tally
from campaign.holding_back import TO_CALL, holding_back
from campaign.measures import Part
from campaign.progress import Counts, Term, progress

TERM = Term(date(2018, 8, 1), date(2018, 8, 31))
MIDDLE, AFTER = date(2018, 8, 16), date(2018, 9, 3)


def part(total: int, done: int, in_the_week: int = 0, today: date = MIDDLE) -> Part:
    counts = Counts(total, done, done, done - in_the_week, 0)
    return Part(None, Tally(total, done), progress(counts, TERM, today))


def lacking(*parts: Part) -> list[int]:
    """What remains of those that hold back, in their order."""
    return [found.progress.remaining for found in holding_back(parts)]


@pytest.mark.parametrize(
    ("parts", "remaining"),
    [
        ([], []),
        ([part(100, 100)], []),
        ([part(100, 90, in_the_week=70)], []),  # in time
        ([part(0, 0)], []),
        ([part(100, 50)], [50]),
        # 160 of 240 a 16th each day: one lacks half of it all
        ([part(100, 60), part(200, 40), part(100, 60)], [160]),
        ([part(999, 599), part(999, 499), part(999, 399), part(999, 699)], [600, 500]),
        # what is done already each day lessens what lacks
        ([part(100, 20, in_the_week=30), part(100, 40)], [60]),
    ],
)
def test_those_that_lack_most_as_few_as_lack_half_of_it_all(parts, remaining):
    assert lacking(*parts) == remaining


def test_after_the_due_day_the_booths_that_remain_count():
    assert lacking(part(90, 80, today=AFTER), part(90, 30, today=AFTER)) == [60]


def test_never_more_than_can_be_called_in_a_morning():
    assert len(holding_back([part(100, 50) for _ in range(90)])) == TO_CALL
