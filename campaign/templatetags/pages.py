"""Filters that put numbers, days and standings on a page."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from campaign import links, wording
from campaign.measures import Part
from campaign.progress import Progress, Standing
from zones.mobiles import dialled
from zones.models import AssemblySeat, District, LokSabhaSeat, Named

register = template.Library()
NUMBER_OF_NAME = re.compile(r" (?=\d+$)")

register.filter("indian", wording.indian)
register.filter("signed", wording.signed)
register.filter("percent", wording.percent)
register.filter("pace", wording.pace)
register.filter("day", wording.day)
register.filter("day_near", wording.day_near)
register.filter("day_and_year", wording.day_and_year)
register.filter("short_day", wording.short_day)
register.filter("ordinal", wording.ordinal)
register.filter("and_list", wording.and_list)
register.filter("tone", wording.tone)
register.filter("meeting", wording.meeting)
register.filter("meeting_path", links.meeting_path)
register.filter("dialled", dialled)
register.filter("path", links.path_of)


@register.filter
def window(review) -> str:
    return wording.window(review.window_start, review.window_end)


KINDS_OF_PLACE = {
    AssemblySeat: gettext_lazy("Assembly seat"),
    LokSabhaSeat: gettext_lazy("Lok Sabha seat"),
    District: gettext_lazy("District"),
}


@register.filter
def kind_of_place(place: Named) -> str:
    return KINDS_OF_PLACE[type(place)]


@register.filter
def part_names(parts: Iterable[Part]) -> list[str]:
    return [part.place.name for part in parts]


@register.filter
def names(places: Iterable[Named]) -> list[str]:
    return [whole_name(place) for place in places]


@register.filter
def whole_name(place: Named) -> str:
    """Its name, from which no end of a line parts its number (Zone 4)."""
    return NUMBER_OF_NAME.sub("\N{NO-BREAK SPACE}", place.name)


@register.filter
def standing(progress: Progress) -> SafeString:
    """The words of the standing in its shade; nothing where there is nothing to say."""
    if progress.standing == Standing.EMPTY:
        return SafeString("")
    return format_html(
        '<span class="st {}">{}</span>', wording.tone(progress), wording.standing(progress)
    )


@register.filter
def bar(progress: Progress) -> SafeString:
    has_mark = progress.standing != Standing.NOT_YET
    return drawn_bar(progress.percent or 0, progress.expected_percent if has_mark else None)


@lru_cache(maxsize=10404)  # every pair of percents
def drawn_bar(percent: int, mark: int | None) -> SafeString:
    """Filled to the percent, with a black mark. Silent: the number always stands beside it."""
    line = f'<rect class="mark" x="{mark}%"/>' if mark is not None else ""
    return mark_safe(  # numbers only
        '<svg class="bar" aria-hidden="true"><rect class="track"/>'
        f'<rect class="fill" width="{percent}%"/>{line}</svg>'
    )


# The shade of a status; its words always stand in it.
TONES = {"vacant": "quiet", "proposed": "late", "appointed": "ok", "verified": "ok"}


@register.filter
def status_tag(placed) -> SafeString:
    return status(placed.status, placed.status_label)


def status(name: str, label: str) -> SafeString:
    return format_html('<span class="st {} is-{}">{}</span>', TONES.get(name, "quiet"), name, label)


CSS_ACCENT = "#1d3f8f"  # what static/pages.css says


@register.simple_tag
def own_accent() -> SafeString | str:
    """The style sheet of the accent colour, where the settings name another than ours."""
    if settings.ACCENT_COLOUR == CSS_ACCENT:
        return ""
    return format_html('<link rel="stylesheet" href="{}">', links.accent_address())


@register.simple_tag
def grievance_contact() -> str:
    return settings.GRIEVANCE_CONTACT
