"""Zones, Lok Sabha seats and districts are one click apart, and sum to one whole."""

import pytest
from django.utils.translation import override

from campaign import dashboards
from tests.campaign.land import TODAY, make_land
from tests.campaign.test_dashboards import frame_on, of_state, summed
from tests.campaign.test_pages import on, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def language_is_left_as_it_was():
    with override("en"):
        yield


@pytest.mark.parametrize("path", ["", "districts/"])
def test_each_pattern_is_one_click_from_the_others_on_the_same_day(path):
    page = signed_in(make_land().office).get(on(path)).content.decode()
    for address in ("#zones", "#lok-sabha"):
        assert f'href="/cg/?on={TODAY}{address}"' in page
    assert f'href="/cg/districts/?on={TODAY}"' in page


def test_each_pattern_sums_to_the_whole_and_a_seat_is_split_by_its_booths():
    land = make_land()
    page = of_state(land)
    whole, districts = dashboards.of_districts(frame_on(), land.office, TODAY)
    patterns = [[card.part for card in page.zones], page.lok_sabha_seats, page.seats, districts]
    assert [summed(parts) for parts in patterns] == [(7, 3, 1)] * 4
    assert summed([whole]) == summed([page.whole]) == (7, 3, 1)
    # One of the four booths of seat 1 lies in Durg, beside the two of seat 2 and that of seat 4.
    split = {part.place.slug: (part.tally.booths, part.tally.covered) for part in districts}
    assert split == {"raipur": (3, 1), "durg": (4, 2)}
