"""How numbers, days and standings are put into the reader's words.

Months are our own: Django's Hindi misspells September. Numbers are grouped as in India.
"""

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from campaign.progress import Progress, Standing

DASH = "–"
YEAR = 365  # days

MONTHS = (
    gettext_lazy("January"),
    gettext_lazy("February"),
    gettext_lazy("March"),
    gettext_lazy("April"),
    gettext_lazy("May"),
    gettext_lazy("June"),
    gettext_lazy("July"),
    gettext_lazy("August"),
    gettext_lazy("September"),
    gettext_lazy("October"),
    gettext_lazy("November"),
    gettext_lazy("December"),
)
SHORT_MONTHS = (
    pgettext_lazy("short month", "Jan"),
    pgettext_lazy("short month", "Feb"),
    pgettext_lazy("short month", "Mar"),
    pgettext_lazy("short month", "Apr"),
    pgettext_lazy("short month", "May"),
    pgettext_lazy("short month", "Jun"),
    pgettext_lazy("short month", "Jul"),
    pgettext_lazy("short month", "Aug"),
    pgettext_lazy("short month", "Sep"),
    pgettext_lazy("short month", "Oct"),
    pgettext_lazy("short month", "Nov"),
    pgettext_lazy("short month", "Dec"),
)
ORDINALS = (
    pgettext_lazy("review", "First"),
    pgettext_lazy("review", "Second"),
    pgettext_lazy("review", "Third"),
    pgettext_lazy("review", "Fourth"),
    pgettext_lazy("review", "Fifth"),
    pgettext_lazy("review", "Sixth"),
    pgettext_lazy("review", "Seventh"),
    pgettext_lazy("review", "Eighth"),
    pgettext_lazy("review", "Ninth"),
    pgettext_lazy("review", "Tenth"),
)


def indian(number: int | None) -> str:
    """23,632 and 10,50,000: the last three digits, then pairs."""
    if number is None:
        return DASH
    if -1000 < number < 1000:
        return str(number)
    digits, sign = str(abs(number)), "-" if number < 0 else ""
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(i - 2, 0) : i] for i in range(len(head), 0, -2)][::-1]
    return f"{sign}{','.join(pairs)},{tail}"


def signed(number: int | None) -> str:
    """+12, -3, 0; what has no sign has no growth."""
    return f"{'+' if number and number > 0 else ''}{indian(number)}"


def percent(number: int | None) -> str:
    return DASH if number is None else f"{number}%"


def pace(per_day: Fraction | None) -> str:
    """Below ten one decimal is shown; rounded down, never better than it is."""
    if per_day is None:
        return DASH
    if abs(per_day) >= 10 or per_day.denominator == 1:
        return indian(per_day.__floor__())
    tenths = (per_day * 10).__floor__()
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"


def day(on: date | None) -> str:
    """31 August"""
    return f"{on.day} {MONTHS[on.month - 1]}" if on else DASH


def day_and_year(on: date | None) -> str:
    """31 August 2018"""
    return f"{day(on)} {on.year}" if on else DASH


def day_near(on: date | None, near: date) -> str:
    """31 August, with the year where it is another than that of the day near it."""
    return day(on) if on and on.year == near.year else day_and_year(on)


def short_day(on: date | None) -> str:
    """31 Aug"""
    return f"{on.day} {SHORT_MONTHS[on.month - 1]}" if on else DASH


def window(start: date | None, end: date | None) -> str:
    """1–14 September, or 28 August – 4 September; one day alone if only one is known."""
    if not start or not end or start == end:
        return day(start or end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"


def ordinal(number: int) -> str:
    """Third, as reviews are called; beyond the tenth the number itself."""
    return str(ORDINALS[number - 1]) if 1 <= number <= len(ORDINALS) else f"{number}."


def meeting(held) -> str:
    """Third review meeting; Meeting with the national president."""
    if held.kind == "review":
        return pgettext("meeting", "%(ordinal)s review meeting") % {"ordinal": ordinal(held.number)}
    name = str(held.get_kind_display())
    return name if held.number == 1 else f"{name} {held.number}"


def standing(progress: Progress) -> str:
    """Two or three words that go beside the number of a part."""
    match progress.standing:
        case Standing.LATE:
            days = progress.days_late
            if days > YEAR:
                return pgettext("standing", "over a year late")
            text = ngettext("%(days)s day late", "%(days)s days late", days)
            return text % {"days": indian(days)}
        case Standing.OVERDUE:
            days = progress.days_overdue
            text = ngettext("%(days)s day overdue", "%(days)s days overdue", days)
            return text % {"days": indian(days)}
    return _plain_standing(progress.standing)


def _plain_standing(name: Standing) -> str:
    match name:
        case Standing.DONE:
            return pgettext("standing", "done")
        case Standing.ON_TRACK:
            return pgettext("standing", "on time")
        case Standing.STUCK:
            return pgettext("standing", "no growth")
        case Standing.TOO_EARLY:
            return pgettext("standing", "too early")
        case Standing.NOT_YET:
            return pgettext("standing", "not started")
    return DASH


# The shade of a standing; words always stand beside it.
TONES = {
    Standing.DONE: "ok",
    Standing.ON_TRACK: "ok",
    Standing.LATE: "late",
    Standing.STUCK: "stuck",
    Standing.OVERDUE: "stuck",
}


def tone(progress: Progress) -> str:
    return TONES.get(progress.standing, "quiet")


def and_list(names: list[str]) -> str:
    """A, B and C"""
    if len(names) < 2:
        return "".join(names)
    first, last = ", ".join(names[:-1]), names[-1]
    return pgettext("a list of names", "%(first)s and %(last)s") % {"first": first, "last": last}
