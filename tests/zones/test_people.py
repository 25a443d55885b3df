"""Finding the people whom the office manages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.makers import make_posting, make_user
from tests.zones.offices import TODAY, make_offices
from zones.models import User
from zones.people import Standing, found, people, waiting

pytestmark = pytest.mark.django_db


def names(rows) -> list[str]:
    return [user.username for user in rows]


def make_standings(world):
    make_user("closed", "observer", world.raipur, is_active=False)
    make_user("unposted", "observer", world.raipur, until=TODAY)
    make_user("ahead", "observer", world.raipur, since=TODAY + timedelta(days=1))
    User.objects.filter(username="staff").update(last_login=timezone.now())
    User.objects.filter(username="stranger").update(last_login=timezone.now())


def test_everyone_in_reach_stands_in_one_way_and_nobody_else_is_there():
    world = make_offices()
    make_standings(world)

    rows = people(world.office, TODAY)

    assert {user.username: Standing(user.standing) for user in rows} == {
        "ahead": Standing.UNPOSTED,
        "closed": Standing.CLOSED,
        "office": Standing.NEVER_SIGNED_IN,
        "staff": Standing.ACTIVE,
        "unposted": Standing.UNPOSTED,
    }
    assert names(found(rows, on=TODAY, standing="active")) == ["staff"]


def test_postings_shown_are_those_of_the_day():
    world = make_offices()
    make_posting(world.staff, "observer", world.durg, until=TODAY)

    shown = {user.username: [posting.role for posting in user.held]
             for user in people(world.office, TODAY)}  # fmt: skip

    assert shown == {"office": ["state_office"], "staff": ["district_staff"]}


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("साहू", ["staff"]),
        ("राम साहू", ["staff"]),
        ("साहू राम", ["staff"]),
        ("STAF", ["staff"]),
        ("58765", ["staff"]),
        ("५८७६५", ["staff"]),
        ("+91 58765-43210", ["staff"]),
        ("राम वर्मा", []),
        ("गुप्त", []),
        ("stranger", []),
        ("5999999999", []),
        ("\0", ["office", "staff"]),
        ("", ["office", "staff"]),
    ],
)
def test_a_search_finds_by_name_user_name_and_mobile_within_reach(search, expected):
    world = make_offices()

    rows = found(people(world.office, TODAY), on=TODAY, search=search)

    assert sorted(names(rows)) == expected


def test_the_role_filter_asks_for_postings_of_the_day():
    world = make_offices()
    make_posting(world.staff, "observer", world.durg, until=TODAY)
    make_user("watcher", "observer", world.durg)

    assert names(found(people(world.office, TODAY), on=TODAY, role="observer")) == ["watcher"]


def test_a_first_link_waits_for_who_has_no_password():
    world = make_offices()
    make_user("new", "observer", world.raipur)
    make_user("left", "observer", world.raipur, is_active=False)
    make_user("far", "observer", world.stranger.postings.get().area)
    for username in ("new", "left", "far"):
        user = User.objects.get(username=username)
        user.set_unusable_password()
        user.save()

    assert names(waiting(world.office, TODAY)) == ["new"]
