"""A small state with a campaign, for the pages: what lies where is drawn in its docstring."""

from dataclasses import dataclass
from datetime import date, timedelta

from booths import bookkeeping, lifecycle
from booths.models import Booth
from campaign.models import Campaign, Directive
from tests.makers import (
    FIRST_DAY,
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_lok_sabha_seat,
    make_scheme,
    make_sector,
    make_state,
    make_user,
)
from zones.models import AssemblySeat, State, User

TODAY = date(2018, 8, 11)
ISSUED_ON, DUE_ON = FIRST_DAY + timedelta(days=1), date(2018, 8, 31)


def make_campaign(state=None, slug="2018", is_current=True, **fields) -> Campaign:
    return Campaign.objects.create(
        state=state or make_state(),
        slug=slug,
        is_current=is_current,
        **{"name_hi": f"अभियान {slug}", "name_en": f"Campaign {slug}", "party_hi": "दल"}
        | {"starts_on": FIRST_DAY}
        | fields,
    )


def make_directive(campaign, number=1, measure="agents", **fields) -> Directive:
    return Directive.objects.create(
        campaign=campaign,
        number=number,
        measure=measure,
        **{"kind": "booth_agent" if measure == "agents" else ""}
        | {"issued_by_hi": "राष्ट्रीय अध्यक्ष", "issued_on": ISSUED_ON, "due_on": DUE_ON}
        | {"text_hi": f"निर्देश {number}", "text_en": f"Directive {number}"}
        | fields,
    )


@dataclass
class Land:
    """Zone 1: Lok Sabha seat 1 with seats 1 (Raipur, 4 booths of which 1 in Durg) and 2 (Durg, 2
    booths). Zone 2: Lok Sabha seat 2 with seat 3 (Raipur, no booth). In no zone: Lok Sabha seat 3
    with seat 4 (Durg, 1 booth). An agent at booth 1 of seat 1 and at both of seat 2, one of them
    verified; one proposed at booth 2 of seat 1."""

    state: State
    campaign: Campaign
    directive: Directive
    seats: list[AssemblySeat]
    office: User

    def booth(self, seat: int, number: int, suffix: str = "") -> Booth:
        return Booth.objects.get(assembly_seat__number=seat, number=number, suffix=suffix)


def make_land() -> Land:
    state = make_state()
    raipur, durg = make_district(state, "raipur"), make_district(state, "durg", name_hi="दुर्ग")
    lok_sabha = [make_lok_sabha_seat(state, number) for number in (1, 2, 3)]
    make_scheme(state, zones={1: lok_sabha[:1], 2: lok_sabha[1:2]})
    seats = [
        make_assembly_seat(1, lok_sabha[0], raipur),
        make_assembly_seat(2, lok_sabha[0], durg, reservation="SC"),
        make_assembly_seat(3, lok_sabha[1], raipur),
        make_assembly_seat(4, lok_sabha[2], durg),
    ]
    sector = make_sector(seats[0])
    first = make_booth(1, seat=seats[0], sector=sector)
    second = make_booth(2, seat=seats[0])
    make_booth(2, "A", seat=seats[0], building="सामुदायिक भवन")
    make_booth(3, seat=seats[0], district=durg)
    far = [make_booth(number, seat=seats[1]) for number in (1, 2)]
    make_booth(1, seat=seats[3])
    bookkeeping.recount(state)
    campaign = make_campaign(state)
    directive = make_directive(campaign)
    office = make_user("office", "state_office", state, first_name="कार्यालय")
    agent = make_agent("रामकुमार साहू", mobile="5000000001")
    lifecycle.appoint_at(first, agent, on=date(2018, 8, 6), by=office)
    lifecycle.propose(second, make_agent("लक्ष्मी वर्मा"), on=date(2018, 8, 7), by=office)
    for booth, day in zip(far, (date(2018, 8, 5), date(2018, 8, 8)), strict=True):
        standing = lifecycle.appoint_at(booth, make_agent(f"एजेंट {day}"), on=day, by=office)
    lifecycle.verify(standing, on=date(2018, 8, 9), by=office)
    return Land(state, campaign, directive, seats, office)
