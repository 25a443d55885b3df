"""A page asks the database as often for ninety seats as for one."""

from datetime import timedelta

import pytest

from booths import bookkeeping
from booths.models import Block, Booth
from campaign.models import DirectiveReading
from tests.campaign.land import ISSUED_ON, TODAY, make_campaign, make_directive
from tests.campaign.test_pages import signed_in
from tests.makers import (
    make_assembly_seat,
    make_booth,
    make_district,
    make_lok_sabha_seat,
    make_scheme,
    make_sector,
    make_state,
    make_user,
)
from zones.models import Zone

pytestmark = pytest.mark.django_db


def make_state_of(seats: int):
    """So many seats of two booths each, in as many Lok Sabha seats and districts as they fill;
    every directive that there can be."""
    state = make_state()
    lok_sabha = [make_lok_sabha_seat(state, n) for n in range(1, 2 + (seats - 1) // 8)]
    make_scheme(state, zones={1: lok_sabha[:6], 2: lok_sabha[6:]})
    campaign = make_campaign(state)
    for number, measure in enumerate(
        ("agents", "sector_teams", "block_teams", "zone_teams", "by_hand"), 1
    ):
        directive = make_directive(campaign, number, measure)
    make_directive(campaign, 6, kind="bla2")
    by = make_user("by")
    for number in range(1, seats + 1):
        district = make_district(state, f"d{number // 3}")
        seat = make_assembly_seat(number, lok_sabha[(number - 1) // 8], district)
        Block.objects.create(assembly_seat=seat, name_hi="ब्लॉक 1")
        for booth in (1, 2):
            make_booth(booth, seat=seat, sector=make_sector(seat, f"सेक्टर {booth}"))
        DirectiveReading.objects.create(
            directive=directive, assembly_seat=seat, on=ISSUED_ON, percent=10, by=by
        )
    bookkeeping.recount(state)
    return state


@pytest.mark.parametrize("seats", [1, 90])
def test_a_page_of_the_state_asks_at_most_twelve_times(django_assert_num_queries, seats):
    state = make_state_of(seats)
    office = make_user("office", "state_office", state)
    zone_in_charge = make_user("z", "zone_in_charge", Zone.objects.get(number=1))
    for user, path, number in (
        (office, "", 12),
        (office, "zone/1/", 12),
        (office, "districts/", 7),
        (zone_in_charge, "", 12),
        (zone_in_charge, "zone/1/", 12),
    ):
        client = signed_in(user)
        with django_assert_num_queries(number):
            assert client.get(f"/cg/{path}?on={TODAY}").status_code == 200


@pytest.mark.parametrize("seats", [1, 20])
def test_a_page_of_a_part_asks_a_fixed_number_of_times(django_assert_num_queries, seats):
    state = make_state_of(seats)
    client = signed_in(make_user("office", "state_office", state))
    for path, number in (("ls/1/", 11), ("district/d0/", 11)):
        with django_assert_num_queries(number):
            assert client.get(f"/cg/{path}?on={TODAY}").status_code == 200


@pytest.mark.parametrize("booths", [2, 30])
def test_a_seat_asks_as_often_for_thirty_booths_as_for_two(django_assert_num_queries, booths):
    state = make_state_of(1)
    seat = state.assembly_seats.get()
    for number in range(3, booths + 1):
        make_booth(number, seat=seat, listed_on=TODAY - timedelta(days=1))
    bookkeeping.recount(state)
    assert Booth.objects.count() == booths
    client = signed_in(make_user("office", "state_office", state))
    with django_assert_num_queries(15):
        assert client.get(f"/cg/seat/1/?on={TODAY}").status_code == 200
    with django_assert_num_queries(9):
        assert client.get(f"/cg/seat/1/booth/1/?on={TODAY}").status_code == 200
