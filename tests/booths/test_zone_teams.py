"""A zone team goes to the zone that succeeds its own, with what its members agreed to."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from booths import zone_teams
from booths.consent import recorded
from booths.models import Post, TeamMember
from tests.makers import FIRST_DAY, make_lok_sabha_seat, make_scheme, make_state, make_user
from zones.models import Zone

pytestmark = pytest.mark.django_db
DAY, LATER = date(2018, 8, 20), date(2018, 9, 1)


def make_member(zone, name, **fields):
    post = Post.objects.get_or_create(level="zone", name_hi="संयोजक")[0]
    return TeamMember.objects.create(
        zone=zone, post=post, name=name, **{"since": FIRST_DAY} | fields
    )


@pytest.fixture
def zones():
    seats = [make_lok_sabha_seat(number=number) for number in (1, 2)]
    make_scheme(zones={1: seats[:1], 2: seats[1:]})
    make_scheme(zones={3: seats}, name="One", from_on=DAY)
    return {zone.number: zone for zone in Zone.objects.all()}


def rows(name):
    found = TeamMember.objects.filter(name=name).order_by("pk")
    return [(each.zone.number, each.since, each.until) for each in found]


def hand_on(successors, role="state_office"):
    by = make_user("office", role, make_state())
    return zone_teams.hand_on(successors, from_on=DAY, by=by, on=DAY)


def test_a_team_ends_on_the_day_and_begins_in_its_successor_or_nowhere(zones):
    make_member(zones[1], "चलता", mobile="5000000001", **recorded("paper", on=FIRST_DAY))
    make_member(zones[1], "सीमित", until=LATER)
    make_member(zones[1], "गया", until=FIRST_DAY)
    make_member(zones[2], "अंत")

    begun = hand_on({zones[1].pk: zones[3], zones[2].pk: None})

    assert rows("चलता") == [(1, FIRST_DAY, DAY), (3, DAY, None)]
    assert rows("सीमित") == [(1, FIRST_DAY, DAY), (3, DAY, LATER)]
    assert rows("गया") == [(1, FIRST_DAY, FIRST_DAY)]
    assert rows("अंत") == [(2, FIRST_DAY, DAY)]
    assert [(each.mobile, each.consent_mode) for each in begun] == [
        ("5000000001", "paper"),
        ("", ""),
    ]


def test_who_may_not_change_teams_moves_none(zones):
    make_member(zones[1], "चलता")
    with pytest.raises(ValidationError):
        hand_on({zones[1].pk: zones[3]}, role="state_in_charge")
    assert rows("चलता") == [(1, FIRST_DAY, None)]
