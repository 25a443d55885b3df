"""Every state of the page of the state fits its screen: on the narrowest phone and on a desk; in the
middle of the work every page of places does so on all screens, in both languages, by day and night,
with and without JavaScript. SCREENSHOTS=folder keeps the pictures, to be looked at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.models import Campaign
from tests.browser.looks import overhang
from tests.browser.party import BOOTHS, hold_review, make_party
from tests.campaign.land import make_campaign, make_directive
from tests.campaign.test_maps import make_seat_map
from zones.models import SeatMap

NARROWEST, PHONE, TABLET, DESK = 360, 390, 768, 1280
HALF = 15  # day of the campaign


@pytest.fixture
def party(transactional_db):
    """One agent on the fifth day, half of them by the fifteenth, all by the 25th of 28 days."""
    days = [5, *range(6, HALF), *[n for n in range(16, 26)]]
    assert len(days) == BOOTHS
    today = timezone.localdate()
    party = make_party(today - timedelta(days=30), days, due=28)
    hold_review(party, 12, today)
    overdue = make_campaign(party.state, "overdue", is_current=False, starts_on=party.start)
    make_directive(overdue, issued_on=party.start, due_on=party.day(10))
    make_campaign(party.state, "undirected", is_current=False, starts_on=party.start)
    Campaign.objects.filter(slug="2018").update(name_hi="विधानसभा चुनाव")
    return party


def states(party) -> dict[str, tuple[str, str]]:
    """The address of each and the words that tell it."""
    on = {number: f"/cg/?on={party.day(number)}" for number in (3, 5, HALF, 26, 30)}
    return {
        "nothing": (on[3], "कोई एजेंट दर्ज नहीं"),
        "one-agent": (on[5], "1 / 20 बूथों पर एजेंट"),
        "half": (on[HALF], "10 / 20 बूथों पर एजेंट"),
        "all-done": (on[26], "हर बूथ"),
        "after-the-due-day": (on[30], "दिन शेष"),  # and none overdue
        "overdue": (f"{on[HALF]}&campaign=overdue", "दिन पहले"),
        "no-directive": ("/cg/?campaign=undirected", "कोई निर्देश अभी नहीं"),
        "zone": (f"/cg/zone/1/?on={party.day(HALF)}", "ज़ोन\N{NO-BREAK SPACE}1 का काम"),
        "zone-without-in-charge": (f"/cg/zone/2/?on={party.day(HALF)}", "अभी कोई नहीं"),
        "seat": (f"/cg/seat/48/?on={party.day(HALF)}", "रायपुर शहर पश्चिम"),
        "seat-without-booths": ("/cg/seat/81/", "बूथ सूची"),
    }


def test_every_state_of_the_page_fits_and_says_itself(party, open_page, shot):
    page = open_page("/cg/", user=party.office, width=NARROWEST)
    wrong = []
    for name, (address, says) in states(party).items():
        page.goto(address)
        for width in (NARROWEST, DESK):
            page.set_viewport_size({"width": width, "height": 800})
            if over := overhang(page):
                wrong.append(f"{name} at {width}: {over} too wide")
            shot(page, name)
        if says not in page.locator("body").inner_text():
            wrong.append(f"{name}: {page.locator('main').inner_text()[:400]}")
    assert not wrong, "\n".join(wrong)


PAGES = {
    "state": "",
    "zone": "zone/1/",
    "lok-sabha": "ls/8/",
    "seat": "seat/48/",
    "filtered": "seat/80/?show=vacant",
    "district": "district/bastar/",
    "attention": "attention/",
    "found": "search/?q=डेमो",
    "tiles": "",
}


HIGH_HEAD = """document.querySelector(".account").getBoundingClientRect().top
    > document.querySelector(".brand").getBoundingClientRect().bottom"""
# Rows whose percent does not stand beside the strokes of the last days.
PARTED = """[...document.querySelectorAll(".with-sparks tr:has(td)")].filter((row) =>
    row.querySelector(".c-percent b").getBoundingClientRect().top
    > row.querySelector(".spark").getBoundingClientRect().bottom).length"""


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(("lang", "says"), [("hi", "इस गति से"), ("en", "At this pace")])
def test_half_of_the_work_fits_every_screen(party, open_page, shot, lang, javascript, says):
    make_seat_map(party.state, [48, 80, 81])
    page = open_page("/components/", user=party.office, lang=lang, javascript=javascript)
    wrong = []
    for name, path in PAGES.items():
        if name == "tiles":
            SeatMap.objects.all().delete()
        mark = "&" if "?" in path else "?"
        page.goto(f"/cg/{path}{mark}on={party.day(HALF)}")
        if name in ("state", "tiles", "zone", "seat"):
            assert says in page.locator("main").inner_text(), name
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for width in (NARROWEST, PHONE, TABLET, DESK):
                page.set_viewport_size({"width": width, "height": 800})
                if over := overhang(page):
                    wrong.append(f"{name} at {width}: {over} too wide")
                if page.evaluate(HIGH_HEAD):
                    wrong.append(f"{name} at {width}: the account is on a line of its own")
                if parted := page.evaluate(PARTED):
                    wrong.append(
                        f"{name} at {width}: {parted} rows with the percent on another line"
                    )
                if scheme == "light" or width == PHONE:
                    shot(page, f"{name}-{lang}-{scheme}-{'js' if javascript else 'plain'}")
    assert not wrong, "\n".join(wrong)
