"""Is the pace enough? Arithmetic on counts and days only: no database, no clock.

The due day counts. Percent rounds down, so that 100 means all. The numbers of today are
still moving, so pace, need and forecast start from the end of yesterday.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

RECENT_DAYS = 7
FEWEST_DAYS = 2  # with fewer full days than this a pace says nothing


class Standing(StrEnum):
    """How a part stands towards its due day; the first that is true of it."""

    EMPTY = "empty"  # nothing to do here
    DONE = "done"
    NOT_YET = "not_yet"  # the directive is not issued yet
    OVERDUE = "overdue"
    TOO_EARLY = "too_early"  # too few days for a pace
    STUCK = "stuck"  # no growth: not at this pace
    ON_TRACK = "on_track"
    LATE = "late"


@dataclass(frozen=True)
class Term:
    """What is directed: from the day it is issued to the due day, and how much of the whole."""

    issued_on: date
    due_on: date
    target_percent: int = 100

    @property
    def days(self) -> int:
        return (self.due_on - self.issued_on).days + 1

    @property
    def baseline_on(self) -> date:
        """The day whose end shows what was there before the directive."""
        return self.issued_on - timedelta(days=1)

    def days_gone(self, today: date) -> int:
        """Days of the term up to and including today."""
        return min(max((today - self.issued_on).days + 1, 0), self.days)

    def days_left(self, today: date) -> int:
        """Days in which work can still be done, today included; 0 after the due day."""
        return max((self.due_on - max(today, self.issued_on)).days + 1, 0)

    def days_overdue(self, today: date) -> int:
        return max((today - self.due_on).days, 0)

    def recent_days(self, today: date) -> int:
        """Full days before today over which the pace is taken."""
        return min(max((today - self.issued_on).days, 0), RECENT_DAYS)

    def recent_from(self, today: date) -> date:
        """The day before the recent days: done yesterday less done then is the recent growth."""
        return today - timedelta(days=1 + self.recent_days(today))


@dataclass(frozen=True)
class Counts:
    """Units (booths, teams) of one part: how many, and how many done at four days' ends."""

    total: int
    done: int  # today, as far as it is known
    yesterday: int
    before_recent: int  # at the end of Term.recent_from
    baseline: int  # at the end of Term.baseline_on

    @property
    def at_start(self) -> int:
        """Done when today's work began: yesterday's, less what was lost today."""
        return min(self.yesterday, self.done)


@dataclass(frozen=True)
class Progress:
    """All that a page says of one part under one directive. Numbers are units and days."""

    total: int
    done: int
    goal: int
    expected: int  # by the end of today
    percent: int | None  # of the total; None where there is nothing to do
    expected_percent: int | None
    days_left: int
    days_overdue: int
    needed_per_day: int
    pace: Fraction | None  # units a day over the recent days; None when it is too early
    recent_days: int
    forecast_on: date | None
    days_late: int
    standing: Standing

    @property
    def remaining(self) -> int:
        return max(self.goal - self.done, 0)

    @property
    def goal_percent(self) -> int | None:
        return percent(self.goal, self.total)


def percent(part: int, whole: int) -> int | None:
    """The share rounded down, or None where there is no whole."""
    return part * 100 // whole if whole else None


def goal(total: int, target_percent: int) -> int:
    return -(-total * target_percent // 100)


def expected(counts: Counts, term: Term, today: date) -> int:
    """Units that should be done by the end of today if every day of the term did its share."""
    rise = max(goal(counts.total, term.target_percent) - counts.baseline, 0)
    return counts.baseline + rise * term.days_gone(today) // term.days


def recent_pace(counts: Counts, term: Term, today: date) -> Fraction | None:
    days = term.recent_days(today)
    if days < FEWEST_DAYS:
        return None
    return Fraction(counts.yesterday - counts.before_recent, days)


def forecast(counts: Counts, term: Term, today: date) -> date | None:
    """The day on which the goal is reached at the recent pace; None if it is not, or is already.

    A pace that outlasts the calendar ends on its last day.
    """
    missing = goal(counts.total, term.target_percent) - counts.at_start
    grown, over = counts.yesterday - counts.before_recent, term.recent_days(today)
    if missing <= 0 or grown <= 0 or over < FEWEST_DAYS:
        return None
    days = -(-missing * over // grown)
    if days > (date.max - today).days:
        return date.max
    return today + timedelta(days=days - 1)


def needed_per_day(counts: Counts, term: Term, today: date) -> int:
    """Units that each day left, today included, must bring; 0 when none is left or needed."""
    missing = max(goal(counts.total, term.target_percent) - counts.at_start, 0)
    left = term.days_left(today)
    return -(-missing // left) if left else 0


def standing(counts: Counts, term: Term, today: date) -> Standing:
    if not counts.total:
        return Standing.EMPTY
    if counts.done >= goal(counts.total, term.target_percent):
        return Standing.DONE
    if today < term.issued_on:
        return Standing.NOT_YET
    if today > term.due_on:
        return Standing.OVERDUE
    if term.recent_days(today) < FEWEST_DAYS:
        return Standing.TOO_EARLY
    day = forecast(counts, term, today)
    if day is None:
        return Standing.STUCK
    return Standing.ON_TRACK if day <= term.due_on else Standing.LATE


def progress(counts: Counts, term: Term, today: date) -> Progress:
    should_be = expected(counts, term, today)
    day = forecast(counts, term, today)
    return Progress(
        total=counts.total,
        done=counts.done,
        goal=goal(counts.total, term.target_percent),
        expected=should_be,
        percent=percent(counts.done, counts.total),
        expected_percent=percent(should_be, counts.total),
        days_left=term.days_left(today),
        days_overdue=term.days_overdue(today),
        needed_per_day=needed_per_day(counts, term, today),
        pace=recent_pace(counts, term, today),
        recent_days=term.recent_days(today),
        forecast_on=day,
        days_late=max((day - term.due_on).days, 0) if day else 0,
        standing=standing(counts, term, today),
    )
