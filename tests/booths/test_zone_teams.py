"""A zone team goes to the zone that succeeds its own, with what its members agreed to."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from booths import erasure, membership, zone_teams
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


BEFORE = date(2018, 8, 15)


def leave(name, until, on):
    first = TeamMember.objects.filter(name=name).order_by("pk").first()
    return membership.leave(first, until=until, reason="resigned", on=on, by=None)


def test_who_leaves_before_the_day_does_not_begin_in_the_zones_that_follow(zones):
    make_scheme(zones={4: []}, name="Two", from_on=LATER)
    four = Zone.objects.get(number=4)
    make_member(zones[1], "जाता")
    make_member(zones[1], "रहता")
    hand_on({zones[1].pk: zones[3]})
    office = make_user("second", "state_office", zones[3].scheme.state)
    zone_teams.hand_on({zones[3].pk: four}, from_on=LATER, by=office, on=DAY)

    leave("जाता", BEFORE, BEFORE)

    assert rows("जाता") == [(1, FIRST_DAY, BEFORE), (3, DAY, DAY), (4, LATER, LATER)]
    assert rows("रहता") == [(1, FIRST_DAY, DAY), (3, DAY, LATER), (4, LATER, None)]
    reasons = TeamMember.history.filter(until=BEFORE).values_list(
        "history_change_reason", flat=True
    )
    assert list(reasons) == ["resigned"]


@pytest.mark.parametrize(("until", "on"), [(BEFORE, DAY), (DAY, DAY), (LATER, BEFORE)])
def test_who_was_handed_on_is_ended_where_they_are(zones, until, on):
    make_member(zones[1], "जाता")
    hand_on({zones[1].pk: zones[3]})
    with override("en"), pytest.raises(ValidationError, match="is in the team of Zone 3"):
        leave("जाता", until, on)
    assert rows("जाता") == [(1, FIRST_DAY, DAY), (3, DAY, None)]


def test_who_left_has_left_and_who_leaves_on_a_day_may_leave_before_it(zones):
    make_member(zones[1], "गया", until=BEFORE)
    with override("en"), pytest.raises(ValidationError, match="has left the team already"):
        leave("गया", FIRST_DAY, BEFORE)
    make_member(zones[1], "सीमित", until=LATER)
    leave("सीमित", DAY, DAY)
    assert rows("सीमित") == [(1, FIRST_DAY, DAY)]


def test_consent_taken_back_in_one_zone_is_taken_back_in_the_other(zones):
    for name in ("आगे", "पीछे"):
        make_member(zones[1], name, mobile="5000000001", **recorded("paper", on=FIRST_DAY))
    hand_on({zones[1].pk: zones[3]})
    for name, number in (("आगे", 1), ("पीछे", 3)):
        erasure.withdraw(TeamMember.objects.get(name=name, zone=zones[number]), on=DAY, by=None)
    assert set(TeamMember.objects.values_list("mobile", "consent_mode")) == {("", "withdrawn")}
