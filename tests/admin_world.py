"""Two districts with a booth and an agent each, and people posted there: what tests of the admin
look at from one side or the other."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.test import Client

from booths import bookkeeping, lifecycle
from booths.models import Appointment, Booth
from tests.makers import (
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_lok_sabha_seat,
    make_state,
    make_user,
)
from zones.models import User

DAY = date(2018, 8, 10)


@dataclass
class World:
    here: Booth
    there: Booth
    mine: Appointment
    theirs: Appointment
    office: User
    staff: User  # of the district of `here`
    stranger: User  # of the district of `there`

    @property
    def state(self):
        return self.here.assembly_seat.state


def make_listed_booth(number=1, suffix="", **fields) -> Booth:
    booth = make_booth(number, suffix, **fields)
    bookkeeping.record(Counter(), bookkeeping.booth_changes([booth.pk]))
    return booth


def retire(*booths: Booth) -> None:
    """As a booth list does that knows them no more."""
    ids = [booth.pk for booth in booths]
    with bookkeeping.keeping_day_book(ids):
        Booth.objects.filter(pk__in=ids).update(retired_on=DAY)


def make_appointed(booth, name, by=None, **fields) -> Appointment:
    agent = make_agent(name, **fields)
    return lifecycle.appoint_at(booth, agent, on=DAY, by=by or make_user(f"by-{agent.pk}"))


def make_world() -> World:
    state = make_state()
    raipur, durg = make_district(state, "raipur"), make_district(state, "durg", name_hi="दुर्ग")
    here = make_listed_booth(1, seat=make_assembly_seat(48, district=raipur))
    far = make_assembly_seat(62, district=durg, lok_sabha_seat=make_lok_sabha_seat(number=7))
    there = make_listed_booth(2, seat=far, name_hi="दूर की शाला")
    staff = make_user("staff", "district_staff", raipur, first_name="कर्मचारी")
    stranger = make_user("stranger", "district_staff", durg)
    return World(
        here=here,
        there=there,
        mine=make_appointed(here, "राम अपना", by=staff, mobile="5876543210"),
        theirs=make_appointed(there, "श्याम पराया", by=stranger, mobile="5123456789"),
        office=make_user("office", "state_office", state),
        staff=staff,
        stranger=stranger,
    )


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
