"""The pages of teams: what they show to whom, and the entry and the end of a member."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from booths.consent import recorded
from booths.models import Block, Post, TeamMember
from tests.admin_world import signed_in
from tests.campaign.land import make_land
from tests.makers import make_booth, make_sector, make_user
from zones.models import Look, Zone

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    land = make_land()
    for level, lead in (("zone", "ज़ोन प्रभारी"), ("block", "अध्यक्ष"), ("sector", "अध्यक्ष")):
        Post.objects.create(level=level, name_hi=lead, is_lead=True, order=1)
        Post.objects.create(level=level, name_hi="सदस्य", order=2)
    return land


@pytest.fixture
def sector(land):
    return land.seats[0].sectors.get()


def make_member(team, name="डेमो", is_lead=False, mobile="", **fields) -> TeamMember:
    level = team._meta.model_name
    consent = recorded("paper", on=date(2018, 8, 1)) if mobile else {}
    return TeamMember.objects.create(
        post=Post.objects.get(level=level, is_lead=is_lead),
        name=name,
        mobile=mobile,
        **{level: team, "since": date(2018, 8, 2)} | consent | fields,
    )


def address(sector) -> str:
    return f"/cg/seat/{sector.assembly_seat.number}/sector/{sector.pk}/team/"


def texts(response) -> str:
    return " ".join(response.content.decode().split())


def typed(**fields) -> dict:
    lead = Post.objects.get(level="sector", is_lead=True)
    known = {"name": "रामकुमार साहू", "post": lead.pk, "mobile": "", "consent_mode": ""}
    return known | {"since": "2018-08-10"} | fields


def test_a_seat_shows_its_teams_with_the_reason_and_the_booths_of_none(land, sector):
    make_member(sector)
    block = Block.objects.create(assembly_seat=land.seats[0], name_hi="ब्लॉक 1")
    for is_lead in (True, False, False):
        make_member(block, is_lead=is_lead)
    response = signed_in(land.office).get("/cg/seat/1/teams/")
    page = response.context["page"]
    assert [(row.team.name_hi, row.is_ready, row.members) for row in page.blocks] == [
        ("ब्लॉक 1", True, 3)
    ]
    assert [(row.lacks, row.booths) for row in page.sectors] == [({"lead": 1, "members": 2}, 1)]
    assert (page.booths, page.without_sector) == (4, 3)
    said = texts(response)
    assert "अध्यक्ष नहीं, 2 सदस्य कम" in said
    assert "3 बूथ किसी सेक्टर में नहीं हैं।" in said


@pytest.mark.parametrize("rows", [1, 30])
def test_the_pages_ask_as_often_for_one_team_as_for_thirty(land, rows, django_assert_num_queries):
    for number in range(rows):
        sector = make_sector(land.seats[0], f"बड़ा {number}")
        block = Block.objects.create(assembly_seat=land.seats[0], name_hi=f"ब्लॉक {number}")
        make_booth(50 + number, seat=land.seats[0], sector=sector)
        make_member(block)
        make_member(sector)
        make_member(land.seats[0].sectors.get(name_hi="बड़ा 0"), f"डेमो {number}")
    client = signed_in(make_user("staff", "district_staff", land.seats[0].district))
    with django_assert_num_queries(SEAT_QUERIES):
        client.get("/cg/seat/1/teams/")
    with django_assert_num_queries(TEAM_QUERIES):
        client.get(address(land.seats[0].sectors.get(name_hi="बड़ा 0")))


SEAT_QUERIES, TEAM_QUERIES = 10, 12


def test_names_and_posts_go_with_the_numbers_and_mobiles_with_the_place(land, sector):
    make_member(sector, "सीता वर्मा", mobile="5000000077")
    observer = make_user("observer", "observer", land.state)
    in_charge = make_user("in-charge", "seat_in_charge", land.seats[0])
    seen = {user: texts(signed_in(user).get(address(sector))) for user in (observer, in_charge)}
    assert all("सीता वर्मा" in text for text in seen.values())
    assert ["5000000077" in text for text in seen.values()] == [False, True]
    far = make_user("far", "seat_in_charge", land.seats[3])
    assert signed_in(far).get(address(sector)).status_code == 404


def test_a_look_is_kept_but_of_whoever_calls_there_today(land, sector):
    member = make_member(sector, mobile="5000000077")
    zone_in_charge = make_user("zone", "zone_in_charge", Zone.objects.get(number=1))
    staff = make_user("staff", "district_staff", land.seats[0].district)
    for user, query in ((zone_in_charge, ""), (staff, ""), (staff, "?on=2018-08-10")):
        signed_in(user).get(address(sector) + query)
    kept = [(look.by_id, look.what, look.members) for look in Look.objects.order_by("pk")]
    assert kept == [
        (zone_in_charge.pk, "list", [member.pk]),
        (staff.pk, "history", [member.pk]),
    ]


def test_a_member_is_entered_and_the_form_is_empty_for_the_next(land, sector):
    staff = signed_in(make_user("staff", "district_staff", land.seats[0].district))
    sent = typed(mobile="+91 50000 00088", consent_mode="phone")
    response = staff.post(address(sector), sent)
    assert (response.status_code, response.url) == (302, f"{address(sector)}#enter")
    member = TeamMember.objects.get()
    assert (member.sector, member.name, member.mobile) == (sector, "रामकुमार साहू", "5000000088")
    assert (member.consent_mode, member.consent_on) == ("phone", timezone.localdate())
    form = staff.get(address(sector)).context["form"]
    assert (form.is_bound, form.initial["post"].name_hi) == (False, "सदस्य")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "5"}, "सदस्य का नाम लिखें।"),
        ({"mobile": "12"}, "मोबाइल नंबर नहीं है"),
        ({"mobile": "5000000088"}, "सहमति के बिना केवल नाम रखा जाता है"),
        ({"since": "2999-01-01"}, "यह दिन अभी आया नहीं है।"),
        ({"post": "999999"}, "सही विकल्प चुनें"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(land, sector, fields, said):
    office = signed_in(land.office)
    response = office.post(address(sector), typed(**fields))
    assert response.status_code == 200
    assert said in texts(response)
    assert "रामकुमार साहू" in texts(response) or "name" in fields
    assert not TeamMember.objects.exists()


def test_a_form_sent_twice_enters_one_member(land, sector):
    office = signed_in(land.office)
    sent = [office.post(address(sector), typed()) for _twice in range(2)]
    assert [response.status_code for response in sent] == [302, 200]
    assert "इस टीम में अध्यक्ष के पद पर पहले से हैं" in texts(sent[1])
    assert len(TeamMember.objects.all()) == 1


def test_a_zone_team_says_where_each_is_from_and_is_ready_with_both(land):
    office, page = signed_in(land.office), "/cg/zone/1/team/"
    post = Post.objects.get(level="zone", is_lead=True)
    assert "प्रदेश कार्यकारिणी का सदस्य नहीं, स्थानीय सदस्य नहीं" in texts(office.get(page))
    for name, origin in (("क ख", "state_executive"), ("ग घ", "local")):
        sent = typed(name=name, post=post.pk, origin=origin)
        assert office.post(page, sent).status_code == 302
    assert office.get(page).context["page"].row.is_ready
    assert page in office.get("/cg/zone/1/").content.decode()


@pytest.mark.parametrize("role", ["observer", "seat_in_charge"])
def test_who_may_not_write_a_team_gets_no_form_and_no_entry(land, sector, role):
    area = land.seats[0] if role == "seat_in_charge" else land.seats[0].district
    client = signed_in(make_user("other", role, area))
    assert client.get(address(sector)).context["form"] is None
    assert client.post(address(sector), typed()).status_code == 403
    assert not TeamMember.objects.exists()


def test_a_sector_of_another_seat_is_not_here(land, sector):
    office = signed_in(land.office)
    assert office.get(f"/cg/seat/2/sector/{sector.pk}/team/").status_code == 404
    assert office.get(f"/cg/seat/1/block/{sector.pk}/team/").status_code == 404


def test_a_membership_ends_on_a_day_with_a_reason_in_the_trail(land, sector):
    member = make_member(sector)
    office = signed_in(land.office)
    ending = f"/cg/member/{member.pk}/end/"
    for wrong in ({"until": "2018-08-10"}, {"until": "2018-08-01", "reason": "resigned"}):
        assert office.post(ending, wrong).status_code == 200
    assert TeamMember.objects.get().until is None
    response = office.post(ending, {"until": "2018-08-10", "reason": "resigned"})
    assert response.url == address(sector)
    assert TeamMember.objects.get().until == date(2018, 8, 10)
    version = TeamMember.history.latest("history_id")
    assert (version.history_change_reason, version.history_user) == ("resigned", land.office)
    again = office.post(ending, {"until": "2018-08-11", "reason": "died"})
    assert "टीम से पहले ही हट चुके हैं" in texts(again)


def test_a_past_day_shows_the_team_of_that_day_and_no_form(land, sector):
    make_member(sector, "पहले वाले", until=date(2018, 8, 9))
    make_member(sector, "अब वाले", since=date(2018, 8, 9))
    for day, name in ((date(2018, 8, 8), "पहले वाले"), (date(2018, 8, 9), "अब वाले")):
        context = signed_in(land.office).get(f"{address(sector)}?on={day}").context
        assert [shown.member.name for shown in context["page"].members] == [name]
        assert context["form"] is None
    assert day + timedelta(days=1) < timezone.localdate()
