"""Every page in a real browser under the content policy: nothing inline, nothing of another host,
and the admin's menus, choices and calendars still work."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from playwright.sync_api import expect

from campaign.content_policy import IN_ADMIN, POLICY
from tests.admin_world import make_listed_booth, make_world
from tests.doors.kinds import pages
from tests.doors.table import doors
from tests.doors.world import Doorstep
from zones.models import User

pytestmark = pytest.mark.django_db(transaction=True)
# What holds data and is not run
DATA_TYPES = {"application/json", "application/ld+json", "text/template"}
SETTLE = "() => window.Alpine === undefined || document.querySelector('[x-cloak]') === null"


class Inline(HTMLParser):
    """Gathers what of a page would be run, or drawn, from within the page itself."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" not in given and given.get("type") not in DATA_TYPES:
            self.found.append("<script>")
        if tag == "style" or "style" in given:
            self.found.append(f"style of <{tag}>")
        self.found += [name for name in given if re.match(r"on[a-z]+$", name)]
        links = (given.get(name, "") for name in ("href", "src", "action", "formaction"))
        self.found += [link for link in links if link.strip().lower().startswith("javascript:")]


def inline_in(html: str) -> list[str]:
    reader = Inline()
    reader.feed(html)
    return reader.found


def test_what_is_inline_would_be_seen():
    page = """<script>1</script><script src="/a.js"></script><script type="application/json">
    {}</script><p onclick="x()" style="color:red"><a href=" JavaScript:x()">x</a><style>a{}</style>"""
    assert inline_in(page) == [
        "<script>",
        "style of <p>",
        "onclick",
        " JavaScript:x()",
        "style of <style>",
    ]


def addresses(doorstep: Doorstep) -> list[str]:
    return [
        doorstep.address(door.query)
        for door in doors()
        if door.method == "GET" and "/sign-out/" not in door.path
    ]


def pages_of(user, wanted: list[str]) -> dict[str, str]:
    """What of it answers the user with HTML, and the HTML."""
    client = Client()
    client.force_login(user)
    answers = {address: client.get(address) for address in wanted}
    return {
        address: answer.content.decode()
        for address, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    }


@pytest.fixture
def world(transactional_db):
    return make_world()


def test_no_page_has_anything_inline_and_no_kind_of_page_breaks_the_policy(open_page, doorstep):
    """open_page fails on each error of the console, and a breach of the policy is one, and on each
    request to another host."""
    office = User.objects.get(username="office")
    answered = pages_of(office, addresses(doorstep))
    assert len(answered) > 100
    assert {address: inline_in(html) for address, html in answered.items() if inline_in(html)} == {}
    page = open_page("/", user=office)
    for of_admin in (False, True):
        for address in pages(doorstep, of_admin=of_admin):
            page.goto(address)
            page.wait_for_function(SETTLE)
    # A browser asks for an icon where no page names one.
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    for address in ("/api/v1/cg/tallies/", "/api/v1/cg/zones/", "/api/v1/cg/booths/"):
        assert page.goto(address).ok


def test_the_policy_is_told_with_every_answer_and_its_exception_only_in_the_admin(world):
    office = Client()
    office.force_login(world.office)

    def policy(address):
        said = office.get(address).headers["Content-Security-Policy"]
        return {part.split()[0]: part.split()[1:] for part in said.split("; ")}

    for address in ("/", "/cg/", "/cg/seat/48/", "/api/v1/", "/api/v1/schema/", "/nowhere/"):
        assert policy(address) == POLICY
    assert policy("/sign-in/") == POLICY
    within = POLICY | {"script-src": [*POLICY["script-src"], *IN_ADMIN["script-src"]]}
    for address in ("/admin/", "/admin/booths/agent/", "/admin/booths/agent/import/"):
        assert policy(address) == within


def seen(locator):
    """The one of them that the screen of this width shows."""
    return locator.filter(visible=True).first


def test_menu_account_filters_and_acts_of_the_admin_work(open_page, width, world):
    page = open_page("/admin/booths/appointment/", user=world.office, width=width)
    menu = page.locator("#nav-sidebar")
    shown = menu.is_visible()
    seen(page.get_by_text("dock_to_right")).click()
    expect(menu).to_be_visible(visible=not shown)
    page.reload()
    if not menu.is_visible():
        seen(page.get_by_text("dock_to_right")).click()
    seen(menu.get_by_text(world.office.username)).click()
    expect(page.locator("#logout-form")).to_be_visible()
    page.reload()
    seen(page.get_by_text("छांटें")).click()
    expect(page.locator("#changelist-filter")).to_be_visible()
    page.reload()
    page.locator("input.action-select").first.check()
    expect(page.locator("#changelist-actions")).to_be_visible()


def test_choices_and_calendars_of_the_admin_work(open_page, width, world):
    make_listed_booth(125, seat=world.here.assembly_seat, name_hi="प्राथमिक शाला")
    page = open_page("/admin/booths/appointment/add/", user=world.staff, width=width)
    page.locator(".field-booth .select2-selection").click()
    page.locator(".select2-search__field").last.fill("125")
    page.locator(".select2-results__option", has_text="125").click()
    expect(page.locator(".field-booth .select2-selection__rendered")).to_contain_text("125")
    day = page.locator("input.vDateField").first
    day.fill("")
    seen(page.locator(".datetimeshortcuts a")).click()
    seen(page.locator(".calendarbox td a")).click()
    expect(day).not_to_have_value("")
