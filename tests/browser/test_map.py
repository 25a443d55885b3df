"""The map in a real browser, in Hindi, on a phone and on a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from booths import bookkeeping, lifecycle
from tests.browser.looks import fits
from tests.campaign.land import make_campaign, make_directive
from tests.campaign.test_maps import make_seat_map
from tests.makers import (
    make_agent,
    make_assembly_seat,
    make_booth,
    make_lok_sabha_seat,
    make_scheme,
    make_state,
    make_user,
)


@pytest.fixture
def office(transactional_db):
    """Four seats in a row, of which the first has an agent at one of its two booths."""
    today = timezone.localdate()
    start = today - timedelta(days=10)
    state = make_state()
    lok_sabha = [make_lok_sabha_seat(state, number) for number in (1, 2)]
    make_scheme(state, zones={1: lok_sabha[:1], 2: lok_sabha[1:]}, from_on=start)
    seats = [make_assembly_seat(n, lok_sabha[n > 2], name_hi=f"नगर {n}") for n in range(1, 5)]
    booths = [make_booth(n, seat=seats[0], listed_on=start) for n in (1, 2)]
    office = make_user("office", "state_office", state, since=start)
    bookkeeping.recount(state)
    campaign = make_campaign(state, starts_on=start)
    make_directive(campaign, issued_on=start, due_on=today + timedelta(days=10))
    lifecycle.appoint_at(booths[0], make_agent("एजेंट 1"), on=today, by=office)
    make_seat_map(state)
    return office


def test_a_measure_is_chosen_and_the_keyboard_opens_a_seat(office, open_page, width, shot):
    page = open_page("/cg/", user=office, width=width)
    seats = page.get_by_role("group", name="सीटों का नक्शा").get_by_role("link")
    expect(seats).to_have_count(4)
    expect(seats.first).to_have_accessible_name("1 नगर 1: 50% · 1 / 2")
    legend = page.locator(".map-legend .m2")
    assert [fill(page.locator(f"#seat-{number}")) for number in (1, 2)] == [
        fill(legend),
        'url("#hatched")',
    ]
    assert stands_left_of_the_chart(page) is (width == 1280)
    assert fits(page)
    shot(page, "map")
    page.locator(".map-choices").get_by_role("link", name="सत्यापित").click()
    page.wait_for_url("**/cg/?map=verified#map")
    expect(seats.first).to_have_accessible_name("1 नगर 1: 0% · 0 / 2")

    page.locator(".map-table a").focus()
    page.keyboard.press("Tab")
    expect(seats.first).to_be_focused()
    assert seats.first.evaluate("seat => getComputedStyle(seat).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/cg/seat/1/")
    expect(page.locator(".map-says b")).to_have_text("50% · 1 / 2")
    assert fits(page)


def fill(shape) -> str:
    return shape.evaluate("shape => getComputedStyle(shape).fill")


def stands_left_of_the_chart(page) -> bool:
    drawn, chart = page.locator(".map").bounding_box(), page.locator(".chart").bounding_box()
    return drawn["x"] + drawn["width"] < chart["x"] and drawn["y"] == chart["y"]
