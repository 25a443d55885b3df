"""What goes on each printed sheet: rosters, letters, BLA-2 forms, the summary of a zone. No HTTP.

Only booths that the user serves are on a sheet of people. `today` is the day of asking, which
decides that; `frame.on` the day printed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from booths import seat_list
from booths.masking import shown
from booths.models import Agent, Appointment, BlaAuthorisation, Booth, Kind, Sector
from booths.seat_list import ListedBooth, StandingAgent
from booths.tallies import need_of
from campaign import dashboards
from campaign.dashboards import Dashboard, natural
from campaign.frames import Frame, Territory
from campaign.measures import Part
from zones import scope
from zones.models import AssemblySeat, LokSabhaSeat, Zone
from zones.scope import Act

NO_SECTOR = "none"  # asked for in place of a sector's id


@dataclass
class Asked:
    """Whose sheets: of a seat, or of one of its sectors, or of one booth."""

    frame: Frame
    seat: AssemblySeat
    user: object
    today: date
    sector: str = ""  # its id, NO_SECTOR, or all
    booth: Booth | None = None

    def booths(self, act: Act = Act.SEE_PEOPLE) -> Q:
        """A filter on the booths asked for at which the user may do the act."""
        found = scope.places_served(self.user, act, self.today) & Q(assembly_seat=self.seat)
        if self.booth:
            found &= Q(pk=self.booth.pk)
        if self.sector:
            found &= Q(sector=None if self.sector == NO_SECTOR else int(self.sector))
        return found

    def ids(self, act: Act = Act.SEE_PEOPLE) -> set[int]:
        return set(Booth.objects.filter(self.booths(act)).values_list("pk", flat=True))

    @property
    def may_print(self) -> bool:
        """Whoever serves a booth of the seat prints the sheets of those that they serve."""
        if scope.may(self.user, Act.SEE_PEOPLE, self.seat, on=self.today):
            return True
        served = scope.places_served(self.user, Act.SEE_PEOPLE, self.today)
        return Booth.objects.filter(served, assembly_seat=self.seat).exists()


# Rosters


@dataclass
class RosterRow:
    booth: Booth
    lines: list[StandingAgent | None]  # None: blank, to be filled by hand


@dataclass
class Roster:
    """The booths of one sector, or those in none."""

    seat: AssemblySeat
    sector: Sector | None
    rows: list[RosterRow]


@dataclass
class Rosters:
    sheets: list[Roster]

    @property
    def agents(self) -> set[int]:
        lines = (line for sheet in self.sheets for row in sheet.rows for line in row.lines)
        return {line.agent for line in lines if line and line.agent}


def rosters(asked: Asked) -> Rosters:
    """A roster for each sector in its order, and one for the booths in none, if there are any."""
    frame, seat = asked.frame, asked.seat
    kind = frame.main.kind if frame.main else Kind.BOOTH_AGENT
    served, callable_at = asked.ids(), asked.ids(Act.LIST_CONTACTS)
    need = need_of(seat.state_id, kind)
    rows: dict[int | None, list[RosterRow]] = {}
    for listed in seat_list.booths_of_seat(seat, on=frame.on, kind=kind):
        if listed.booth.pk in served:
            row = _roster_row(listed, need, in_full=listed.booth.pk in callable_at)
            rows.setdefault(listed.booth.sector_id, []).append(row)
    sectors = sorted(seat.sectors.all(), key=lambda sector: natural(sector.name))
    in_order = {sector.pk: sector for sector in sectors} | {None: None}
    return Rosters(
        [Roster(seat, sector, rows[pk]) for pk, sector in in_order.items() if pk in rows]
    )


def _roster_row(listed: ListedBooth, need: int, *, in_full: bool) -> RosterRow:
    known = [
        StandingAgent(each.status, each.name, shown(each.mobile, in_full), each.agent)
        for each in listed.agents
    ]
    return RosterRow(listed.booth, known + [None] * (need - len(known)))


# Letters


@dataclass
class Letters:
    seat: AssemblySeat
    sheets: list[Appointment]

    @property
    def agents(self) -> set[int]:
        return {appointment.agent_id for appointment in self.sheets}


def letters(asked: Asked) -> Letters:
    """A letter for everyone in office on the day; who is only proposed has not been appointed."""
    in_office = _standing(asked).filter(appointed_on__lte=asked.frame.on)
    return Letters(asked.seat, list(in_office))


def _standing(asked: Asked):
    """Appointments of the day at the booths asked for, as far as these are on the list."""
    on = asked.frame.on
    booths = Booth.objects.listed(on).filter(asked.booths())
    standing = Appointment.objects.filter(booth__in=booths.values("pk"), proposed_on__lte=on)
    standing = standing.filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return standing.select_related("agent__elector_seat", "booth__sector__block").order_by(
        "booth__number", "booth__suffix", "kind", "slot", "pk"
    )


# BLA-2 forms


@dataclass
class BlaForm:
    booth: Booth
    agent: Agent | None = None
    mobile: str = ""
    epic_no: str = ""


@dataclass
class BlaForms:
    seat: AssemblySeat
    authorised: list[BlaAuthorisation]  # none: no form is printed
    sheets: list[BlaForm] = field(default_factory=list)

    @property
    def agents(self) -> set[int]:
        return {form.agent.pk for form in self.sheets if form.agent}

    @property
    def representative(self) -> str:
        """Who signs; nobody's name where it could be one of several."""
        names = {each.person for each in self.authorised}
        return names.pop() if len(names) == 1 else ""


def bla_forms(asked: Asked) -> BlaForms:
    """A form for every standing BLA-2, proposed ones too, for it is the form that appoints them.

    Of one booth without any, a form with the agent's lines blank. Numbers stand on it only where
    the user has them in full; else their lines stay blank too.
    """
    authorised = list(BlaAuthorisation.objects.covering(asked.seat, asked.frame.on))
    if not authorised:
        return BlaForms(asked.seat, [])
    calls, enters = asked.ids(Act.LIST_CONTACTS), asked.ids(Act.ENTER_PEOPLE)
    sheets = [
        BlaForm(
            each.booth,
            each.agent,
            each.agent.mobile if each.booth_id in calls else "",
            each.agent.epic_no if each.booth_id in enters else "",
        )
        for each in _standing(asked).filter(kind=Kind.BLA2)
    ]
    if asked.booth and not sheets:
        sheets = [BlaForm(asked.booth)]
    return BlaForms(asked.seat, authorised, sheets)


# The summary of a zone


@dataclass
class Group:
    """A Lok Sabha seat of the zone with its assembly seats."""

    part: Part
    seats: list[Part]


@dataclass
class Summary:
    page: Dashboard
    groups: list[Group]


def summary(frame: Frame, user, today: date, zone: Zone, land: Territory) -> Summary:
    page = dashboards.of_zone(frame, user, today, zone, land)
    return Summary(page, [_group(part, page.seats) for part in page.lok_sabha_seats])


def _group(part: Part, seats: Iterable[Part]) -> Group:
    place: LokSabhaSeat = part.place
    return Group(part, [seat for seat in seats if seat.place.lok_sabha_seat_id == place.pk])
