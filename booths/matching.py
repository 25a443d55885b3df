"""Who is who among agents: the same person at a booth, and likely duplicates elsewhere.

Two names are the same where they differ only in spelling. A father's or husband's name tells
namesakes apart where both are written; where one is not, it says nothing.
"""

from collections.abc import Iterable

from django.db.models import Q

from booths.models import Agent, Appointment, Booth
from booths.roll.text import folded


def same_person(agent: Agent, name: str, relation_name: str = "") -> bool:
    if folded(agent.name) != folded(name):
        return False
    known, said = folded(agent.relation_name), folded(relation_name)
    return not known or not said or known == said


def namesakes(standing: Iterable[Appointment], name: str, relation_name: str) -> list[Appointment]:
    """Those of the standing appointments at one booth that are of this person; more than one only
    where what is written does not tell them apart."""
    found = [each for each in standing if same_person(each.agent, name, relation_name)]
    exact = [each for each in found if folded(each.agent.relation_name) == folded(relation_name)]
    return exact if relation_name and exact else found


def standing_at(booth: Booth, kind: str) -> list[Appointment]:
    rows = Appointment.objects.standing().filter(booth=booth, kind=kind)
    return list(rows.select_related("agent"))


def sharing(agents: Iterable[Agent]) -> dict[int, list[Agent]]:
    """Other agents with the same mobile or EPIC number, by the id of each agent, in one query."""
    agents = list(agents)
    mobiles = {agent.mobile for agent in agents if agent.mobile}
    epics = {agent.epic_no for agent in agents if agent.epic_no}
    if not mobiles and not epics:
        return {}
    others = list(Agent.objects.filter(Q(mobile__in=mobiles) | Q(epic_no__in=epics)))
    found = {}
    for agent in agents:
        same = [other for other in others if other.pk != agent.pk and _shares(agent, other)]
        if same:
            found[agent.pk] = same
    return found


def _shares(agent: Agent, other: Agent) -> bool:
    mobile = bool(agent.mobile) and agent.mobile == other.mobile
    return mobile or (bool(agent.epic_no) and agent.epic_no == other.epic_no)
