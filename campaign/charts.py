"""The geometry of the burn-up: pure functions from days and counts to places on a sheet.

Lines are in thousandths of the sheet's width and height, from the top left; labels in percent,
so that a page may stretch the lines and still write its labels in one size.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from campaign.progress import Progress, Term

SHEET = 1000
BEYOND = 3  # the sheet ends at most a third of the term after the due day


@dataclass(frozen=True)
class Label:
    x: float  # percent of the width
    y: float  # percent of the height, from the top
    day: date
    anchor: str = "middle"  # as SVG's text-anchor


@dataclass(frozen=True)
class Row:
    """One day of the table behind the chart."""

    day: date
    done: int
    percent: int


@dataclass(frozen=True)
class BurnUp:
    actual: str
    area: str
    needed: str  # empty when no day is left or nothing is missing
    forecast: str  # empty when there is none
    today: Label
    due: Label | None  # where it is on the sheet
    start: Label
    end: Label | None  # the day of the forecast, where it has room
    expected_y: float | None
    goal_y: float
    now_top: float  # where the line of today begins: at what is done, or at what should be
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


def burn_up(
    days: list[tuple[date, int]], term: Term, progress: Progress, today: date
) -> BurnUp | None:
    """`days`: done at the end of each day up to today. None where there is nothing to draw."""
    if not days or not progress.total or len(days) < 2:
        return None
    sheet = Sheet(days[0][0], _last_day(term, progress, today), progress.total)
    done = progress.done
    line = [sheet.point(day, count) for day, count in days]
    end = _forecast_label(sheet, progress, term, today)
    return BurnUp(
        actual="M" + "L".join(line),
        area=f"M{sheet.x(days[0][0]):g} {SHEET}L{'L'.join(line)}L{sheet.x(today):g} {SHEET}Z",
        needed=_needed(sheet, progress, term, today),
        forecast=_forecast(sheet, progress, today),
        today=sheet.label(today, done),
        due=sheet.label(term.due_on, progress.goal) if term.due_on >= sheet.first else None,
        start=sheet.label(days[0][0], 0),
        end=end,
        expected_y=None if today < term.issued_on else percent(sheet.y(progress.expected)),
        goal_y=percent(sheet.y(progress.goal)),
        now_top=percent(min(sheet.y(done), sheet.y(progress.expected))),
        rows=_rows(days, progress.total),
    )


def _last_day(term: Term, progress: Progress, today: date) -> date:
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


def _forecast_label(sheet: Sheet, progress: Progress, term: Term, today: date) -> Label | None:
    """Left out where it would lie on the label of today or beyond the sheet."""
    day = progress.forecast_on
    if not day or not progress.remaining or day > sheet.last:
        return None
    label = sheet.label(day, progress.goal)
    return label if label.x - percent(sheet.x(today)) > 24 else None


def _rows(days: list[tuple[date, int]], total: int) -> list[Row]:
    """The last seven days one by one, before them every seventh; the latest first."""
    chosen = [*days[-1:-8:-1], *days[-14::-7]]
    return [Row(day, done, done * 100 // total) for day, done in chosen]
