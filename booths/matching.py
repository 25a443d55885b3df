"""Who is who among agents: the same person at a booth, and likely duplicates elsewhere.

Two names are the same where they differ only in spelling or in a title. A father's or husband's
name tells namesakes apart where both are written; where one is not, it says nothing.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Q

from booths.models import Agent, Appointment, Booth
from booths.roll.text import folded, tidy

TITLES = (
    *("श्रीमती", "श्रीमति", "श्री", "सुश्री", "कुमारी", "कु", "डॉ", "डा", "स्व", "स्वर्गीय", "पं"),
    *("shrimati", "shri", "sri", "shree", "smt", "mr", "mrs", "ms", "miss", "km", "kumari"),
    *("dr", "late", "pt"),
)
OF = (
    *("पुत्र", "पुत्री", "पत्नी", "पिता", "पति", "आत्मज", "आत्मजा", "जौजे", "वल्द"),
    *("s/o", "d/o", "w/o", "c/o", "f/o", "h/o", "son of", "daughter of", "wife of"),
)
AFTER = r"(?:[.\s:०0॰-]+)"


def _leading(words: Iterable[str]) -> re.Pattern[str]:
    # NFC as the texts that they are sought in
    either = "|".join(sorted((re.escape(tidy(word)) for word in words), key=len, reverse=True))
    return re.compile(f"(?:(?:{either}){AFTER})+(?=.*\\w)", re.IGNORECASE)


TITLE = _leading(TITLES)
TITLE_OF_RELATION = _leading((*OF, *TITLES))
RESPECT = re.compile(r"\s(?:जी|ji)$", re.IGNORECASE)


def untitled(name: str, title: re.Pattern[str] = TITLE) -> str:
    """The name without श्रीमती or Smt. before it and जी behind; a name that is nothing else stays.
    श्रीराम in one word is a name."""
    name = tidy(name)
    begins = title.match(name)
    return RESPECT.sub("", name[begins.end() :] if begins else name)


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """The same for all spellings of a person's name; not to be shown."""
    return folded(untitled(name))


@lru_cache(maxsize=16384)
def relation_key(name: str) -> str:
    return folded(untitled(name, TITLE_OF_RELATION))


def same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)


def same_relation(one: str, other: str) -> bool:
    known, said = relation_key(one), relation_key(other)
    return not known or not said or known == said


def differs_in_title(one: str, other: str) -> bool:
    return one != other and untitled(one, TITLE_OF_RELATION) == untitled(other, TITLE_OF_RELATION)


def same_person(agent: Agent, name: str, relation_name: str = "") -> bool:
    return same_name(agent.name, name) and same_relation(agent.relation_name, relation_name)


def namesakes(standing: Iterable[Appointment], name: str, relation_name: str) -> list[Appointment]:
    """Those of the standing appointments at one booth that are of this person; more than one only
    where what is written does not tell them apart."""
    found = [each for each in standing if same_person(each.agent, name, relation_name)]
    said = relation_key(relation_name)
    exact = [each for each in found if said and relation_key(each.agent.relation_name) == said]
    return exact or found


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
