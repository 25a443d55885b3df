"""The notice in a browser: on a phone, and on one sheet of A4."""

import re

import pytest

from tests.admin_world import make_world
from tests.browser.looks import fits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_the_notice_fits_a_phone_and_prints_on_one_sheet(open_page, lang):
    page = open_page("/consent/", width=390, lang=lang)
    assert fits(page)
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_a_person_is_erased_in_two_steps(open_page, width, transactional_db):
    world = make_world()
    agent = world.mine.agent
    page = open_page(f"/admin/booths/agent/{agent.pk}/change/", user=world.office, width=width)
    page.locator(".acts a[href$='/remove/erase/']").click()
    page.locator(".entry-about").wait_for()
    assert fits(page)
    page.locator(".entry-button[type=submit]").click()
    page.locator(".entry").get_by_text(agent.name).first.wait_for()  # refused: at a booth
    agent.refresh_from_db()
    assert agent.erased_on is None
