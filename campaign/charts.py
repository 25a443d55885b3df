"""The geometry of the burn-up: pure functions from days and counts to places on a sheet.

Lines are in thousandths of the sheet's width and height, from the top left; labels in percent,
so that a page may stretch the lines and still write its labels in one size.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from campaign.progress import Progress, Term
from campaign.spread import Spread, spread

SHEET = 1000
BEYOND = 3  # the sheet ends at most a third of the term after the due day
SPARK_DAYS = 14
SPARK_HEIGHT = 20


@dataclass(frozen=True)
class Label:
    x: float  # percent of the width
    y: float  # percent of the height, from the top
    day: date
    anchor: str = "middle"  # as SVG's text-anchor


@dataclass(frozen=True)
class Review:
    """A review that was held on a day, or will be within some days."""

    number: int
    window_start: date
    window_end: date


@dataclass(frozen=True)
class Mark:
    """Where a review lies on the sheet, in percent of its width."""

    review: Review
    x: float
    width: float


@dataclass(frozen=True)
class Row:
    """One day of the table behind the chart."""

    day: date
    done: int
    percent: int


@dataclass(frozen=True)
class Lines:
    actual: str
    area: str
    needed: str  # empty when no day is left or nothing is missing
    forecast: str  # empty when there is none
    due_x: float | None  # where it is on the sheet, in thousandths as the lines


@dataclass(frozen=True)
class BurnUp:
    lines: Lines
    today: Label
    due: Label | None  # where it is on the sheet
    start: Label
    end: Label | None  # the day of the forecast, where it has room
    expected_y: float | None
    goal_y: float
    now_top: float  # where the line of today begins: at what is done, or at what should be
    band: str = ""  # between the fewest and the most that may be done, in four cases of five
    between: tuple[date, date | None] | None = None  # the goal is reached; the last: not foreseen
    reviews: list[Mark] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    grid: tuple[tuple[int, int], ...] = tuple((100 - part, part) for part in (25, 50, 75, 100))


def percent(thousandths: float) -> float:
    return round(thousandths / 10, 2)


@dataclass(frozen=True)
class Sheet:
    first: date
    last: date
    top: int  # the count at the upper edge

    def x(self, day: date) -> float:
        return round((day - self.first).days / max((self.last - self.first).days, 1) * SHEET, 1)

    def y(self, count: float) -> float:
        return round((1 - min(max(count / self.top, 0), 1)) * SHEET, 1)

    def point(self, day: date, count: float) -> str:
        return f"{self.x(day):g} {self.y(count):g}"

    def label(self, day: date, count: float) -> Label:
        x = percent(self.x(day))
        anchor = "start" if x < 12 else "end" if x > 88 else "middle"
        return Label(x, percent(self.y(count)), day, anchor)


Days = list[tuple[date, int]]  # done at the end of each day up to today


def lines(days: Days, term: Term, progress: Progress, today: date, until: date) -> Lines | None:
    """None where there is nothing to draw. What is drawn to the same day, `until`, can be laid
    beside each other."""
    if not _can_be_drawn(days, progress):
        return None
    return _lines(_sheet(days, progress, until), days, term, progress, today)


def burn_up(
    days: Days, term: Term, progress: Progress, today: date, reviews: Iterable[Review] = ()
) -> BurnUp | None:
    """None where there is nothing to draw."""
    if not _can_be_drawn(days, progress):
        return None
    sheet = _sheet(days, progress, last_day(term, progress, today))
    done = progress.done
    doubt = _doubt(days, term, progress, today)
    return BurnUp(
        lines=_lines(sheet, days, term, progress, today),
        today=sheet.label(today, done),
        due=sheet.label(term.due_on, progress.goal) if term.due_on >= sheet.first else None,
        start=sheet.label(days[0][0], 0),
        end=_forecast_label(sheet, progress, term, today),
        expected_y=None if today < term.issued_on else percent(sheet.y(progress.expected)),
        goal_y=percent(sheet.y(progress.goal)),
        now_top=percent(min(sheet.y(done), sheet.y(progress.expected))),
        band=_band(sheet, progress, today, doubt) if doubt else "",
        between=_between(progress, today, doubt) if doubt else None,
        reviews=[*_marks(sheet, reviews)],
        rows=_rows(days, progress.total),
    )


def _can_be_drawn(days: Days, progress: Progress) -> bool:
    return len(days) > 1 and progress.total > 0


def _sheet(days: Days, progress: Progress, until: date) -> Sheet:
    return Sheet(days[0][0], until, progress.total)


def _lines(sheet: Sheet, days: Days, term: Term, progress: Progress, today: date) -> Lines:
    line = "L".join(sheet.point(day, count) for day, count in days)
    return Lines(
        actual=f"M{line}",
        area=f"M{sheet.x(days[0][0]):g} {SHEET}L{line}L{sheet.x(today):g} {SHEET}Z",
        needed=_needed(sheet, progress, term, today),
        forecast=_forecast(sheet, progress, today),
        due_x=sheet.x(term.due_on) if term.due_on >= sheet.first else None,
    )


def last_day(term: Term, progress: Progress, today: date) -> date:
    """The due day, or as much later as the forecast or today asks, within reason."""
    limit = term.due_on + timedelta(days=max(term.days // BEYOND, 3))
    wanted = max(progress.forecast_on or term.due_on, term.due_on + timedelta(days=1))
    return max(min(wanted, limit), today)


def _needed(sheet: Sheet, progress: Progress, term: Term, today: date) -> str:
    if not progress.remaining or today >= term.due_on:
        return ""
    return f"M{sheet.point(today, progress.done)}L{sheet.point(term.due_on, progress.goal)}"


def _forecast(sheet: Sheet, progress: Progress, today: date) -> str:
    """From today to the day of the forecast, cut where the sheet ends."""
    end = progress.forecast_on
    if not end or not progress.remaining or end <= today:
        return ""
    last = min(end, sheet.last)
    share = (last - today).days / (end - today).days
    count = progress.done + (progress.goal - progress.done) * share
    return f"M{sheet.point(today, progress.done)}L{sheet.point(last, count)}"


def _doubt(days: Days, term: Term, progress: Progress, today: date) -> Spread | None:
    """Only where there is a forecast to be doubted."""
    if not progress.forecast_on or not progress.remaining:
        return None
    return spread([count for _day, count in days], term.recent_days(today))


def _band(sheet: Sheet, progress: Progress, today: date, doubt: Spread) -> str:
    """Never below what is done: what is entered is seldom lost."""
    low, high = [], []
    for n in range(1, (sheet.last - today).days + 1):
        fewest, most = doubt.after(n + 1)
        day = today + timedelta(days=n)
        low.append(sheet.point(day, min(max(fewest, progress.done), progress.goal)))
        high.append(sheet.point(day, min(most, progress.goal)))
    start = sheet.point(today, progress.done)
    return f"M{start}L{'L'.join(high + low[::-1])}Z" if low else ""


def _between(progress: Progress, today: date, doubt: Spread) -> tuple[date, date | None] | None:
    """Nothing where both are one day."""
    first, last = map(partial(_day_after, today), doubt.days_until(progress.goal))
    return (first, last) if first and first != last else None


def _day_after(today: date, days: int | None) -> date | None:
    """Today is the first of the days."""
    return today + timedelta(days=days - 1) if days else None


def _marks(sheet: Sheet, reviews: Iterable[Review]) -> Iterator[Mark]:
    """Of a review that is still to come as many of its days as the sheet has."""
    for review in reviews:
        if sheet.first <= review.window_start <= sheet.last:
            x = sheet.x(review.window_start)
            end = sheet.x(min(review.window_end, sheet.last))
            yield Mark(review, percent(x), percent(end - x))


def _forecast_label(sheet: Sheet, progress: Progress, term: Term, today: date) -> Label | None:
    """Left out where it would lie on the label of today or beyond the sheet."""
    day = progress.forecast_on
    if not day or not progress.remaining or day > sheet.last:
        return None
    label = sheet.label(day, progress.goal)
    return label if label.x - percent(sheet.x(today)) > 24 else None


def _rows(days: Days, total: int) -> list[Row]:
    """The last seven days one by one, before them every seventh; the latest first."""
    chosen = [*days[-1:-8:-1], *days[-14::-7]]
    return [Row(day, done, done * 100 // total) for day, done in chosen]


SPARK_PLACES = [f"M{4 * n + 2} {SPARK_HEIGHT}v-" for n in range(SPARK_DAYS)]


def spark(grown: list[int]) -> str:
    """A stroke for each of the last days, as high as that day grew among them; a day that lost
    stays empty. The sheet is 4 wide a day and SPARK_HEIGHT high."""
    last = [max(growth, 0) for growth in grown[-SPARK_DAYS:]]
    most = max(last, default=0)
    places = SPARK_PLACES[SPARK_DAYS - len(last) :]
    return "".join(
        [
            f"{place}{max(growth * SPARK_HEIGHT // most, 1)}"
            for place, growth in zip(places, last, strict=True)
            if growth
        ]
    )
