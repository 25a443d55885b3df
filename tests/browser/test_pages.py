"""The main way through the pages in a real browser, in Hindi, on a phone and on a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from booths import bookkeeping, lifecycle
from tests.browser.looks import fits
from tests.campaign.land import make_campaign, make_directive
from tests.makers import (
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
from zones.models import AssemblySeat, User


@pytest.fixture
def today(transactional_db):
    """A state in the middle of its campaign, with one seat, thirty booths and some agents."""
    today = timezone.localdate()
    start = today - timedelta(days=20)
    state = make_state()
    lok_sabha = make_lok_sabha_seat(state, 8, name_hi="रायपुर")
    seat = make_assembly_seat(
        48, lok_sabha, make_district(state), name_hi="रायपुर ग्रामीण", reservation="ST"
    )
    make_scheme(state, zones={1: [lok_sabha]}, from_on=start)
    make_assembly_seat(51, make_lok_sabha_seat(state, 9, name_hi="बहुत-लंबे-नाम-वाली-लोकसभा-सीट"))
    sector = make_sector(seat)
    office = make_user("office", "state_office", state, since=start, first_name="कार्यालय")
    booths = [make_booth(n, seat=seat, sector=sector, listed_on=start) for n in range(1, 31)]
    bookkeeping.recount(state)
    directive = {"issued_on": start + timedelta(days=1), "due_on": today + timedelta(days=10)}
    campaign = make_campaign(state, starts_on=start)
    make_directive(campaign, **directive)
    make_directive(campaign, 2, "sector_teams", **directive)
    for n, booth in enumerate(booths[:15]):
        agent = make_agent(f"एजेंट {n}", mobile=f"50000000{n:02d}")
        lifecycle.appoint_at(booth, agent, on=start + timedelta(days=n + 2), by=office)
    return today


def test_from_sign_in_down_to_a_booth(today, open_page, width):
    page = open_page("/", width=width)
    assert fits(page), page.url
    page.locator("#id_username").fill("office")
    page.locator("#id_password").fill("a-test-password-7")
    page.locator("form[action='/sign-in/'] button.button").first.click()

    for address, name, link in (
        ("/cg/", "छत्तीसगढ़", "ज़ोन 1"),
        ("/cg/zone/1/", "ज़ोन 1", "8 रायपुर"),
        ("/cg/ls/8/", "8 रायपुर", "48 रायपुर ग्रामीण"),
        ("/cg/seat/48/", "48 रायपुर ग्रामीण", "3 प्राथमिक शाला 3"),
    ):
        page.wait_for_url(f"**{address}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        expect(page.locator(".big b")).to_have_text("50%")
        expect(page.locator("svg.burn-up .actual")).to_be_visible()
        assert fits(page), page.url
        page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()

    page.wait_for_url("**/cg/seat/48/booth/3/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 प्राथमिक शाला 3")
    expect(page.get_by_text("एजेंट 2", exact=False).first).to_be_visible()
    expect(page.locator("a[href='tel:+915000000002']")).to_be_visible()
    assert fits(page), page.url


def test_a_list_is_cut_searched_and_sorted_without_javascript(today, open_page, width):
    page = open_page("/cg/seat/48/", user=office(), width=width, javascript=False)
    page.locator(".filters a").nth(1).click()
    expect(page.locator(".booth-rows li")).to_have_count(15)
    page.locator("#q").fill("17")
    page.locator(".finder button").click()
    expect(page.locator(".booth-rows li")).to_have_count(1)
    page.goto("/cg/")
    # By the keyboard: a pointer this quick presses before all that comes near has its place.
    page.locator("#seats thead .c-remaining a").press("Enter")
    page.wait_for_url("**/cg/?sort=-remaining#seats")
    expect(page.locator("#seats tbody tr").first).to_contain_text("48 रायपुर ग्रामीण")


LINKS_WITHIN = """() => [...document.querySelectorAll('main a[href^="#"]')].map((a) => a.hash)"""
GO = "to => [...document.querySelectorAll('a')].find((a) => a.getAttribute('href') === to).click()"
STANDS_STILL = """() => new Promise((done) => {
    let last = -1, still = 0;
    const look = () => {
        still = scrollY === last ? still + 1 : 0;
        last = scrollY;
        still > 15 ? done() : requestAnimationFrame(look);
    };
    look();
})"""
IS_AT_THE_TOP = """to => {
    const { top } = document.querySelector(to).getBoundingClientRect();
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    return (top >= 0 && top <= 50) || (top > 50 && left < 1);
}"""


@pytest.mark.parametrize("path", ["/cg/", "/cg/seat/48/"])
def test_a_link_within_a_page_brings_its_place_to_the_top_of_a_phone(today, open_page, path):
    for n in range(2, 25):
        make_sector(AssemblySeat.objects.get(number=48), f"सेक्टर {n}")
    page = open_page(path, user=office(), width=390)
    page.emulate_media(reduced_motion="no-preference")
    places = {*page.evaluate(LINKS_WITHIN)}
    assert len(places) > 2
    for to in places:
        page.goto("about:blank")
        page.goto(path)
        page.evaluate(GO, to)
        page.evaluate(STANDS_STILL)
        assert page.evaluate(IS_AT_THE_TOP, to), to


def test_the_keyboard_reaches_a_zone_and_shows_where_it_is(today, open_page):
    page = open_page("/cg/", user=office())
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    zone = page.locator(".zone h3 a").first
    before = page.locator("main :is(a, button, input)").evaluate_all(
        "(all, zone) => all.filter((each) => each.checkVisibility()).indexOf(zone)",
        zone.element_handle(),
    )
    for _link in range(before + 1):
        page.keyboard.press("Tab")
    expect(zone).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cg/zone/1/")


RING_OF = """([to, part]) => {
    const { outlineStyle, outlineOffset } = getComputedStyle(document.querySelector(to), part);
    return [outlineStyle, outlineOffset];
}"""


@pytest.mark.parametrize(("link", "part"), [(".zone h3 a", "::after"), (".parts tbody a", None)])
def test_the_ring_of_the_keyboard_lies_within_what_a_phone_cuts_off(today, open_page, link, part):
    page = open_page("/cg/", user=office(), width=390)
    page.locator(link).first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(RING_OF, [link, part]) == ["solid", "-3px"]


def test_the_language_changes_and_the_page_stays(today, open_page, width):
    page = open_page("/cg/seat/48/?show=vacant", user=office(), width=width)
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/cg/seat/48/?show=vacant")
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.get_by_role("button", name="हिन्दी")).to_be_visible()
    assert fits(page), page.url


def office():
    return User.objects.get(username="office")
