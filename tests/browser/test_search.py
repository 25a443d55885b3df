"""Searching as one types, and the booth list of a large seat, in a real browser."""

import pytest
from playwright.sync_api import expect

from booths import bookkeeping, lifecycle
from booths.models import Booth
from tests.browser.looks import fits
from tests.campaign.land import TODAY, make_land
from tests.makers import FIRST_DAY, make_agent

MANY = 240


@pytest.fixture
def land(transactional_db):
    land = make_land()
    seat = land.seats[2]
    Booth.objects.bulk_create(
        Booth(
            assembly_seat=seat,
            number=number,
            name_hi=f"शासकीय पूर्व माध्यमिक शाला नवागांव-{number}",
            building=f"शासकीय पूर्व माध्यमिक शाला भवन नवागांव, कक्ष क्रमांक {number % 3 + 1}",
            listed_on=FIRST_DAY,
        )
        for number in range(1, MANY + 1)
    )
    bookkeeping.recount(land.state)
    lifecycle.appoint_at(
        land.booth(3, 7), make_agent("लक्ष्मीनारायण चंद्रवंशी"), on=TODAY, by=land.office
    )
    return land


def test_a_list_that_is_still_on_its_way_is_pale(land, open_page):
    page = open_page("/cg/seat/3/", user=land.office)
    held = []
    page.route("**/cg/seat/3/?*", lambda route: held.append(route))
    found = page.locator("#booth-list")
    page.locator("#q").fill("laxmi")
    expect(found).to_have_css("opacity", "0.5")
    held.pop().continue_()
    expect(found).to_have_css("opacity", "1")


def test_what_is_typed_finds_at_once_and_the_address_follows(land, open_page, width, shot):
    page = open_page("/cg/seat/3/", user=land.office, width=width)
    box = page.get_by_role("searchbox", name="बूथ, स्थान या एजेंट खोजें")
    box.press_sequentially("laxmi")
    link = page.locator("#found").get_by_role("link", name="लक्ष्मीनारायण चंद्रवंशी")
    expect(link).to_be_visible()
    assert fits(page)
    shot(page, "below-the-box")
    box.press("Escape")
    expect(link).to_be_hidden()
    box.fill("laxmi")  # the browser empties a field of search by the same key
    box.press("Enter")
    page.wait_for_url("**/cg/search/?q=laxmi")
    page.locator("#sought").fill("nawagaon")
    page.wait_for_url("**/cg/search/?q=nawagaon")
    expect(page.locator("#found .found-rows li")).to_have_count(20)
    assert fits(page)
    shot(page, "found")
    page.get_by_role("link", name="220 और").click()
    expect(page.locator("#found .found-rows li")).to_have_count(100)
    page.locator("#sought").fill("कखगघ")
    expect(page.locator("#found .empty")).to_be_visible()
    shot(page, "nothing-found")


def test_a_long_list_is_cut_ordered_and_read_on_without_loading_the_page(
    land, open_page, width, shot
):
    page = open_page("/cg/seat/3/", user=land.office, width=width)
    page.evaluate("document.documentElement.dataset.still = 'here'")
    rows = page.locator(".booth-rows li")
    expect(rows).to_have_count(100)
    page.get_by_role("link", name="आगे के बूथ").click()
    expect(rows).to_have_count(200)
    page.get_by_role("link", name="आगे के बूथ").click()
    expect(rows).to_have_count(MANY)
    page.locator("#show-appointed").click()
    expect(rows).to_have_count(1)
    expect(page.locator("#show-appointed")).to_be_focused()
    page.wait_for_url("**/cg/seat/3/?show=appointed#booths")
    page.locator("#q").press_sequentially("navagaon 7")
    expect(page.locator(".cut")).to_contain_text("1 बूथ मिला")
    page.wait_for_url("**/cg/seat/3/?q=navagaon%207&show=appointed")
    page.locator("#by-status").click()
    page.wait_for_url("**order=status#booths")
    assert page.evaluate("document.documentElement.dataset.still") == "here"
    assert fits(page)
    shot(page, "list")
    page.go_back()
    page.wait_for_url("**/cg/seat/3/?q=navagaon%207&show=appointed")
    expect(rows).to_have_count(1)


def test_without_javascript_the_same_addresses_show_the_same(land, open_page, width):
    page = open_page("/cg/seat/3/", user=land.office, width=width, javascript=False)
    page.locator("#show-appointed").click()
    page.locator("#by-status").click()
    expect(page.locator(".booth-rows li")).to_have_count(1)
    page.locator("#sought").fill("लक्ष्मी")
    page.locator(".search button").click()
    page.wait_for_url("**/cg/search/?q=*")
    expect(page.locator("#found .found-rows a")).to_have_text(["लक्ष्मी वर्मा", "लक्ष्मीनारायण चंद्रवंशी"])
    assert fits(page)
