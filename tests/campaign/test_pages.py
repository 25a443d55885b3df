"""The pages answer, each reader in their language, and say what is the matter when they do not."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import resolve
from django.utils import timezone

from booths import lifecycle
from booths.models import Booth
from campaign import snapshots
from campaign.models import Campaign, ReviewMeeting
from campaign.templatetags import pages
from tests.campaign.land import DUE_ON, TODAY, make_campaign, make_directive, make_land
from tests.makers import make_agent, make_assembly_seat, make_lok_sabha_seat, make_state, make_user
from zones.models import District, LokSabhaSeat, SchemeTerm, Zone

pytestmark = pytest.mark.django_db
PLACES = ["", "zone/1/", "ls/1/", "seat/1/", "seat/1/booth/2A/", "district/durg/", "districts/"]
PLACES += ["zone/1/contacts/"]


@pytest.fixture
def land():
    return make_land()


def signed_in(user, language="en") -> Client:
    client = Client()
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def text_of(response) -> str:
    """What a reader reads: without tags, and white space as one blank."""
    html = re.sub(r"<(style|svg)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def on(path: str, day: date = TODAY) -> str:
    return f"/cg/{path}?on={day}"


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("path", PLACES)
def test_every_page_answers_in_the_readers_language(land, path, language):
    page = signed_in(land.office, language).get(on(path))
    assert page.status_code == 200
    assert page.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in page.content.decode()


@pytest.mark.parametrize("path", PLACES)
def test_every_link_of_a_page_leads_somewhere_and_keeps_campaign_and_day(land, path):
    page = signed_in(land.office).get(f"/cg/{path}?campaign=2018&on={TODAY}")
    links = set(re.findall(r'href="(/cg/[^"#]*)', page.content.decode()))
    assert links or path == "seat/1/booth/2A/"
    for link in links:
        split = urlsplit(link.replace("&amp;", "&"))
        resolve(split.path)
        assert split.query.startswith(f"campaign=2018&on={TODAY}"), link


def test_the_2018_campaign_has_14_days_left_on_18_august(land):
    Campaign.objects.update(slug="old", is_current=False)
    campaign = make_campaign()
    make_directive(campaign, issued_on=date(2018, 8, 18))
    ReviewMeeting.objects.create(
        campaign=campaign, number=3, window_start=date(2018, 9, 1), window_end=date(2018, 9, 14)
    )
    text = text_of(signed_in(land.office).get("/cg/?campaign=2018&on=2018-08-18"))
    assert "Days left, that day included 14" in text
    assert "due 31 August" in text
    assert "Third review 1–14 September" in text


def test_the_state_page_says_how_it_stands_before_any_number(land):
    text = text_of(signed_in(land.office).get(on("")))
    says = "At this pace the work in Chhattisgarh will be finished in time . 1 a day needed, 0.4"
    assert text.index("Directive 1: Directive 1") < text.index(says) < text.index("42%")
    assert "agents at 3 of 7 booths" in text
    assert "Booths remaining 4 1 proposed Days left, that day included 21" in text


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2018-07-31", "The campaign had not begun: it begins on 1 August 2018."),
        ("2018-08-01", "The directive holds from 2 August 2018."),
        ("2018-08-03", "It is too early to judge the pace."),
        ("2018-08-30", "No growth in the last 7 days: at this pace it will not be finished."),
        ("2018-09-03", "The due day passed 3 days ago ; booths without an agent: 4"),
    ],
)
def test_every_state_of_the_work_has_its_sentence(land, day, says):
    assert says in text_of(signed_in(land.office).get(on("", day)))


def test_the_seats_that_hold_a_zone_back_are_named_with_what_each_needs(land):
    page = signed_in(land.office).get(on("zone/1/", DUE_ON))
    assert "1 seat holds it back most: Seat 1" in text_of(page)
    table = text_of(page).partition("Seats that hold it back most")[2]
    assert table.startswith(" Seat Covered Remaining Needed a day Done a day 1 Seat 1 25% 3 3 0")


def test_the_growth_since_the_last_review_is_told_beside_its_day(land):
    office = signed_in(land.office)
    assert "Since the" not in text_of(office.get(on("")))
    meeting = ReviewMeeting.objects.create(campaign=land.campaign, number=1)
    snapshots.hold(meeting, day=date(2018, 8, 5), by=land.office, on=TODAY)
    assert "Since the first review, 5 August +2" in text_of(office.get(on("")))
    assert "Since the first review, 5 August +2" in text_of(office.get(on("zone/1/")))
    assert "Since the" not in text_of(office.get(on("", date(2018, 8, 4))))


def test_a_page_is_sent_on_in_hindi_by_one_link(land):
    html = signed_in(land.office).get(on("zone/1/")).content.decode()
    (link,) = re.findall(r'href="(https://wa\.me/[^"]*)"', html)
    text = parse_qs(urlsplit(link).query)["text"][0]
    assert text.startswith("*ज़ोन 1* · 11 अगस्त 2018\n*50%* · 3 / 6 बूथों पर एजेंट\n")
    assert text.endswith(f"http://testserver/cg/zone/1/?on={TODAY}")


def test_all_done_is_said(land):
    for booth in Booth.objects.filter(appointments=None):
        agent = make_agent(f"Agent of {booth.pk}")
        lifecycle.appoint_at(booth, agent, on=date(2018, 8, 9), by=land.office)
    waiting = land.booth(1, 2).appointments.get()
    lifecycle.appoint(waiting, on=date(2018, 8, 9), by=land.office)
    assert "Every booth has its agent. 1 of them are verified" in text_of(
        signed_in(land.office).get(on(""))
    )


def test_a_state_without_campaign_says_so_and_names_its_seats():
    state = make_state()
    make_assembly_seat(1, make_lok_sabha_seat(state))
    office = signed_in(make_user("office", "state_office", state))
    text = text_of(office.get("/cg/"))
    assert "No campaign is running here yet." in text
    assert "1 Seat 1" in text
    for path in ("ls/8/", "seat/1/", "district/raipur/", "districts/"):
        assert office.get(f"/cg/{path}").status_code == 200


def test_a_seat_without_booth_list_says_so(land):
    text = text_of(signed_in(land.office).get(on("seat/3/")))
    assert "No booth list has been loaded here yet." in text
    assert "no booths yet" in text


# What is asked for wrongly


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("2018-31-08", "“2018-31-08” is not a day, so today is shown."),
        ("%3Cscript%3E", "“&lt;script&gt;” is not a day, so today is shown."),
        ("9999-12-31", "31 December 9999 is still ahead, so today is shown."),
        ("0001-01-01", "Nothing is known of so long ago, so today is shown."),
        ("1999-12-31", "Nothing is known of so long ago, so today is shown."),
        ("%00", "is not a day, so today is shown."),
        ("2018-08-11T10:00", "is not a day, so today is shown."),
        ("٢٠١٨-٠٨-١١", "is not a day, so today is shown."),
    ],
)
def test_a_day_that_cannot_be_shown_gets_a_sentence_and_today(land, asked, says):
    page = signed_in(land.office).get(f"/cg/?on={asked}")
    assert page.status_code == 200
    assert says in page.content.decode()
    assert f"{timezone.localdate().year}" in text_of(page)


@pytest.mark.parametrize("day", ["2000-01-01", "2018-07-31", "2018-09-01", "2026-01-01"])
@pytest.mark.parametrize("path", PLACES)
def test_no_day_breaks_a_page(land, path, day):
    Booth.objects.update(listed_on=date(1990, 1, 1))
    SchemeTerm.objects.update(from_on=date(1990, 1, 1))
    assert signed_in(land.office).get(f"/cg/{path}?on={day}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "sort=",
        "sort=-",
        "sort=--name",
        "sort=password",
        "sort=%00",
        "page=-1",
        "page=zero",
        "page=99999999999999999999",
        "show=everything",
        "q=%25%27%22%3C%3E%00",
        "q=" + "x" * 5000,
        "sector=1;drop",
        "sector=99999999999999999999",
    ],
)
@pytest.mark.parametrize("path", ["", "seat/1/", "districts/"])
def test_no_query_breaks_a_page(land, path, query):
    assert signed_in(land.office).get(f"/cg/{path}?on={TODAY}&{query}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/zz/",
        "/cg/zone/9/",
        "/cg/ls/99/",
        "/cg/seat/9999/",
        "/cg/seat/99999999999999999999/",
        "/cg/seat/1/booth/99/",
        "/cg/seat/1/booth/0/",
        "/cg/seat/1/booth/…/",
        "/cg/seat/1/booth/%00/",
        "/cg/district/nowhere/",
        "/cg/?campaign=2099",
        "/cg/?campaign=%00",
    ],
)
def test_what_is_not_there_is_told_in_the_readers_language(land, path):
    page = signed_in(land.office, "hi").get(path)
    assert page.status_code == 404
    assert '<html lang="hi">' in page.content.decode()


def test_a_zone_of_another_day_is_told_from_no_zone_at_all(land):
    text = text_of(signed_in(land.office).get("/cg/zone/1/?on=2018-07-31"))
    assert "There was no zone 1 on 31 July 2018." in text


def test_an_unknown_booth_is_named_by_its_seat(land):
    text = text_of(signed_in(land.office).get("/cg/seat/1/booth/99/"))
    assert "Seat 1 Seat 1 has no booth of this number." in text


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("/CG/", "/cg/"),
        ("/CG/seat/1/?on=2018-08-11&sort=name", "/cg/seat/1/?on=2018-08-11&sort=name"),
        ("/cg/seat/1/booth/2a/?on=2018-08-11", "/cg/seat/1/booth/2A/?on=2018-08-11"),
        ("/cg/seat/1/booth/२क/", "/cg/seat/1/booth/2A/"),
        ("/cg/seat/1/booth/002-A/", "/cg/seat/1/booth/2A/"),
    ],
)
def test_an_address_written_otherwise_leads_to_the_one_that_is_spoken(land, asked, goes_to):
    page = signed_in(land.office).get(asked)
    assert page.status_code in (301, 302)
    assert page.headers["Location"] == goes_to


# Home, sign-in, language


def test_home_is_the_one_place_of_a_user():
    state = make_state()
    user = make_user("office", "state_office", state, since=date(2018, 1, 1))
    assert signed_in(user).get("/").headers["Location"] == "/cg/"


def test_home_lists_several_places(land):
    zone, seat = Zone.objects.get(number=1), LokSabhaSeat.objects.get(number=2)
    user = make_user("busy", "zone_in_charge", zone)
    user.postings.create(role="lok_sabha_in_charge", lok_sabha_seat=seat, since=TODAY)
    text = text_of(signed_in(user).get("/"))
    assert "Zone 1 Zone in-charge" in text
    assert "2 Lok Sabha 2 Lok Sabha in-charge" in text


def test_without_a_posting_the_page_says_whom_to_ask():
    user = make_user("newcomer", first_name="नया")
    page = signed_in(user).get("/")
    assert page.status_code == 200
    assert "You have no place yet" in text_of(page)
    assert "Ask the state office" in text_of(page)
    assert "नया (newcomer)" in text_of(page)


def test_a_stranger_is_sent_to_sign_in_and_back(land):
    page = Client().get("/cg/seat/1/")
    assert page.headers["Location"] == "/sign-in/?next=/cg/seat/1/"
    answer = Client().post(
        "/sign-in/",
        {"username": "office", "password": "a-test-password-7", "next": "/cg/seat/1/"},
    )
    assert answer.headers["Location"] == "/cg/seat/1/"


def test_a_wrong_password_gets_a_sentence():
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.post("/sign-in/", {"username": "nobody", "password": "wrong"})
    assert page.status_code == 200
    assert "User name and password do not go together." in text_of(page)


def test_demo_sign_ins_are_shown_in_a_demo_only():
    with override_settings(DEMO=True):
        assert "demo-pragati" in Client().get("/sign-in/").content.decode()
    with override_settings(DEMO=False):
        assert "demo-pragati" not in Client().get("/sign-in/").content.decode()


def test_signing_out_needs_a_post(land):
    client = signed_in(land.office)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/cg/").status_code == 302


def test_the_language_is_kept_and_the_page_with_its_query_comes_back(land):
    client = signed_in(land.office)
    back = "/cg/zone/1/?on=2018-08-11&sort=-needed"
    page = client.post("/language/", {"language": "hi", "next": back})
    assert page.headers["Location"] == back
    assert client.get(back).headers["Content-Language"] == "hi"


@pytest.mark.parametrize(
    "next_page", ["https://elsewhere.example/", "//elsewhere.example", "", "x"]
)
def test_the_language_switch_leads_to_no_other_host(next_page):
    page = Client().post("/language/", {"language": "xx", "next": next_page})
    assert page.headers["Location"] == "/"
    assert not page.cookies


# The look


def test_our_accent_needs_no_request_of_its_own():
    css = (settings.BASE_DIR / "static" / "pages.css").read_text(encoding="utf-8")
    assert f"--accent: {pages.CSS_ACCENT};" in css
    assert "theme.css" not in Client().get("/sign-in/").content.decode()


def test_another_accent_comes_as_a_style_sheet():
    with override_settings(ACCENT_COLOUR="#7a1f5c"):
        assert 'href="/theme.css?7a1f5c"' in Client().get("/sign-in/").content.decode()
        assert Client().get("/theme.css").content.startswith(b":root{--accent:#7a1f5c}@media")


@pytest.mark.parametrize("path", PLACES)
def test_no_page_carries_inline_style_or_script(land, path):
    html = signed_in(land.office).get(on(path)).content.decode()
    assert "<svg" in html
    assert not re.search(r"<script(?! src=\"/static/)|<style|\sstyle=|\son\w+=|\shx-on", html)


def test_the_district_names_its_seats_in_hindi(land):
    District.objects.filter(slug="durg").update(name_hi="दुर्ग")
    assert "दुर्ग" in text_of(signed_in(land.office, "hi").get(on("district/durg/")))
