"""The booths of one seat on any day, each with its agents; sectors and blocks are those of today.

What a booth counts as, its line of the day-book says, so that a list and the day-book agree.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from booths import daybook
from booths.models import Appointment, Booth, Kind
from booths.tallies import Tally, need_of
from zones.models import AssemblySeat

Status = Appointment.Status
DAYS = ("proposed_on", "appointed_on", "verified_on", "ended_on")  # as daybook.Span has them


@dataclass(frozen=True)
class StandingAgent:
    """An agent who stands at a booth on the day, with the status of that day."""

    status: str
    name: str
    mobile: str
    agent: int | None = field(default=None, compare=False)  # the id, where a name is shown
    may_call: bool = True  # else the mobile is masked
    sounds: str = field(default="", compare=False)


@dataclass
class ListedBooth:
    booth: Booth
    agents: list[StandingAgent] = field(default_factory=list)
    cover: str = "vacant"  # or "proposed", "covered"
    is_verified: bool = False
    covered_on: Counter = field(default_factory=Counter)  # the further days that were asked for

    @property
    def tally(self) -> Tally:
        covered, proposed = self.cover == "covered", self.cover == "proposed"
        return Tally(1, int(covered), int(proposed), int(self.is_verified), self.covered_on)

    @property
    def is_unreachable(self) -> bool:
        """No standing agent with a mobile, or no network."""
        with_mobile = any(agent.mobile for agent in self.agents)
        return not with_mobile or self.booth.is_unreachable_by_phone


def status_on(day: date, appointed_on=None, verified_on=None, ended_on=None) -> str:
    """The status at the end of the day of an appointment with these days."""
    for status, since in (
        (Status.ENDED, ended_on),
        (Status.VERIFIED, verified_on),
        (Status.APPOINTED, appointed_on),
    ):
        if since and since <= day:
            return str(status)
    return str(Status.PROPOSED)


def booths_of_seat(
    seat: AssemblySeat,
    *,
    on: date,
    kind: str = Kind.BOOTH_AGENT,
    also_on: Iterable[date] = (),
) -> list[ListedBooth]:
    """All booths on the list of the day in their order, in three queries.

    `covered_on` of each tells of the further days `also_on`.
    """
    agents, spans = defaultdict(list), defaultdict(list)
    placed = Appointment.objects.filter(booth__assembly_seat=seat, kind=kind, proposed_on__lte=on)
    for booth, agent, name, mobile, sounds, *days in placed.order_by("slot", "pk").values_list(
        "booth", "agent", "agent__name", "agent__mobile", "agent__sounds", *DAYS
    ):
        span = daybook.Span(kind, *days)
        spans[booth].append(span)
        if span.since(span.proposed_on, on):
            status = status_on(on, *days[1:])
            agents[booth].append(StandingAgent(status, name, mobile, agent, sounds=sounds))
    need, days = need_of(seat.state_id, kind), sorted(set(also_on))
    booths = Booth.objects.filter(assembly_seat=seat).listed(on).order_by("number", "suffix")
    return [_listed(booth, agents[booth.pk], spans[booth.pk], need, on, days) for booth in booths]


def _listed(
    booth: Booth,
    agents: list[StandingAgent],
    spans: list[daybook.Span],
    need: int,
    on: date,
    also_on: list[date],
) -> ListedBooth:
    line = daybook.BoothLine(booth.assembly_seat_id, 0, booth.listed_on, booth.retired_on)
    covered, proposed, verified = daybook.state_on(line, spans, need, on)
    cover = "covered" if covered else "proposed" if proposed else "vacant"
    then = Counter({day: daybook.state_on(line, spans, need, day)[0] for day in also_on})
    return ListedBooth(booth, agents, cover, bool(verified), then)


# What a list may be cut to.
FILTERS: dict[str, Callable[[ListedBooth], bool]] = {
    "all": lambda listed: True,
    "vacant": lambda listed: listed.cover == "vacant",
    "proposed": lambda listed: listed.cover == "proposed",
    "appointed": lambda listed: listed.cover == "covered",
    "verified": lambda listed: listed.is_verified,
    "unreachable": lambda listed: listed.is_unreachable,
}


# From the least done to the most.
STAGES = ("vacant", "proposed", "covered")
# In which order a list may be; within it that of the booth list stays.
ORDERS: dict[str, Callable[[ListedBooth], Any]] = {
    "number": lambda listed: 0,
    "status": lambda listed: (STAGES.index(listed.cover), listed.is_verified),
    "name": lambda listed: listed.booth.name,
    "electors": lambda listed: -(listed.booth.electors_total or 0),
}


def numbers_by_filter(booths: list[ListedBooth]) -> dict[str, int]:
    return {name: sum(map(fits, booths)) for name, fits in FILTERS.items()}
