"""Sheets in a browser: on a phone, and as the browser itself prints them."""

import re

import pytest

from tests.browser.looks import fits
from tests.campaign.land import make_land
from tests.campaign.test_prints import authorise, make_bla_2

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("path", "sheets"),
    [
        ("/cg/seat/1/rosters/", [(842, 595)] * 2),
        ("/cg/seat/2/letters/", [(595, 842)] * 2),
        ("/cg/seat/1/bla-2/", [(595, 842)]),
        ("/cg/zone/1/summary/", [(595, 842)]),
    ],
)
def test_a_sheet_fits_a_phone_and_prints_on_a4(open_page, path, sheets):
    land = make_land()
    make_bla_2(land)
    authorise(land.seats[0])
    page = open_page(path, user=land.office, width=390)
    assert fits(page)
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    assert [(round(float(wide)), round(float(high))) for wide, high in boxes] == sheets


def test_the_seat_page_leads_to_its_prints(open_page, width, transactional_db):
    land = make_land()
    page = open_page("/cg/seat/1/", user=land.office, width=width)
    prints = page.locator("section:has(#prints)")
    prints.get_by_role("link", name="बूथ रोस्टर").first.click()
    page.get_by_text("रामकुमार साहू").wait_for()
    page.get_by_role("link", name="वापस").click()
    prints.locator("summary").click()
    prints.locator("details").get_by_role("link", name="बूथ रोस्टर").click()
    assert page.locator(".roster").all_inner_texts()[0].startswith("बूथ रोस्टर: सेक्टर 1")
