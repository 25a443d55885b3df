"""The booths of one seat on one day, each with its agents, counted live by today's membership.

What a booth counts as, its line of the day-book says, so that a list and the day-book agree.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from booths import daybook
from booths.models import Appointment, Booth, Kind
from booths.tallies import Tally, need_of
from zones.models import AssemblySeat

Status = Appointment.Status


@dataclass(frozen=True)
class StandingAgent:
    """An agent who stands at a booth on the day, with the status of that day."""

    status: str
    name: str
    mobile: str


@dataclass
class ListedBooth:
    booth: Booth
    agents: list[StandingAgent] = field(default_factory=list)
    cover: str = "vacant"  # or "proposed", "covered"
    is_verified: bool = False

    @property
    def is_unreachable(self) -> bool:
        """No standing agent with a mobile, or no network."""
        with_mobile = any(agent.mobile for agent in self.agents)
        return not with_mobile or self.booth.is_unreachable_by_phone


def standing_on(day: date) -> Q:
    """A filter on appointments: proposed by the day and not ended on it."""
    return Q(proposed_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


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
    seat: AssemblySeat, *, on: date, kind: str = Kind.BOOTH_AGENT
) -> list[ListedBooth]:
    """All booths on the list of the day in their order, in three queries."""
    agents, spans = defaultdict(list), defaultdict(list)
    standing = Appointment.objects.filter(standing_on(on), booth__assembly_seat=seat, kind=kind)
    for booth, proposed_on, appointed_on, verified_on, name, mobile in standing.order_by(
        "slot", "pk"
    ).values_list(
        "booth", "proposed_on", "appointed_on", "verified_on", "agent__name", "agent__mobile"
    ):
        spans[booth].append(daybook.Span(kind, proposed_on, appointed_on, verified_on))
        agents[booth].append(StandingAgent(status_on(on, appointed_on, verified_on), name, mobile))
    need = need_of(seat.state_id, kind)
    booths = Booth.objects.filter(assembly_seat=seat).listed(on).order_by("number", "suffix")
    return [_listed(booth, agents[booth.pk], spans[booth.pk], need, on) for booth in booths]


def _listed(
    booth: Booth, agents: list[StandingAgent], spans: list[daybook.Span], need: int, on: date
) -> ListedBooth:
    line = daybook.BoothLine(booth.assembly_seat_id, 0, booth.listed_on, booth.retired_on)
    covered, proposed, verified = daybook.state_on(line, spans, need, on)
    cover = "covered" if covered else "proposed" if proposed else "vacant"
    return ListedBooth(booth, agents, cover, bool(verified))


def tally(booths: Iterable[ListedBooth]) -> Tally:
    result = Tally()
    for listed in booths:
        result.booths += 1
        result.covered += listed.cover == "covered"
        result.proposed += listed.cover == "proposed"
        result.verified += listed.is_verified
    return result


def tallies_by(
    booths: Iterable[ListedBooth], key_of: Callable[[Booth], Hashable]
) -> dict[Hashable, Tally]:
    groups = defaultdict(list)
    for listed in booths:
        groups[key_of(listed.booth)].append(listed)
    return {key: tally(those) for key, those in groups.items()}


# What a list may be cut to.
FILTERS: dict[str, Callable[[ListedBooth], bool]] = {
    "all": lambda listed: True,
    "vacant": lambda listed: listed.cover == "vacant",
    "proposed": lambda listed: listed.cover == "proposed",
    "appointed": lambda listed: listed.cover == "covered",
    "verified": lambda listed: listed.is_verified,
    "unreachable": lambda listed: listed.is_unreachable,
}


def numbers_by_filter(booths: list[ListedBooth]) -> dict[str, int]:
    return {name: sum(map(fits, booths)) for name, fits in FILTERS.items()}
