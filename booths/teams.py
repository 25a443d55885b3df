"""A team is ready when it has what a team of its level needs: a sector or a block its lead and the
campaign's number of members, a zone a member of the state executive and a local one.

This is the only place that says so; booths/tallies.py counts by the same table.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LEAD, MEMBERS, STATE_EXECUTIVE, LOCAL = "lead", "members", "state_executive", "local"


@dataclass(frozen=True)
class Held:
    """A post that somebody holds in the team on the day."""

    is_lead: bool
    origin: str


def needed(level: str, size: int = 0) -> dict[str, int]:
    """What a team of the level needs, and how many of it; `size` is the campaign's."""
    return {STATE_EXECUTIVE: 1, LOCAL: 1} if level == "zone" else {LEAD: 1, MEMBERS: size}


def lacking(level: str, held: Iterable[Held], size: int = 0) -> dict[str, int]:
    """What the team still lacks, and how many of it; nothing: it is ready."""
    has: Counter[str] = Counter()
    for post in held:
        has.update({MEMBERS: 1, LEAD: int(post.is_lead), post.origin: 1})
    return {what: n - has[what] for what, n in needed(level, size).items() if has[what] < n}


def reasons(lacks: dict[str, int]) -> list[str]:
    """Why the team is not ready, in words for the reader."""
    return [_reason(what, number) for what, number in lacks.items()]


def _reason(what: str, number: int) -> str:
    match what:
        case "lead":
            return _("no president")
        case "state_executive":
            return _("no member of the state executive")
        case "local":
            return _("no local member")
    return ngettext("%(count)s member short", "%(count)s members short", number) % {"count": number}
