"""Whose agents, team members, postings and accounts a user reaches."""

from datetime import date

import pytest

from booths.models import Agent, Appointment, Post, TeamMember
from tests.makers import (
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_lok_sabha_seat,
    make_posting,
    make_scheme,
    make_sector,
    make_state,
    make_user,
)
from zones.models import Posting, User
from zones.scope import (
    Act,
    agents_kept,
    agents_seen,
    places_served,
    postings_served,
    teams_served,
    users_served,
)

pytestmark = pytest.mark.django_db
TODAY = date(2018, 8, 18)


def make_appointment(agent, booth, **fields):
    return Appointment.objects.create(agent=agent, booth=booth, proposed_on=TODAY, **fields)


def agents_seen_by(user):
    found = Agent.objects.filter(agents_seen(user, TODAY, Appointment.objects.all()))
    return sorted(agent.name for agent in found)


def make_two_districts():
    raipur, durg = make_district(slug="raipur"), make_district(slug="durg")
    here = make_booth(seat=make_assembly_seat(48, district=raipur))
    there = make_booth(seat=make_assembly_seat(62, district=durg))
    return raipur, here, there


def test_an_agent_is_seen_through_any_appointment_at_a_served_booth():
    raipur, here, there = make_two_districts()
    staff = make_user(role="district_staff", area=raipur)
    make_appointment(make_agent("theirs"), there)
    make_appointment(make_agent("ours"), here)
    moved = make_agent("moved away")
    make_appointment(moved, here, status="ended", ended_on=TODAY, end_reason="moved")
    make_appointment(moved, there)
    again = make_agent("twice here")
    make_appointment(again, here, status="ended", ended_on=TODAY, end_reason="resigned")
    make_appointment(again, here)

    assert agents_seen_by(staff) == ["moved away", "ours", "twice here"]


def test_an_agent_not_yet_placed_is_seen_by_who_entered_them_only():
    raipur, _here, there = make_two_districts()
    staff = make_user(role="district_staff", area=raipur)
    colleague = make_user("colleague", role="district_staff", area=raipur)
    make_agent("entered", entered_by=staff)
    make_agent("entered by colleague", entered_by=colleague)
    make_agent("entered by nobody")
    make_appointment(make_agent("entered, placed elsewhere", entered_by=staff), there)

    assert agents_seen_by(staff) == ["entered"]
    assert agents_seen_by(colleague) == ["entered by colleague"]


def test_an_agent_not_yet_placed_is_seen_by_the_office_of_who_entered_them():
    raipur, _here, _there = make_two_districts()
    office = make_user("office", "state_office", raipur.state)
    stranger = make_user("stranger", "district_staff", make_district(make_state("MP")))
    make_agent("entered", entered_by=make_user(role="district_staff", area=raipur))
    make_agent("entered elsewhere", entered_by=stranger)

    assert agents_seen_by(office) == ["entered"]
    assert agents_seen_by(make_user("in charge", "state_in_charge", raipur.state)) == []


def test_who_stands_nowhere_is_kept_by_one_posting_that_grants_the_act_there():
    raipur, here, there = make_two_districts()
    reader = make_user("reader", "seat_in_charge", there.assembly_seat)
    make_posting(reader, "district_staff", raipur)
    for booth in (here, there):
        ended = {"status": "ended", "ended_on": TODAY, "end_reason": "resigned"}
        make_appointment(make_agent(f"gone from {booth.assembly_seat.number}"), booth, **ended)

    def kept(user, act):
        agents = Agent.objects.filter(agents_kept(user, act, TODAY, Appointment.objects.all()))
        return sorted(agent.name for agent in agents)

    assert agents_seen_by(reader) == ["gone from 48", "gone from 62"]
    assert kept(reader, Act.ENTER_PEOPLE) == ["gone from 48"]
    assert kept(reader, Act.ERASE_PEOPLE) == []
    office = make_user("office", "state_office", raipur.state)
    assert kept(office, Act.ERASE_PEOPLE) == ["gone from 48", "gone from 62"]


