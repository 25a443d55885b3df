"""The rows of a meeting's tables: a place then and now. Not templates, as in rows.py."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from campaign import wording
from campaign.reviews import Comparison, Line
from campaign.templatetags.pages import drawn_bar
from campaign.templatetags.rows import linked

register = template.Library()

ROW = (
    '<tr{style}><th scope="row">{name}</th>'
    '<td class="c-now">{bar}<b>{percent}</b></td>'
    '<td class="c-done">{done}<small> / {total}</small></td>'
    "{then}{changes}{paces}</tr>\n"
)
THEN = '<td class="c-then"><i>{label} </i>{percent}</td><td class="c-growth"><b>{growth}</b></td>'
CHANGES = (
    '<td class="c-gained"><i>{gained_label} </i>{gained}</td>'
    '<td class="c-lost"><i>{lost_label} </i>{lost}</td>'
    '<td class="c-replaced"><i>{replaced_label} </i>{replaced}</td>'
    '<td class="c-late"><i>{late_label} </i>{late}</td>'
)
PACES = (
    '<td class="c-needed"><i>{needed_label} </i>{needed}</td>'
    '<td class="c-kept{tone}"><i>{kept_label} </i>{kept}</td>'
)


@register.simple_tag(takes_context=True)
def compared_rows(context, compared: Comparison, lines: Iterable[Line]) -> SafeString:
    base, keep = escape(context["base"]), escape(context["keep"])
    return mark_safe(  # names are escaped where they come in
        "".join(_row(compared, line, _linked(line, base, keep)) for line in lines)
    )


@register.simple_tag
def compared_total(compared: Comparison, line: Line) -> SafeString:
    return mark_safe(_row(compared, line, escape(gettext("Total")), ' class="total"'))


@register.simple_tag
def sheet_row(compared: Comparison, line: Line, style: str = "") -> SafeString:
    """Without links, for paper."""
    name = escape(line.place) if line.place else escape(gettext("in no zone"))
    return mark_safe(_row(compared, line, name, f' class="{style}"' if style else ""))


def _linked(line: Line, base: str, keep: str) -> str:
    if line.place is None:
        return escape(gettext("in no zone"))
    return linked(line.place, base, keep)


def _row(compared: Comparison, line: Line, name: str, style: str = "") -> str:
    now = line.now
    return ROW.format(
        style=style,
        name=name,
        bar=drawn_bar(line.percent or 0, None),
        percent=wording.percent(line.percent),
        done=wording.indian(now.done if now else None),
        total=wording.indian(now.total if now else None),
        then=_then(line) if compared.then else "",
        changes=_changes(line) if compared.changes is not None else "",
        paces=_paces(line) if compared.then else "",
    )


def _then(line: Line) -> str:
    return THEN.format(
        label=escape(gettext("before")),
        percent=wording.percent(line.percent_then),
        growth=wording.signed(line.growth),
    )


def _changes(line: Line) -> str:
    its = line.changes
    return CHANGES.format(
        gained_label=escape(gettext("gained")),
        lost_label=escape(gettext("lost")),
        replaced_label=escape(gettext("replaced")),
        late_label=escape(gettext("entered late")),
        gained=wording.indian(its.gained if its else None),
        lost=wording.indian(its.lost if its else None),
        replaced=wording.indian(its.replaced if its else None),
        late=wording.signed(line.entered_late),
    )


def _paces(line: Line) -> str:
    tones = {True: " ok", False: " stuck", None: ""}
    return PACES.format(
        needed_label=escape(gettext("needed")),
        kept_label=escape(gettext("kept")),
        needed=wording.indian(line.needed_per_day),
        kept=wording.pace(line.kept_per_day),
        tone=tones[line.keeps_pace],
    )
