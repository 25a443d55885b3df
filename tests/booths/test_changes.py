"""Gained, lost and replaced between two days equal what a plain look at each booth says."""

from datetime import timedelta
from random import Random

import pytest
from django.db.models import F, Q

from booths import bookkeeping, lifecycle
from booths.changes import Changes, between
from booths.models import Appointment, Booth
from tests.booths.test_day_book import act
from tests.makers import (
    FIRST_DAY,
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_state,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = FIRST_DAY + timedelta(days=10)
THEN, NOW = DAY - timedelta(days=5), DAY + timedelta(days=5)
EARLY = THEN - timedelta(days=2)


@pytest.fixture
def booth():
    return make_booth()


@pytest.fixture
def office():
    return make_user("office", "state_office", make_state())


def changes_of(booth, then=THEN, now=NOW, need=1) -> Changes:
    return between(then, now, seats=[booth.assembly_seat_id], need=need)[booth.assembly_seat_id]


def test_gained_is_what_is_covered_on_the_later_day_only(booth, office):
    lifecycle.appoint_at(booth, make_agent("एक"), on=DAY, by=office)
    assert changes_of(booth) == Changes(gained=1)


def test_on_the_day_of_appointment_itself_a_booth_is_gained(booth, office):
    lifecycle.appoint_at(booth, make_agent("एक"), on=NOW, by=office)
    assert changes_of(booth) == Changes(gained=1)
    assert changes_of(booth, then=NOW, now=NOW + timedelta(days=1)) == Changes()


def test_lost_is_what_was_covered_on_the_earlier_day_only(booth, office):
    standing = lifecycle.appoint_at(booth, make_agent("एक"), on=EARLY, by=office)
    lifecycle.end(standing, on=DAY, reason="resigned", by=office)
    assert changes_of(booth) == Changes(lost=1)


def test_a_booth_retired_in_between_is_lost_if_it_was_covered(booth, office):
    lifecycle.appoint_at(booth, make_agent("एक"), on=EARLY, by=office)
    with bookkeeping.keeping_day_book([booth.pk]):
        Booth.objects.filter(pk=booth.pk).update(retired_on=DAY)
    assert changes_of(booth) == Changes(lost=1)


def test_a_booth_with_another_agent_on_the_later_day_is_replaced_once(booth, office):
    """Also where it happened twice in a day."""
    standing = lifecycle.appoint_at(booth, make_agent("एक"), on=EARLY, by=office)
    for name in ("दो", "तीन"):
        standing = lifecycle.replace(standing, make_agent(name), on=DAY, by=office)
    assert changes_of(booth) == Changes(replaced=1)


def test_who_comes_back_to_the_booth_is_no_replacement(booth, office):
    agent = make_agent("एक")
    standing = lifecycle.appoint_at(booth, agent, on=EARLY, by=office)
    lifecycle.end(standing, on=DAY, reason="resigned", by=office)
    lifecycle.appoint_at(booth, agent, on=DAY, by=office)
    assert changes_of(booth) == Changes()


def test_a_booth_needs_as_many_agents_as_are_said(booth, office):
    lifecycle.set_need(make_state(), per_booth=2, by=office)
    lifecycle.appoint_at(booth, make_agent("एक"), on=EARLY, by=office)
    assert changes_of(booth, need=2) == Changes()
    lifecycle.appoint_at(booth, make_agent("दो"), on=DAY, by=office)
    assert changes_of(booth, need=2) == Changes(gained=1)


def agents_at(booth: Booth, day) -> set[int]:
    """Of a booth that is there on the day; a plain look, one booth at a time."""
    if not (booth.listed_on <= day and (booth.retired_on is None or day < booth.retired_on)):
        return set()
    in_office = Appointment.objects.filter(booth=booth, kind="booth_agent", appointed_on__lte=day)
    in_office = in_office.filter(Q(ended_on=None) | Q(ended_on__gt=day))
    return set(in_office.values_list("agent", flat=True))


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_the_changes_are_those_of_each_booth(seed, office):
    random = Random(seed)
    seat = make_assembly_seat(48)
    booths = [make_booth(number, seat=seat) for number in range(1, 7)]
    agents = [make_agent(f"एजेंट {n}") for n in range(8)]
    district = make_district(make_state(), "durg")
    bookkeeping.recount(make_state())
    acts = ["appoint_at"] * 4 + ["end", "replace", "move", "retire", "propose", "appoint"]
    for _ in range(60):
        day = FIRST_DAY + timedelta(days=random.randrange(21))
        act(random.choice(acts), booths, agents, random.randrange(99), day, office, district)

    expected = Changes()
    for booth in Booth.objects.all():
        before, after = agents_at(booth, THEN), agents_at(booth, NOW)
        expected += Changes(
            gained=bool(after and not before),
            lost=bool(before and not after),
            replaced=bool(before and after and before != after),
        )
    assert Appointment.objects.exclude(appointed_on=F("ended_on")).exists()
    assert between(THEN, NOW, seats=[seat.pk], need=1)[seat.pk] == expected