def test_whose_posting_has_ended_sees_nobody_not_even_whom_they_entered():
    raipur, _here, _there = make_two_districts()
    staff = make_user(role="district_staff", area=raipur, until=TODAY)
    make_posting(staff, "observer", raipur)
    make_agent("entered", entered_by=staff)

    assert agents_seen_by(staff) == []


def test_appointments_are_filtered_through_their_booth():
    raipur, here, there = make_two_districts()
    staff = make_user(role="district_staff", area=raipur)
    ours = make_appointment(make_agent(), here)
    make_appointment(make_agent(), there)

    served = Appointment.objects.filter(places_served(staff, Act.MOVE, TODAY, prefix="booth__"))

    assert list(served) == [ours]


@pytest.mark.parametrize(
    ("role", "area", "members"),
    [
        ("state_office", "state", ["block", "sector", "zone"]),
        ("zone_in_charge", "zone", ["block", "sector", "zone"]),
        ("seat_in_charge", "seat", ["block", "sector"]),
        ("observer", "state", []),
        ("seat_in_charge", "other seat", []),
    ],
)
def test_members_of_teams_are_served_with_their_zone_or_seat(role, area, members):
    seat = make_assembly_seat(48, make_lok_sabha_seat(number=8))
    other = make_assembly_seat(62, make_lok_sabha_seat(number=7))
    zone = make_scheme(zones={1: [seat.lok_sabha_seat]}).zones.get()
    areas = {"state": make_state(), "zone": zone, "seat": seat, "other seat": other}
    post = Post.objects.create(level="zone", name_hi="सदस्य")
    sector = make_sector(seat)
    teams = {"zone": zone, "block": seat.blocks.create(name_hi="ब्लॉक"), "sector": sector}
    for name, team in teams.items():
        TeamMember.objects.create(post=post, name=name, since=TODAY, **{name: team})
    user = make_user(role=role, area=areas[area])

    served = TeamMember.objects.filter(teams_served(user, Act.SEE_PEOPLE, TODAY))

    assert sorted(member.name for member in served) == members


def make_offices():
    mine, other = make_state("CG"), make_state("MP")
    seat = make_assembly_seat(48, make_lok_sabha_seat(mine), make_district(mine))
    zone = make_scheme(mine, zones={1: [seat.lok_sabha_seat]}).zones.get()
    office = make_user("office", "state_office", mine)
    make_user("on zone", "zone_in_charge", zone)
    make_user("on lok sabha seat", "lok_sabha_in_charge", seat.lok_sabha_seat)
    make_user("on district", "district_staff", seat.district)
    make_user("on seat", "seat_in_charge", seat)
    make_user("elsewhere", "observer", other)
    make_posting(make_user("in both", "observer", other), "observer", mine)
    make_user("new")
    make_user("root", is_superuser=True)
    return office


def test_the_office_gives_and_ends_the_postings_of_its_state():
    office = make_offices()

    served = Posting.objects.filter(postings_served(office, TODAY))

    assert sorted(posting.user.username for posting in served) == [
        "in both",
        "office",
        "on district",
        "on lok sabha seat",
        "on seat",
        "on zone",
    ]


def test_the_office_changes_no_account_that_reaches_beyond_its_state():
    office = make_offices()

    served = User.objects.filter(users_served(office, TODAY))

    assert sorted(user.username for user in served) == [
        "new",
        "office",
        "on district",
        "on lok sabha seat",
        "on seat",
        "on zone",
    ]


def test_a_superuser_changes_every_account_and_others_none():
    make_offices()
    root, other = User.objects.get(username="root"), User.objects.get(username="on zone")

    assert set(User.objects.filter(users_served(root, TODAY))) == set(User.objects.all())
    assert list(User.objects.filter(users_served(other, TODAY))) == []
    assert list(Posting.objects.filter(postings_served(other, TODAY))) == []
