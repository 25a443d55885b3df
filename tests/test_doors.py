"""The door table holds for everyone, and no door is missing from it: see tests/doors."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, path
from django.utils import timezone
from rest_framework.views import APIView

from booths.models import CoverDay
from tests.admin_world import signed_in
from tests.doors.knocks import Knocker, all_rows
from tests.doors.missing import (
    action_doors,
    missing_actions,
    missing_routes,
    models_without_row,
    routes,
)
from tests.doors.table import ACTORS, Door, doors, read
from tests.doors.world import make_doorstep
from tests.makers import make_user
from zones.admin import act_of
from zones.models import User, Zone, ZoneScheme, ZoneSeat

TABLE = doors()
# Who may do what does not depend on the database; that each door opens and shuts there, does.
ASKED = ACTORS if connection.vendor == "sqlite" else ("outside", "staff", "office")
PARTS = ("api", "admin/zones", "admin/booths/a", "admin/booths", "admin/campaign", "")


def part_of(door: Door) -> str:
    return next(part for part in PARTS if door.path.startswith(f"/{part}"))


@pytest.fixture
def knocker(db):
    return Knocker(make_doorstep())


@pytest.mark.parametrize("part", PARTS)
def test_every_door_answers_everyone_as_the_table_says(knocker, part):
    wrong = []
    for door, answers in TABLE.items():
        expected = [answers[ACTORS.index(actor)] for actor in ASKED]
        if part_of(door) == part and (found := knocker.answers(door, ASKED)) != expected:
            wrong.append(door.line(found))
    assert not wrong, "\n".join(wrong)


@pytest.mark.crawl
def test_a_head_opens_no_other_door_than_a_get(knocker):
    actors = ("nobody", "outside")
    asked = [door for door in TABLE if door.method == "GET"]
    for door in asked:
        answers = dict(zip(ACTORS, TABLE[door], strict=True))
        head = Door("HEAD", door.address)
        assert knocker.answers(head, actors) == [answers[actor] for actor in actors], door


@pytest.mark.crawl
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_no_other_method_writes_where_a_post_does(knocker, method):
    office = knocker.doorstep.actors["office"]
    writing = sorted({door.address for door in TABLE if is_done(door)})
    assert "/admin/booths/block/{block}/delete/" in writing
    assert [each for each in writing if "+" in knocker.answer(Door(method, each), office)] == []


def is_done(door: Door) -> bool:
    return any(answer.endswith("+") for answer in TABLE[door])


def test_looking_writes_nothing_and_nothing_breaks():
    assert [door for door in TABLE if door.method != "POST" and is_done(door)] == []
    assert [door for door, answers in TABLE.items() if "500" in " ".join(answers)] == []


# Who was posted once, or will be, or nowhere that counts


def make_unposted(knocker) -> dict[str, Client]:
    """People who have a posting on paper, in every way that grants nothing today."""
    today, world = timezone.localdate(), knocker.doorstep.world
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    later = ZoneScheme.objects.create(state=world.state, name_hi="कभी", name_en="Some day")
    zone = Zone.objects.create(scheme=later, number=1, name_hi="ज़ोन", name_en="Zone")
    ZoneSeat.objects.create(
        scheme=later, zone=zone, lok_sabha_seat=knocker.doorstep.rows["loksabhaseat"]
    )
    users = {
        "was posted until yesterday": make_user(
            "was", "state_office", world.state, until=yesterday
        ),
        "is posted from tomorrow": make_user("will", "state_office", world.state, since=tomorrow),
        "is posted in a scheme not in force": make_user("paper", "zone_in_charge", zone),
    }
    User.objects.filter(username__in=["was", "will", "paper"]).update(is_staff=True)
    clients = {why: signed_in(user) for why, user in users.items()}
    knocker.before = all_rows()
    return clients


@pytest.mark.crawl
def test_a_posting_that_is_none_today_opens_nothing(knocker):
    clients = make_unposted(knocker)
    unposted = ACTORS.index("unposted")
    asked = {door: answers[unposted] for door, answers in TABLE.items() if door.method == "GET"}
    past = {
        Door("GET", f"{door.address}?on=2018-08-20"): asked[door] for door in asked if of_page(door)
    }
    opened = [
        (door.address, why, found)
        for door, expected in (asked | past).items()
        for why, client in clients.items()
        if (found := knocker.answer(door, client)) != expected
    ]
    assert len(past) > 5
    assert opened == []


def of_page(door: Door) -> bool:
    return door.path.startswith("/cg/")


def test_an_account_that_is_closed_opens_nothing_not_even_a_superuser(knocker):
    client = signed_in(make_user("root", is_superuser=True, is_staff=True))
    knocker.before = all_rows()
    assert knocker.answer(Door("GET", "/admin/zones/user/"), client) == "200"
    User.objects.filter(username="root").update(is_active=False)
    knocker.before = all_rows()
    nobody = {door: answers[0] for door, answers in TABLE.items() if door.method == "GET"}
    assert {door: knocker.answer(door, client) for door in nobody} == nobody


# A post that nobody does proves nothing about who may do it

SHOWS = re.compile(r"/(history|progress|export|import|search|admin|admin/\w+|admin/\w+/\w+)/$")
LEADS_ON = re.compile(
    r"/(sign-out|admin/logout|admin/login|language|admin/booths/agent/add|admin/\w+/\w+/\{\w+\})/$"
)

# What each does to their own account, and a one-time link, have tests of their own
# (tests/campaign/test_sign_in.py, test_second_factor.py, tests/zones/test_accounts.py); so have
# the steps of the office that need a link, a file or a person in another state, and the queue of
# booths that are gone (tests/booths/test_gone.py).
TESTED_ELSEWHERE = re.compile(
    r"^/(sign-in|account|welcome)/|^/people/(file|slips|\{user\}/(link|do/[\w-]+))/$|/remove/erase/$"
    r"|^/admin/booths/appointment/gone/$|^/api/v1/imports/$"
)


def of_a_kind(door: Door) -> str:
    """The same post to whatever row."""
    return re.sub(r"\{\w+\}", "{}", door.path) + door.fragment.partition(":")[0]


def act_behind(door: Door):
    """The act that the admin asks for; None where a post asks for another, or for one nobody has."""
    steps = door.path.strip("/").split("/")
    for model in admin.site._registry:
        if len(steps) > 2 and steps[1:3] == [model._meta.app_label, model._meta.model_name]:
            verb = "delete" if door.fragment.startswith("delete") else steps[-1]
            return act_of(model, verb)
    return None


def test_every_post_is_done_by_somebody_or_nobody_may():
    done = {of_a_kind(door) for door in TABLE if door.method == "POST" and is_done(door)}
    idle = []
    for door, answers in TABLE.items():
        closed = set(answers[1:]) <= {"405", "404", "403"}
        shows = not door.fragment and (SHOWS.search(door.path) or LEADS_ON.search(door.path))
        shows = shows or TESTED_ELSEWHERE.search(door.path)
        deletes = "delete" in door.address and act_behind(door) is None
        if door.method == "POST" and of_a_kind(door) not in done:
            idle += [] if closed or shows or deletes else [door.address]
    assert idle == []


# Nothing is missing, and what is missing would be seen


def test_no_route_and_no_method_is_missing_from_the_table():
    assert settings.ROOT_URLCONF == "campaign.urls"
    assert missing_routes(get_resolver().url_patterns, TABLE) == []


def test_a_planted_route_and_a_planted_method_are_missed():
    class Planted(APIView):
        pass

    patterns = [path("here/", lambda request: HttpResponse()), path("api/", Planted.as_view())]
    assert routes(patterns) == [
        ("here/", {"GET", "POST"}),
        ("api/", {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}),
    ]
    assert ("POST", "here/") in missing_routes(patterns, TABLE)
    assert ("PATCH", "api/") in missing_routes(patterns, TABLE)
    without = {door for door in TABLE if door != Door("PUT", "/api/v1/cg/booths/")}
    known = get_resolver().url_patterns
    assert missing_routes(known, without) == [("PUT", "api/v1/<slug:state>/booths/$")]


def test_no_action_is_missing_from_the_table():
    assert missing_actions(admin.site, TABLE) == []


@pytest.mark.parametrize("kind", ["actions", "actions_detail", "actions_row", "actions_list"])
def test_a_planted_action_is_missed(kind):
    class Planted(admin.ModelAdmin):
        def planted(self, request, queryset):
            pass

    setattr(Planted, kind, ("planted",))
    site = admin.AdminSite()
    site.register(CoverDay, Planted)
    assert Door("POST", "/admin/booths/coverday/#planted") in missing_actions(site, TABLE)
    assert Door("POST", "/admin/booths/appointment/#end_chosen") in action_doors(admin.site)


@pytest.mark.django_db
def test_every_model_of_the_admin_has_a_row_to_knock_with():
    rows = make_doorstep().rows
    assert models_without_row(admin.site, rows) == []
    site = admin.AdminSite()
    site.register(CoverDay)
    assert models_without_row(site, rows) == ["coverday"]


def test_a_line_for_some_only_or_said_twice_is_refused():
    with pytest.raises(ValueError, match="not an answer for each"):
        read("/cg/ in 404")
    with pytest.raises(ValueError, match="twice"):
        read("/cg/ in 404 404 404 404 404 200\n" * 2)


# The knocking itself


def test_a_change_is_seen_and_nothing_of_it_remains(knocker):
    block = Door("POST", "/admin/booths/block/{block}/delete/")
    office = knocker.doorstep.actors["office"]
    assert [knocker.answer(block, office) for _twice in range(2)] == ["302+", "302+"]
    signing_out = Door("POST", "/sign-out/")
    assert knocker.answer(signing_out, office) == "in"
    assert knocker.answer(Door("GET", "/cg/"), office) == "200"
