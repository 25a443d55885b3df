"""Gathers what a search of a state found: booths, agents and places, each only where the user may
see it. No HTTP.

Booths and places go with the numbers, people with the served places; nobody's phone is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef, QuerySet

from booths.finding import Sought
from booths.models import Agent, Appointment, Booth
from booths.roll.apply import chunks
from booths.seat_list import status_on
from booths.sounds import sounds_of
from campaign.frames import Frame
from zones.models import AssemblySeat, District, LokSabhaSeat, Named
from zones.scope import Act, agents_seen, areas_served, may, places_served

FEW, MANY = 20, 100  # rows of a group beside others, and of one alone
KINDS = ("places", "booths", "agents")


@dataclass(frozen=True)
class FoundAgent:
    agent: Agent
    status: str = ""  # of the appointment at the booth
    booth: Booth | None = None  # a served one; none while the agent stands nowhere

    @property
    def status_label(self) -> str:
        return str(Appointment.Status(self.status).label)


@dataclass
class Group:
    kind: str  # one of KINDS
    rows: list = field(default_factory=list)
    total: int = 0
    page: int = 1
    is_alone: bool = False  # and so on pages of its own

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    @property
    def pages(self) -> range:
        return range(1, -(-self.total // MANY) + 1) if self.is_alone else range(0)


@dataclass
class Found:
    groups: list[Group]
    is_asked: bool  # whether anything was typed that can be sought
    has_people: bool  # whether the user sees people anywhere

    @property
    def people(self) -> set[int]:
        return {
            row.agent.pk for group in self.groups for row in group.rows if group.kind == "agents"
        }


@dataclass
class Asked:
    frame: Frame
    user: object
    today: date
    seats: list[AssemblySeat]  # whose numbers the user sees
    sought: Sought
    kind: str = ""  # only this one of KINDS
    page: int = 1


def found(asked: Asked) -> Found:
    gather = {"places": _places, "booths": _booths, "agents": _agents}
    kinds = [asked.kind] if asked.kind in gather else KINDS
    groups = [gather[kind](asked) for kind in kinds] if asked.sought else []
    has_people = may(asked.user, Act.SEE_PEOPLE, on=asked.today)
    return Found([group for group in groups if group.rows], bool(asked.sought), has_people)


def _group(asked: Asked, kind: str, rows: Sequence) -> Group:
    """The part of the rows that the page asked for shows."""
    size = MANY if asked.kind else FEW
    start = (asked.page - 1) * size
    return Group(kind, rows[start : start + size], len(rows), asked.page, bool(asked.kind))


def _shown(group: Group, model: type[Agent | Booth]) -> Group:
    """The group with rows in place of their ids: of all that is found few are fetched."""
    rows = model.objects.in_bulk(group.rows)
    group.rows = [rows[pk] for pk in group.rows if pk in rows]
    return group


# Places


def _places(asked: Asked) -> Group:
    """Assembly seats by number or name, Lok Sabha seats and districts by name."""
    sought = asked.sought
    places: list[Named] = [seat for seat in asked.seats if _is_meant(seat, sought)]
    if sought.terms:
        for model in (LokSabhaSeat, District):
            seen = areas_served(asked.user, Act.SEE_NUMBERS, asked.today, model)
            rows = model.objects.filter(seen, state=asked.frame.state)
            places += [place for place in rows if sought.fits_words(_sounds_of(place))]
    return _group(asked, "places", places)


def _is_meant(seat: AssemblySeat, sought: Sought) -> bool:
    if sought.number:
        is_number = sought.seat is None and not sought.number.suffix
        return is_number and seat.number == sought.number.number
    return sought.fits_words(_sounds_of(seat))


def _sounds_of(place: Named) -> str:
    return _sounds_of_names(place.name_hi, place.name_en)


@lru_cache(maxsize=4096)
def _sounds_of_names(*names: str) -> str:
    return sounds_of(*names)


# Booths


def _booths(asked: Asked) -> Group:
    sought = asked.sought
    seats = {s.pk: s for s in asked.seats if sought.seat is None or s.number == sought.seat}
    meant = sought.booths({pk: _sounds_of(seat) for pk, seat in seats.items()})
    rows = Booth.objects.listed(asked.frame.on).filter(meant, assembly_seat__in=list(seats))
    rows = rows.order_by("assembly_seat__number", "number", "suffix")
    group = _shown(_group(asked, "booths", list(rows.values_list("pk", flat=True))), Booth)
    for booth in group.rows:
        booth.assembly_seat = seats[booth.assembly_seat_id]
    return group


# People


def _agents(asked: Asked) -> Group:
    """Those who are seen, by name, who stand first, each with a served booth.

    Names are looked through first: to ask of everybody whether they are seen took PostgreSQL half
    a second.
    """
    here = Appointment.objects.filter(
        places_served(asked.user, Act.SEE_PEOPLE, asked.today, prefix="booth__"),
        booth__assembly_seat__state=asked.frame.state,
        proposed_on__lte=asked.frame.on,
    )
    names = dict(Agent.objects.filter(asked.sought.agents()).values_list("pk", "name"))
    stand: dict[int, bool] = {}
    for ids in chunks(sorted(names)):
        for pk, status in here.filter(agent__in=ids).values_list("agent", "status"):
            stand[pk] = stand.get(pk, False) or status != Appointment.Status.ENDED
        others = [pk for pk in ids if pk not in stand]
        stand |= dict.fromkeys(_unplaced(asked, others), False)
    order = sorted(stand, key=lambda pk: (not stand[pk], names[pk], pk))
    group = _shown(_group(asked, "agents", order), Agent)
    group.rows = _with_booths(group.rows, here, asked.frame.on)
    return group


def _unplaced(asked: Asked, ids: list[int]) -> list[int]:
    """Of these agents whoever was never placed and is seen all the same."""
    placed = Appointment.objects.filter(agent=OuterRef("pk"))
    # Whoever was never placed is seen as if nobody were.
    seen = agents_seen(asked.user, asked.today, Appointment.objects.none())
    rows = Agent.objects.filter(seen, ~Exists(placed), pk__in=ids)
    return list(rows.values_list("pk", flat=True))


def _with_booths(agents: list[Agent], here: QuerySet, on: date) -> list[FoundAgent]:
    at: dict[int, FoundAgent] = {}
    theirs = here.filter(agent__in=agents).select_related("booth__assembly_seat__state", "agent")
    for each in theirs.order_by("proposed_on", "pk"):
        days = (each.appointed_on, each.verified_on, each.ended_on)
        status = status_on(on, *days)
        if each.agent_id not in at or status != Appointment.Status.ENDED:
            at[each.agent_id] = FoundAgent(each.agent, status, each.booth)
    return [at.get(agent.pk) or FoundAgent(agent) for agent in agents]
