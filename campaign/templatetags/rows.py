"""The rows of the long tables and lists.

Not templates: a hundred rows of one cost Django's engine ten times the time that they take here.
Names, numbers and labels from the database are escaped where they come in.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from booths.models import Appointment
from booths.seat_list import StandingAgent
from campaign import charts, links, wording
from campaign.booth_pages import BoothRow
from campaign.measures import Part
from campaign.tables import Table
from campaign.templatetags.pages import bar, standing, status
from zones.models import Named, Reservation

register = template.Library()

PART_ROW = (
    '<tr><th scope="row">{name}</th>'
    '<td class="c-percent">{bar}<b>{percent}</b></td>'
    '<td class="c-done">{done}<small> / {total}</small></td>'
    '<td class="c-remaining"><i>{remaining_label} </i>{remaining}</td>'
    '<td class="c-needed"><i>{needed_label} </i>{needed}</td>'
    '{spark}<td class="c-pace"><i>{pace_label} </i>{pace}</td>'
    '<td class="c-ends">{standing}</td>'
    '<td class="c-verified">{verified}</td></tr>\n'
)


SPARK = (
    f'<td class="c-spark"><svg class="spark" viewBox="0 0 {4 * charts.SPARK_DAYS}'
    f' {charts.SPARK_HEIGHT}" aria-hidden="true"><path d="{{path}}"/></svg></td>'
)


@register.simple_tag(takes_context=True)
def part_rows(context, table: Table) -> SafeString:
    base, keep = escape(context["base"]), escape(context["keep"])
    labels, tags = _part_labels(), _reservation_tags()
    return _joined(
        _part_row(
            part,
            linked(part.place, base, keep) + _tag(part.place, tags),
            labels,
            _spark(table, part.place.pk),
        )
        for part in table.parts
    )


@register.simple_tag
def total_row(table: Table) -> SafeString:
    name, spark = escape(gettext("Total")), _spark(table, None)
    return mark_safe(_part_row(table.total, name, _part_labels(), spark))


def _spark(table: Table, place: int | None) -> str:
    """The pace beside it says the same in numbers."""
    return SPARK.format(path=table.sparks[place]) if table.sparks else ""


HOLDING_BACK_ROW = (
    '<tr><th scope="row">{name}</th><td>{percent}</td><td>{remaining}</td><td><b>{needed}</b></td>'
    "<td>{pace}</td></tr>\n"
)


@register.simple_tag(takes_context=True)
def holding_back_rows(context, parts: Iterable[Part]) -> SafeString:
    base, keep, tags = escape(context["base"]), escape(context["keep"]), _reservation_tags()
    return _joined(
        HOLDING_BACK_ROW.format(
            name=linked(part.place, base, keep) + _tag(part.place, tags),
            percent=wording.percent(part.progress.percent),
            remaining=wording.indian(part.progress.remaining),
            needed=wording.indian(part.needed_per_day),
            pace=wording.pace(part.progress.pace),
        )
        for part in parts
    )


def _joined(rows: Iterable[str]) -> SafeString:
    return mark_safe("".join(rows))


def _part_labels() -> dict[str, str]:
    return {
        "remaining_label": escape(gettext("remaining")),
        "needed_label": escape(gettext("needed")),
        "pace_label": escape(gettext("done a day")),
    }


def linked(place: Named, base: str, keep: str) -> str:
    return f'<a href="{address(place, base, keep)}">{escape(place)}</a>'


def address(place: Named, base: str, keep: str) -> str:
    return f"{base}{links.path_of(place)}{keep}"


def _reservation_tags() -> dict[str, str]:
    return {
        of.value: "" if of == Reservation.GENERAL else f" <small>{escape(of.label)}</small>"
        for of in Reservation
    }


def _tag(place: Named, tags: dict[str, str]) -> str:
    return tags.get(getattr(place, "reservation", ""), "")


def _part_row(part: Part, name: str, labels: dict[str, str], spark: str = "") -> str:
    progress = part.progress
    return PART_ROW.format(
        name=name,
        bar=bar(progress),
        percent=wording.percent(progress.percent),
        done=wording.indian(progress.done),
        total=wording.indian(progress.total),
        remaining=wording.indian(progress.remaining if progress.total else None),
        needed=wording.indian(part.needed_per_day),
        spark=spark,
        pace=wording.pace(progress.pace),
        standing=standing(progress),
        verified=wording.percent(part.verified_percent),
        **labels,
    )


# Blocks and sectors of a seat


@register.simple_tag
def unit_rows(parts: Iterable[Part], nowhere: str, query: str) -> SafeString:
    """A sector leads to its booths in the list below; `query` is that of the page, to be added to."""
    labels, query, of_sectors = _part_labels(), escape(query), nowhere == gettext("not in a sector")
    return _joined(
        _part_row(part, _unit_name(part.place, nowhere, query if of_sectors else ""), labels)
        for part in parts
    )


def _unit_name(place: Named | None, nowhere: str, query: str) -> str:
    name = escape(place.name if place else nowhere)
    if not query:
        return name
    return f'<a href="{query}sector={place.pk if place else "none"}#booths">{name}</a>'


# The booth list of a seat

BOOTH_ROW = (
    '<li><a class="number" href="{path}booth/{label}/{keep}"><b>{label}</b> <span>{name}</span></a>'
    '<span class="building">{building}</span><span class="agents">{agents}</span>'
    '<span class="status">{status}{network}</span></li>\n'
)


@register.simple_tag(takes_context=True)
def booth_rows(context, rows: Iterable[BoothRow], seat: Named) -> SafeString:
    where = {"path": escape(context["base"] + links.path_of(seat)), "keep": escape(context["keep"])}
    statuses = _booth_statuses()
    no_network = escape(gettext("no network"))
    return _joined(_booth_row(row, where, statuses, no_network) for row in rows)


def _booth_statuses() -> dict[tuple[str, bool], SafeString]:
    """By cover and whether it is verified."""
    of = Appointment.Status
    vacant = status("vacant", gettext("Vacant"))
    return {
        ("vacant", False): vacant,
        ("proposed", False): status("proposed", of.PROPOSED.label),
        ("covered", False): status("appointed", of.APPOINTED.label),
        ("covered", True): status("verified", of.VERIFIED.label),
    }


def _booth_row(row: BoothRow, where: dict[str, str], statuses, no_network: str) -> str:
    booth = row.booth
    return BOOTH_ROW.format(
        **where,
        label=escape(booth.label),
        name=escape(booth.name),
        building=escape(booth.building) if booth.building != booth.name else "",
        agents="".join(map(_agent, row.agents)),
        status=statuses[row.cover, row.is_verified],
        network=f" <small>{no_network}</small>" if booth.is_unreachable_by_phone else "",
    )


def _agent(agent: StandingAgent) -> str:
    mobile = escape(agent.mobile)
    call = (
        f' <a href="tel:{mobile}">{mobile}</a>' if agent.may_call else f" <small>{mobile}</small>"
    )
    return f"<span>{escape(agent.name)}{call if mobile else ''}</span>"
