"""Likely duplicates, told to the reader: persons in scope by name, all others only as a number."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booths.matching import sharing
from booths.models import Agent


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
