"""Consent in a list of agents: what the rows say of it, what is said once for the whole list, and
that without it only names are entered.

A row's own words come first. What is said for the list holds for whoever has no consent recorded
yet; whoever has keeps theirs, and whoever withdrew it agrees again only by a row with a later day.
Contact data of a person without consent is left out, and told.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from booths import consent
from booths.agent_list import Line
from booths.models import Agent

FIELDS = ("consent_version", "consent_on", "consent_mode")
Mode = Agent.ConsentMode


@dataclass(frozen=True)
class OfList:
    """How and when the people of a list agreed; an empty mode says nothing."""

    mode: str = ""
    on: date | None = None


def complete(line: Line, *, of_list: OfList, today: date) -> None:
    """Fills in what a row leaves open of a consent; half a one is a fault of the row."""
    known = line.agent.consent_mode if line.agent else ""
    if known == Mode.WITHDRAWN and not _is_later(line):
        for name in FIELDS:
            line.said.pop(name, None)
        return
    said = line.said.get("consent_mode", "")
    if said in Agent.GIVEN:
        stored = {name: getattr(line.agent, name) for name in FIELDS if known in Agent.GIVEN}
        line.said = consent.recorded(said, on=today) | stored | line.said
    elif said and said != known:
        line.fault("consent_mode", _("Write how consent was given, or leave it empty."))
    elif not said and known not in Agent.GIVEN:
        if half := [name for name in FIELDS if name in line.said and known != Mode.UNRECORDED]:
            line.fault(half[0], _("Write into “consent_mode” how consent was given."))
        elif of_list.mode:
            line.said |= consent.recorded(of_list.mode, on=of_list.on or today)


def _is_later(line: Line) -> bool:
    return agreed_after(line, line.agent.consent_on)


def agreed_after(line: Line, withdrawn_on: date) -> bool:
    """Whether the row itself, not the whole list, says that a person who had withdrawn agreed again
    after that."""
    if not line.cells.get("consent_on") or line.said.get("consent_mode") not in Agent.GIVEN:
        return False
    return line.said["consent_on"] > withdrawn_on


def without(line: Line) -> list[str]:
    """Takes out of the row's changes what may not be kept of a person without consent; the fields
    that were taken out."""
    said = line.changes.get("consent_mode")
    if said or (line.agent and line.agent.keeps_contact):
        return []
    left_out = [name for name in Agent.CONTACT if name in line.changes]
    for name in left_out:
        del line.changes[name]
    return left_out
