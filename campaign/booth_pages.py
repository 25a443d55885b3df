"""Gathers the booth list of a seat and the page of one booth. No HTTP.

`may_see` says of a booth whether its people may be shown; where not, only statuses are. `may_list`
says whether their mobiles stand in full in a list; on the page of one booth they always do, and the
look is recorded.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Case, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import finding, seat_list
from booths.finding import Sought
from booths.masking import masked
from booths.models import Appointment, AppointmentEvent, Booth
from booths.roll import numbers
from booths.seat_list import FILTERS, ORDERS, ListedBooth, StandingAgent, status_on
from booths.tallies import Tally, rolled_up
from campaign.frames import Frame, term_of
from campaign.measures import Part, days_of, part_of
from zones.models import AssemblySeat, Named

MaySee = Callable[[Booth], bool]
PER_PAGE = 100
FILTER_LABELS = {
    "all": gettext_lazy("All"),
    "vacant": gettext_lazy("Vacant"),
    "proposed": gettext_lazy("Proposed"),
    "appointed": gettext_lazy("Appointed"),
    "verified": gettext_lazy("Verified"),
    "unreachable": gettext_lazy("Unreachable"),
}
ORDER_LABELS = {
    "number": gettext_lazy("number"),
    "status": gettext_lazy("status"),
    "name": gettext_lazy("name"),
    "electors": gettext_lazy("most electors"),
}


@dataclass
class BoothRow:
    booth: Booth
    cover: str
    is_verified: bool
    agents: list[StandingAgent]  # without names and mobiles where people may not be seen


@dataclass
class Choice:
    """What the reader asked for: a filter, a search, one sector ("none": in no sector), an order."""

    show: str = "all"
    search: str = ""
    sector: str = ""
    order: str = "number"


@dataclass
class Filter:
    name: str
    label: str
    number: int  # of booths that it shows, among those searched for


@dataclass
class BoothList:
    booths: list[ListedBooth]  # all of the seat
    blocks: list[Part]
    sectors: list[Part]
    found: list[ListedBooth] = field(default_factory=list)
    filters: list["Filter"] = field(default_factory=list)


def booth_list(seat: AssemblySeat, frame: Frame, choice: Choice, may_see: MaySee) -> BoothList:
    """Everything about the booths of the seat, in five queries."""
    booths = seat_list.booths_of_seat(seat, on=frame.on, **_asked(frame))
    for listed in booths:
        listed.booth.assembly_seat = seat  # what may_see() asks for, without a query
    sectors = {sector.pk: sector for sector in seat.sectors.all()}
    blocks = {block.pk: block for block in seat.blocks.all()}
    block_of = {pk: sector.block_id for pk, sector in sectors.items()}
    sought = finding.read(choice.search)
    searched = [
        listed
        for listed in booths
        if _in_sector(listed.booth, choice.sector) and _matches(listed, choice, sought, may_see)
    ]
    fits = FILTERS[choice.show]
    return BoothList(
        booths=booths,
        sectors=_units(frame, booths, sectors, lambda booth: booth.sector_id),
        blocks=_units(frame, booths, blocks, lambda booth: block_of.get(booth.sector_id)),
        found=sorted(filter(fits, searched), key=ORDERS[choice.order]),
        filters=[
            Filter(name, str(FILTER_LABELS[name]), number)
            for name, number in seat_list.numbers_by_filter(searched).items()
        ],
    )


def _asked(frame: Frame) -> dict:
    """The kind of agent and the further days that the main directive is about."""
    if not frame.main:
        return {}
    return {"kind": frame.main.kind, "also_on": days_of(term_of(frame.main), frame.on)}


def _units(frame: Frame, booths: list[ListedBooth], places: dict[int, Named], key_of) -> list[Part]:
    """A part for each place, and one for the booths that are in none, if there are any."""
    if not places or not frame.main:
        return []
    tallies = rolled_up({each.booth: each.tally for each in booths}, key_of)
    nowhere = {None: None} if None in tallies else {}
    return [
        part_of(frame, place, tallies.get(pk) or Tally())
        for pk, place in (places | nowhere).items()
    ]


def _in_sector(booth: Booth, wanted: str) -> bool:
    return not wanted or wanted == ("none" if booth.sector_id is None else str(booth.sector_id))


def _matches(listed: ListedBooth, choice: Choice, sought: Sought, may_see: MaySee) -> bool:
    """A number finds its booth and the auxiliaries; words are sought in all that is shown."""
    if not choice.search:
        return True
    people = listed.agents if may_see(listed.booth) else []
    return bool(sought) and sought.fits(listed.booth, (agent.sounds for agent in people))


def rows(listed: list[ListedBooth], may_see: MaySee, may_list: MaySee) -> list[BoothRow]:
    return [
        BoothRow(each.booth, each.cover, each.is_verified, _shown(each, may_see, may_list))
        for each in listed
    ]


def named(shown: list[BoothRow]) -> set[int]:
    """Ids of the agents whom the rows name."""
    return {agent.agent for row in shown for agent in row.agents if agent.agent}


def _shown(listed: ListedBooth, may_see: MaySee, may_list: MaySee) -> list[StandingAgent]:
    if not may_see(listed.booth):
        return [_unnamed(agent) for agent in listed.agents]
    if may_list(listed.booth):
        return listed.agents
    return [replace(agent, mobile=masked(agent.mobile), may_call=False) for agent in listed.agents]


def _unnamed(agent: StandingAgent) -> StandingAgent:
    return StandingAgent(agent.status, "", "")


# One booth


def find_booth(seat: AssemblySeat, label: str, on: date) -> Booth | None:
    """The booth of this number on the list of the day, else the latest that had the number."""
    number = numbers.parse(label)
    if not isinstance(number, numbers.Number):
        return None
    known = Booth.objects.filter(assembly_seat=seat, number=number.number, suffix=number.suffix)
    known = known.select_related("sector__block", "district")
    listed_first = Case(When(pk__in=known.listed(on).values("pk"), then=0), default=1)
    booth = known.order_by(listed_first, "-listed_on", "-pk").first()
    if booth:
        booth.assembly_seat = seat
    return booth


@dataclass
class Placed:
    """An appointment at the booth as it stood on the day, with what was done to it."""

    appointment: Appointment
    status: str
    events: list[AppointmentEvent]

    @property
    def is_standing(self) -> bool:
        return self.status != Appointment.Status.ENDED

    @property
    def status_label(self) -> str:
        return Appointment.Status(self.status).label


@dataclass
class BoothPage:
    booth: Booth
    standing: list[Placed]
    past: list[Placed]
    before: Booth | None
    after: Booth | None
    is_listed: bool

    @property
    def facts(self) -> list[tuple[str, str | int]]:
        """What is known of the booth, without what is not."""
        booth = self.booth
        sector = booth.sector
        known = [
            (_("Building"), booth.building),
            (_("Locality"), booth.locality),
            (_("Block"), sector.block.name if sector and sector.block else ""),
            (_("Sector"), sector.name if sector else _("not in a sector")),
            (_("District"), (booth.district or booth.assembly_seat.district).name),
            (_("Number as written"), booth.number_as_written),
        ]
        return [(name, value) for name, value in known if value and value != booth.label]

    @property
    def flags(self) -> list[str]:
        return [flag.label for flag in Booth.Flag if self.booth.flags.get(flag)]


def booth_page(booth: Booth, on: date) -> BoothPage:
    appointments = (
        Appointment.objects.filter(booth=booth, proposed_on__lte=on)
        .select_related("agent")
        .prefetch_related("events")
        .order_by("kind", "slot", "-proposed_on", "-pk")
    )
    placed = [_placed(appointment, on) for appointment in appointments]
    before, after = _neighbours(booth, on)
    return BoothPage(
        booth,
        [each for each in placed if each.is_standing],
        [each for each in placed if not each.is_standing],
        before,
        after,
        booth.is_listed(on),
    )


def _placed(appointment: Appointment, on: date) -> Placed:
    events = [event for event in appointment.events.all() if event.on <= on]
    days = (appointment.appointed_on, appointment.verified_on, appointment.ended_on)
    return Placed(appointment, status_on(on, *days), events)


def _neighbours(booth: Booth, on: date) -> tuple[Booth | None, Booth | None]:
    listed = Booth.objects.filter(assembly_seat=booth.assembly_seat).listed(on)
    order = list(listed.order_by("number", "suffix").only("number", "suffix"))
    keys = [(each.number, each.suffix) for each in order]
    here = (booth.number, booth.suffix)
    before = [each for each, key in zip(order, keys, strict=True) if key < here]
    after = [each for each, key in zip(order, keys, strict=True) if key > here]
    return (before[-1] if before else None), (after[0] if after else None)
