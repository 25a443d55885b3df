"""Filters of the office's pages of people."""

from django import template
from django.core.paginator import Page
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from campaign import wording
from zones.models import AssemblySeat, District, LokSabhaSeat, Posting
from zones.people import Standing

register = template.Library()

TONES = {
    Standing.ACTIVE: "ok",
    Standing.NEVER_SIGNED_IN: "late",
    Standing.UNPOSTED: "late",
    Standing.CLOSED: "quiet",
}


@register.filter
def in_full(area) -> str:
    """A place with its kind, where its name alone does not say it."""
    if isinstance(area, AssemblySeat | District | LokSabhaSeat):
        return f"{capfirst(area._meta.verbose_name)} {area}"
    return str(area)


@register.filter
def standing_tag(person) -> SafeString:
    standing = Standing(person.standing)
    return format_html('<span class="st {}">{}</span>', TONES[standing], standing.label)


@register.filter
def role_label(role: str) -> str:
    return str(Posting.Role(role).label)


@register.filter
def pages_shown(paged: Page):
    return paged.paginator.get_elided_page_range(paged.number, on_each_side=2, on_ends=1)


@register.filter
def local_day(instant) -> str:
    return wording.day_and_year(timezone.localdate(instant))
