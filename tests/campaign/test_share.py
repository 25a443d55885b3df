"""What is sent on of a page: its numbers, in Hindi, and no person."""

from datetime import date

import pytest
from django.utils import translation

from campaign import dashboards, frames, share
from tests.campaign.land import DUE_ON, TODAY, make_land
from tests.makers import make_posting, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.org/cg/"


@pytest.fixture
def land():
    return make_land()


def shared(land, day=TODAY) -> list[str]:
    with translation.override("en"):  # whatever the reader reads
        page = dashboards.of_state(frames.find_frame("cg", day), land.office, TODAY)
        return share.text(page, ADDRESS).split("\n")


def test_it_says_how_it_stands_in_the_state_and_each_zone(land):
    assert shared(land) == [
        "*छत्तीसगढ़* · 11 अगस्त 2018",
        "*42%* · 3 / 7 बूथों पर एजेंट",
        "आज तक होना चाहिए: 28%",
        "शेष बूथ: 4 · दिन शेष: 21 · समय पर",
        "रोज़ 1 चाहिए, 0.4 हो रहे",
        "",
        "ज़ोन 1: 50% (समय पर)",
        "ज़ोन 2: – (–)",
        "बिना ज़ोन: 0% (प्रगति नहीं)",
        "",
        "*सबसे ज़्यादा रोक रही सीटें*",
        "4 सीट 4: 0%, रोज़ 1 चाहिए, 0 हो रहे",
        "",
        ADDRESS,
    ]


def test_after_the_due_day_it_says_what_remains(land):
    lines = shared(land, date(2018, 9, 2))
    assert lines[2] == "शेष बूथ: 4 · 2 दिन विलंबित"
    assert "1 सीट 1: 25%" in lines


def test_it_names_no_person(land):
    make_posting(make_user("p", first_name="शेखर"), "state_in_charge", land.state)
    make_posting(
        make_user("z", first_name="मोहन"),
        "zone_in_charge",
        land.state.zone_schemes.get().zones.get(number=1),
    )
    page = dashboards.of_state(frames.find_frame("cg", DUE_ON), land.office, TODAY)
    assert page.in_charges[0].names == ["शेखर"] and page.zones[0].in_charges == ["मोहन"]
    text = share.text(page, ADDRESS)
    assert "शेखर" not in text and "मोहन" not in text and "रामकुमार" not in text
