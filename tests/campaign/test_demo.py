"""The demo: the real territory, invented people, numbers that hold together."""

import gzip
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from booths import bookkeeping
from booths.models import Agent, Appointment, Booth, TeamMember
from campaign import demo
from campaign.models import Campaign, Directive
from zones.models import Posting, State, User, ZoneSeat

TODAY = date(2018, 8, 17)


@pytest.fixture
def built(db):
    demo.build(TODAY, say=lambda line: None, size=1800)
    return State.objects.get(code="CG")


def test_the_demo_is_whole(built):
    assert Booth.objects.count() == 1800
    assert built.assembly_seats.count() == 90
    assert bookkeeping.day_book(built) == bookkeeping.recounted(built)
    assert Campaign.objects.get(is_current=True).slug == "demo"
    of_2018 = Campaign.objects.get(slug="2018")
    assert of_2018.meetings.get(kind="review", number=3).window_start == date(2018, 9, 1)
    assert set(
        Directive.objects.filter(campaign__slug="demo").values_list("due_on", flat=True)
    ) == {TODAY + timedelta(days=demo.TERM_AHEAD)}


def test_six_state_in_charges_monitor_the_four_zones(built):
    in_charges = Posting.objects.filter(role="state_in_charge")
    assert in_charges.filter(state=built).count() == 6
    assert in_charges.exclude(zone=None).count() == 6
    assert ZoneSeat.objects.in_force(built, TODAY).count() == 11


def test_its_people_are_clearly_invented(built):
    for model in (Agent, TeamMember):
        assert not model.objects.exclude(name__startswith="डेमो ").exists()
        assert not model.objects.exclude(mobile="").exclude(mobile__startswith="5").exists()
    assert not User.objects.exclude(first_name__startswith="डेमो ").exists()


def test_no_day_lies_ahead_and_the_newest_entries_are_of_these_days(built):
    for day in ("proposed_on", "appointed_on", "verified_on", "ended_on"):
        assert not Appointment.objects.filter(**{f"{day}__gt": TODAY}).exists()
    assert Appointment.objects.filter(appointed_on=TODAY).exists()


def test_the_page_of_the_state_is_light_with_all_it_loads(built):
    """Bytes over the wire: at most 150 kB, so that a line of 400 kbit/s brings it in three seconds."""
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(User.objects.get(username="incharge"))
    answer = client.get(f"/cg/?on={TODAY}")
    assert answer.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(answer.content).decode()
    loaded = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', html)
    assert "pages.css" in loaded
    files = [gzip.compress(Path(finders.find(name)).read_bytes()) for name in loaded]
    (borders,) = set(re.findall(r'href="(/map/[^"#]+)#', html))
    files.append(client.get(borders).content)
    assert len(files[-1]) < 60_000
    assert len(answer.content) + sum(map(len, files)) < 150_000


def test_each_demo_user_can_sign_in_and_a_second_build_is_not_needed(built):
    for username, *_rest in demo.SIGN_INS:
        sign_in = {"username": username, "password": demo.PASSWORD}
        assert Client().post("/sign-in/", sign_in).headers["Location"] == "/"
    assert demo.exists()
