"""Likely duplicates, told to the reader: persons in scope by name, all others only as a number."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booths.likely_duplicates import WHY, Likely
from booths.matching import sharing
from booths.models import Agent, Appointment


def duplicate_warning(agent: Agent, seen: Q) -> str:
    """A sentence on who else has this mobile or EPIC number, '' if nobody."""
    others = sharing([agent]).get(agent.pk, [])
    if not others:
        return ""
    known = list(Agent.objects.filter(seen, pk__in=[other.pk for other in others]))
    told = [str(other) for other in known]
    if unseen := len(others) - len(known):
        said = ngettext(
            "%(count)s agent outside your area", "%(count)s agents outside your area", unseen
        )
        told.append(said % {"count": unseen})
    return _("The same mobile or EPIC number is entered for: %(others)s.") % {
        "others": ", ".join(told)
    }


def likely_shown(
    likely: Sequence[Likely], seen: Q, served: Q, names: dict[int, str]
) -> tuple[list[dict], set[int]]:
    """For the page: of each new row who it may be, and whom of those that names. `seen` filters
    agents and `served` their appointments, whose booths are told; `names` are those of the rows."""
    ids = {pk for each in likely for pk in each.agents}
    if not ids:
        return [_hint(each, {}, {}, names) for each in likely], set()
    known = Agent.objects.filter(seen, pk__in=ids).in_bulk()
    booths = {}
    rows = Appointment.objects.filter(served, agent__in=known).order_by("pk")
    for row in sorted(rows.select_related("booth__assembly_seat"), key=lambda row: row.is_standing):
        booths[row.agent_id] = f"{row.booth.assembly_seat.number} / {row.booth.label}"
    return [_hint(each, known, booths, names) for each in likely], set(known)


def _hint(likely: Likely, known: dict[int, Agent], booths: dict, names: dict[int, str]) -> dict:
    people = [
        {"who": str(known[pk]), "booth": booths.get(pk, ""), "why": WHY[why]}
        for pk, why in likely.agents.items()
        if pk in known
    ]
    return {
        "row": likely.line.row,
        "name": likely.line.name,
        "known": people,
        "rows": [
            {"row": row, "name": names[row], "why": WHY[why]} for row, why in likely.rows.items()
        ],
        "unseen": len(likely.agents) - len(people),
    }
