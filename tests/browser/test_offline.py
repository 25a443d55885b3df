"""Where there is no network a page of ours says so, and what comes back is the page asked for."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import fits
from tests.makers import make_assembly_seat, make_lok_sabha_seat, make_state, make_user


@pytest.fixture
def office(transactional_db):
    seat = make_assembly_seat(1, make_lok_sabha_seat(make_state(), 1))
    return make_user("office", "state_office", seat.state)


def test_without_a_network_a_page_of_ours_says_so_and_leads_back(office, open_page, width, shot):
    page = open_page("/cg/", user=office, width=width, keeps=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)

    page.goto("/cg/attention/")

    expect(page.get_by_role("heading", level=1)).to_have_text("यहां नेटवर्क नहीं है")
    expect(page.get_by_role("heading", level=2)).to_have_text("There is no network here")
    assert office.name not in page.content()
    assert fits(page)
    shot(page, "offline")

    page.context.set_offline(False)
    page.get_by_role("link", name="फिर से कोशिश करें").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ध्यान दें")


def test_what_is_sent_through_the_worker_arrives(office, open_page):
    page = open_page("/cg/", user=office, keeps=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")

    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.context.set_offline(True)
    page.get_by_role("button", name="हिन्दी").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("यहां नेटवर्क नहीं है")


def test_what_a_device_keeps_is_nobodys(office, open_page):
    page = open_page("/cg/", user=office, keeps=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/cg/attention/")

    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(
            async (name) => (await (await caches.open(name)).keys()).map(
                (request) => new URL(request.url).pathname)))).flat()"""
    )

    assert sorted(kept) == ["/offline/", "/static/logo.svg", "/static/pages.css"]
