"""Where there is no network a page of ours says so, and what comes back is the page asked for."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import fits
from tests.makers import make_assembly_seat, make_lok_sabha_seat, make_state, make_user


@pytest.fixture
def office(transactional_db):
    seat = make_assembly_seat(1, make_lok_sabha_seat(make_state(), 1))
    return make_user("office", "state_office", seat.state)


@pytest.fixture
def kept_page(office, open_page):
    """A page of a device that has kept what it shows without a network."""

    def kept_page(path="/cg/", **how):
        page = open_page(path, user=office, keeps=True, **how)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        assert page.evaluate("navigator.serviceWorker.controller !== null")
        return page

    return kept_page


def test_without_a_network_a_page_of_ours_says_so_and_leads_back(office, kept_page, width, shot):
    page = kept_page(width=width)
    page.context.set_offline(True)

    page.goto("/cg/attention/")

    expect(page).to_have_title("नेटवर्क नहीं · No network · बूथ प्रगति")
    expect(page.get_by_role("heading", level=1)).to_have_text("यहां नेटवर्क नहीं है")
    expect(page.get_by_role("heading", level=2)).to_have_text("There is no network here")
    assert office.name not in page.content()
    assert fits(page)
    shot(page, "offline")

    page.context.set_offline(False)
    page.get_by_role("link", name="फिर से कोशिश करें").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ध्यान दें")


def test_what_is_sent_through_the_worker_arrives(kept_page):
    page = kept_page()

    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_may_have_been_sent_is_to_be_looked_for_and_not_asked_for_again(
    kept_page, width, shot
):
    page = kept_page(width=width)
    page.context.set_offline(True)

    page.get_by_role("button", name="English").click()  # not asked about: nothing is typed there

    expect(page.get_by_role("heading", level=1)).to_have_text("यहां नेटवर्क नहीं है")
    expect(page.get_by_text("look first whether it is there")).to_be_visible()
    assert fits(page)
    shot(page, "offline-sent")

    page.context.set_offline(False)
    page.get_by_role("link", name="मेरे क्षेत्र पर जाएं").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("छत्तीसगढ़")


@pytest.mark.parametrize(
    ("path", "field"),
    [("/people/new/", "input[name=mobile]"), ("/admin/booths/block/add/", "input[name=name_hi]")],
)
def test_without_a_network_what_was_typed_stays(kept_page, path, field):
    page, said = kept_page(path), []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.locator(field).fill("50000 00001")
    page.context.set_offline(True)

    page.locator(field).press("Enter")

    assert ["लगता है यहां नेटवर्क नहीं है" in sentence for sentence in said] == [True]
    assert page.url.endswith(path)
    expect(page.locator(field)).to_have_value("50000 00001")


def test_what_a_device_keeps_is_nobodys(kept_page):
    page = kept_page()
    page.goto("/cg/attention/")

    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(
            async (name) => (await (await caches.open(name)).keys()).map(
                (request) => new URL(request.url).pathname)))).flat()"""
    )

    assert sorted(kept) == ["/offline/", "/offline/sent/", "/static/logo.svg", "/static/pages.css"]
