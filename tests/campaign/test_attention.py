"""What is stuck, in numbers: each kind where it is, for those who see the seat, and how to settle it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from booths import bookkeeping, lifecycle
from booths.models import Block, Booth
from campaign.models import Decision, ReviewMeeting
from tests.campaign.land import TODAY, make_land
from tests.campaign.test_pages import on, signed_in, text_of
from tests.makers import make_agent, make_assembly_seat, make_booth, make_user
from zones.models import Zone

pytestmark = pytest.mark.django_db
PAGE = "attention/"


@pytest.fixture(autouse=True)
def language_is_left_as_it_was():
    with override("en"):
        yield


@pytest.fixture
def land():
    return make_land()


def numbers(user, query="", day=TODAY) -> dict[str, dict[int, int]]:
    """Of each kind how many there are, by number of the seat."""
    page = signed_in(user).get(on(PAGE, day) + query)
    sections = page.context["found"].sections
    return {
        each.name: {line.place.number: line.number for line in each.lines}
        for each in sections
        if each.lines
    }


def test_a_seat_is_quiet_after_seven_days_unless_all_its_booths_have_agents(land):
    last_entry = date(2018, 8, 9)  # somebody verified in seat 2, which is full; 1 had its own on 7
    assert numbers(land.office, day=last_entry)["quiet"] == {4: 1}
    assert numbers(land.office, day=date(2018, 8, 13))["quiet"] == {4: 1}
    assert numbers(land.office, day=date(2018, 8, 14))["quiet"] == {1: 1, 4: 1}


def test_an_agent_whose_booth_is_gone_is_counted_until_moved(land):
    booth = land.booth(2, 1)
    Booth.objects.filter(pk=booth.pk).update(retired_on=TODAY)
    assert numbers(land.office)["gone"] == {2: 1}
    assert "gone" not in numbers(land.office, day=TODAY - timedelta(days=1))
    standing = booth.appointments.get()
    lifecycle.end(standing, on=TODAY, reason="resigned", by=land.office)
    assert "gone" not in numbers(land.office)


@pytest.mark.parametrize("field", ["mobile", "epic_no"])
def test_a_number_that_stands_at_two_booths_is_counted_at_both_and_shown_at_none(land, field):
    value = {"mobile": "5000000077", "epic_no": "ABC1234567"}[field]
    for seat, number in ((1, 2), (4, 1)):
        agent = make_agent("दोहरा", **{field: value})
        lifecycle.propose(
            land.booth(seat, number, "A" if seat == 1 else ""), agent, on=TODAY, by=land.office
        )
    assert numbers(land.office)["shared"] == {1: 1, 4: 1}
    assert value not in signed_in(land.office).get(on(PAGE)).content.decode()


def test_a_person_who_stands_at_two_booths_for_two_kinds_is_counted_at_both(land):
    agent = land.booth(1, 1).appointments.get().agent
    lifecycle.propose(land.booth(1, 1), agent, kind="bla2", on=TODAY, by=land.office)
    assert "shared" not in numbers(land.office)
    lifecycle.propose(land.booth(4, 1), agent, kind="relief_agent", on=TODAY, by=land.office)
    assert numbers(land.office)["shared"] == {1: 1, 4: 1}


def test_a_mobile_of_two_agents_of_one_booth_is_no_matter(land):
    for kind in ("bla2", "relief_agent"):
        agent = make_agent("साथ", mobile="5000000077")
        lifecycle.propose(land.booth(4, 1), agent, kind=kind, on=TODAY, by=land.office)
    assert "shared" not in numbers(land.office)
    ended = make_agent("गया", mobile="5000000077")
    left = lifecycle.propose(land.booth(2, 1), ended, kind="bla2", on=TODAY, by=land.office)
    lifecycle.end(left, on=TODAY, reason="withdrawn", by=land.office)
    assert "shared" not in numbers(land.office)


def test_who_was_appointed_two_weeks_ago_waits_for_verification(land):
    assert numbers(land.office, day=date(2018, 8, 18)).get("unverified") is None
    assert numbers(land.office, day=date(2018, 8, 19))["unverified"] == {2: 1}
    assert numbers(land.office, day=date(2018, 8, 31))["unverified"] == {1: 1, 2: 1}


def test_teams_and_booths_without_a_sector_are_counted_by_seat(land):
    Block.objects.create(assembly_seat=land.seats[1], name_hi="ब्लॉक")
    found = numbers(land.office)
    assert found["teams"] == {1: 1, 2: 1}
    assert found["no_sector"] == {1: 3, 2: 2, 4: 1}


def test_it_is_narrowed_to_a_zone_or_a_seat(land):
    assert numbers(land.office, "&zone=1")["no_sector"] == {1: 3, 2: 2}
    assert numbers(land.office, "&seat=2")["no_sector"] == {2: 2}
    client = signed_in(land.office)
    for query in ("zone=9", "seat=99", "seat=x", "zone=१"):
        assert client.get(f"/cg/{PAGE}?{query}").status_code == 404


@pytest.mark.parametrize(
    ("role", "seat", "seen"),
    [("seat_in_charge", 1, {2: 2}), ("observer", None, {1: 3, 2: 2, 4: 1})],
)
def test_each_sees_the_seats_whose_numbers_they_see(land, role, seat, seen):
    user = make_user("reader", role, land.seats[seat] if seat else land.state)
    assert numbers(user)["no_sector"] == seen
    assert signed_in(user).get(on(PAGE) + "&seat=3").status_code == (404 if seat else 200)


def test_whoever_sees_no_seat_finds_no_page(land):
    assert signed_in(make_user("nobody")).get(on(PAGE)).status_code == 404


def test_each_line_leads_to_where_it_is_settled(land):
    page = signed_in(land.office).get(f"/cg/{PAGE}").content.decode()
    for address in ("/cg/seat/1/?sector=none#booths", "/cg/seat/2/?show=appointed#booths"):
        assert f'href="{address}"' in page


def test_the_state_page_says_how_much_there_is(land):
    page = text_of(signed_in(land.office).get(on("")))
    assert "Needs attention 1 No entry for 7 days" in page
    assert "6 Booths in no sector" in page
    assert "2 Zone teams that are not complete" in page


# Decisions


def make_decision(land, text, **fields):
    meeting = ReviewMeeting.objects.get_or_create(campaign=land.campaign, number=2)[0]
    day = timezone.localdate() - timedelta(days=1)
    return Decision.objects.create(
        meeting=meeting, text=text, **{"owner": land.office, "due_on": day} | fields
    )


def decisions(user, query="") -> list[str]:
    page = signed_in(user).get(f"/cg/{PAGE}{query}")
    return [each.text for each in page.context["found"].decisions]


def test_overdue_decisions_are_told_to_who_writes_meetings_and_to_their_owner(land):
    today = timezone.localdate()
    owner = make_user("owner", "seat_in_charge", land.seats[0])
    make_decision(land, "state")
    make_decision(land, "zone", zone=Zone.objects.get(number=1))
    make_decision(land, "seat", assembly_seat=land.seats[0], owner=owner)
    make_decision(land, "done", done_on=today)
    make_decision(land, "due today", due_on=today)
    in_charge = make_user("in-charge", "state_in_charge", land.state)
    assert decisions(land.office) == decisions(in_charge) == ["state", "zone", "seat"]
    make_decision(land, "own, whole state", owner=owner)
    assert decisions(owner) == ["seat", "own, whole state"]
    assert decisions(make_user("observer", "observer", land.state)) == []
    assert decisions(land.office, "?zone=1") == ["zone", "seat"]


@pytest.mark.parametrize("seats", [1, 30])
def test_the_page_asks_as_often_for_thirty_seats_as_for_one(land, django_assert_num_queries, seats):
    for number in range(seats):
        make_booth(1, seat=make_assembly_seat(10 + number, land.seats[0].lok_sabha_seat))
        make_decision(land, str(number), assembly_seat=land.seats[0])
    bookkeeping.recount(land.state)
    client = signed_in(land.office)
    for query in ("", "&zone=1", "&seat=1"):
        with django_assert_num_queries(9):
            assert client.get(on(PAGE) + query).status_code == 200
