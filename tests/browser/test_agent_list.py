"""A list of agents in a real browser: looked at, places ticked, looked at anew, imported."""

import pytest
from playwright.sync_api import expect

from booths.models import Appointment
from tests.admin_world import make_appointed, make_listed_booth, make_world
from tests.browser.looks import fits

pytestmark = pytest.mark.django_db(transaction=True)

LIST = """क्र.,विधानसभा क्र.,बूथ क्र.,एजेंट का नाम,पिता/पति का नाम,मोबाइल नं.
1,48,1,श्रीमती सीता बाई,श्री मोहन लाल,
2,48,3,राधलाल,,
3,48,4,सीता बाई,मोहन लाल,
"""


def test_places_are_ticked_seen_and_taken(open_page, width, transactional_db, tmp_path):
    world = make_world()
    for number in (3, 4):
        make_listed_booth(number, seat=world.here.assembly_seat)
    make_appointed(world.here.assembly_seat.booths.get(number=3), "राधेलाल")
    file = tmp_path / "agents.csv"
    file.write_text(LIST)
    page = open_page("/admin/booths/agent/import/", user=world.staff, width=width)
    page.locator("input[name=import_file]").set_input_files(str(file))
    page.locator("button.entry-save").click()
    expect(page.get_by_text("राम अपना", exact=False).first).to_be_visible()
    assert fits(page)
    page.locator("input[name=replace]").check()
    page.locator("#confirm .entry-button[type=submit]").click()
    expect(page.locator("input[name=replace]")).to_be_checked()
    assert fits(page)
    page.locator("#confirm .entry-button[type=submit]").click()
    page.locator(".job-done").wait_for()
    assert Appointment.objects.get(pk=world.mine.pk).end_reason == "replaced"
