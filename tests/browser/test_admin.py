"""The admin in a real browser, at the width of a phone and of a desk, in Hindi."""

import pytest
from django.utils import timezone

from booths import alive
from booths.models import Appointment, Booth, ImportJob
from tests.admin_world import make_listed_booth, make_world
from tests.browser.looks import fits

pytestmark = pytest.mark.django_db(transaction=True)
QUICK = "/admin/booths/agent/quick/"


@pytest.fixture
def world(transactional_db):
    return make_world()


def test_one_agent_after_the_other_by_keyboard(open_page, width, world):
    """Seat, day and consent stay as they are: an agent is 4 fields and one key, the first one two
    keys more to say how consent was given; counted below."""
    seat = world.here.assembly_seat
    for number in (125, 126):
        make_listed_booth(number, seat=seat, name_hi=f"प्राथमिक शाला {number}")
    page = open_page(QUICK, user=world.staff, width=width)
    keys = []

    def press(key):
        keys.append(key)
        page.keyboard.press(key)

    def write(text):
        keys.extend(text)
        page.keyboard.type(text)

    for number, name, mobile in ((125, "सीता बाई", "5876500001"), (126, "गीता", "5876500002")):
        assert page.evaluate("document.activeElement.name") == "booth"
        keys.clear()
        write(str(number))
        press("Tab")
        write(name)
        press("Tab")
        press("Tab")
        write(mobile)
        if number == 125:
            press("Tab")
            press("Space")
        press("Enter")
        page.get_by_text(f"{name}").first.wait_for()
        assert len(keys) == 3 + len(name) + 10 + 4 + 2 * (number == 125)
        assert fits(page)
    made = Appointment.objects.filter(booth__number__in=(125, 126)).order_by("booth__number")
    assert [each.agent.name for each in made] == ["सीता बाई", "गीता"]
    assert [each.agent.consent_mode for each in made] == ["paper", "paper"]
    assert page.locator("html").get_attribute("lang") == "hi"


def test_one_agent_by_taps(open_page, world):
    """With the seat kept: tap and type three fields, one tap to save; how consent was given is one
    tap more at the first agent, and stays."""
    for number in (125, 126):
        make_listed_booth(number, seat=world.here.assembly_seat)
    page = open_page(QUICK, user=world.staff, width=390)
    for number, name, most in (("१२५", "सीता", 5), ("१२६", "गीता", 4)):
        taps = 0
        for field, text in (("booth", number), ("name", name), ("mobile", "58765 00001")):
            page.locator(f"input[name={field}]").tap()
            taps += 1
            page.keyboard.type(text)
        if not page.locator("input[name=consent]:checked").count():
            page.locator("label:has(> input[name=consent])").first.tap()
            taps += 1
        page.locator("button.entry-save").tap()
        taps += 1
        page.get_by_role("link", name=name).first.wait_for()
        assert taps == most
    assert page.locator("input[name=mobile]").get_attribute("inputmode") == "tel"
    assert page.evaluate("document.activeElement.name") == "booth"
    targets = ".entry input[type=text]:visible, .entry label:has(> input), .entry select"
    for target in page.locator(f"{targets}, .entry-save").all():
        if "vDateField" not in (target.get_attribute("class") or ""):
            assert target.bounding_box()["height"] >= 44


def test_a_refusal_keeps_what_was_typed_and_shows_where(open_page, width, world):
    page = open_page(QUICK, user=world.staff, width=width)
    page.locator("input[name=booth]").fill("77")
    page.locator("input[name=name]").fill("सीता")
    page.locator("button.entry-save").click()
    page.locator(".errors").first.wait_for()
    assert page.locator("input[name=name]").input_value() == "सीता"
    assert page.evaluate("document.activeElement.name") == "booth"
    assert fits(page)


def test_a_booth_list_is_uploaded_looked_at_and_imported(open_page, width, world, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("AC No,PS No,PS Name\n48,1,बदला नाम\n48,12A,नई शाला\n48,,बिना नंबर\n")
    page = open_page("/admin/booths/booth/", user=world.office, width=width)
    page.goto("/admin/booths/booth/import/")
    page.locator("input[name=import_file]").set_input_files(str(file))
    page.locator("label:has(> input[name=is_full][value=part])").click()
    page.locator("button.entry-save").click()
    page.locator(".counts").wait_for()
    counts = page.locator(".counts dd").all_inner_texts()
    assert counts == ["3", "1", "1", "0", "1", "0", "0", "1", "0"]
    assert fits(page)
    page.locator("input[name=leave_out]").check()
    page.locator("#confirm .entry-button[type=submit]").click()
    page.locator(".job-done").wait_for()
    counts = page.locator(".counts dd").all_inner_texts()
    assert counts == ["3", "1", "1", "1", "0", "0", "0", "1", "0", "1", "2"]
    assert fits(page)
    assert Booth.objects.get(number=12, suffix="A").name_hi == "नई शाला"
    assert Booth.objects.get(pk=world.here.pk).name_hi == "बदला नाम"


def test_the_bar_of_an_import_moves_by_itself_and_says_when_it_is_done(open_page, width, world):
    now = timezone.now()
    job = ImportJob.objects.create(
        content="booths", status="running", file_name="list.csv", by=world.office, asked_at=now
    )
    with alive.held(job.pk) as report:
        report("reading", 0, 500)
        page = open_page(
            f"/admin/booths/importjob/{job.pk}/change/", user=world.office, width=width
        )
        assert page.locator("progress").get_attribute("value") == "0"
        report("writing", 100, 400)
        page.locator("progress[value='40']").wait_for()
        assert fits(page)
        ImportJob.objects.update(status="done", ended_at=now, counts={"new": 4})
        page.locator(".job-done").wait_for()
    assert page.locator(".counts dd").all_inner_texts() == ["4"]


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/booths/agent/",
        "/admin/booths/appointment/",
        "/admin/booths/booth/",
        "/admin/zones/posting/",
        "/admin/campaign/reviewmeeting/add/",
        "/people/new/",
    ],
)
def test_a_page_fits_the_screen(open_page, width, world, path):
    page = open_page(path, user=world.office, width=width)
    assert fits(page)
