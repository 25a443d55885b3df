"""A list of members holds today's teams in scope, with no number that its reader need not see."""

from datetime import date

import pytest
from django.urls import reverse

from booths.consent import recorded
from booths.imports import CSV
from booths.models import Block, Post, TeamMember
from booths.team_export import TeamMemberResource
from booths.team_list import COLUMNS
from tests.admin_world import make_world, signed_in
from tests.makers import FIRST_DAY, make_scheme, make_sector, make_user
from zones.models import Look, Zone

pytestmark = pytest.mark.django_db
TODAY = date(2018, 8, 20)
EXPORT = reverse("admin:booths_teammember_export")


def make_member(name, level="sector", **fields):
    post = Post.objects.get_or_create(level=level, name_hi="सदस्य")[0]
    if fields.get("mobile"):
        fields |= recorded("paper", on=FIRST_DAY)
    return TeamMember.objects.create(name=name, post=post, **{"since": FIRST_DAY} | fields)


@pytest.fixture
def world():
    world = make_world()
    seat = world.here.assembly_seat
    make_scheme(world.state, {1: [seat.lok_sabha_seat]})
    make_member("सीता", sector=make_sector(seat, "उत्तर"), mobile="5876500000")
    make_member("=गीता", "block", block=Block.objects.create(assembly_seat=seat, name_hi="नगर"))
    make_member("मोहन", "zone", zone=Zone.objects.get(), origin="state_executive")
    make_member("पराया", sector=make_sector(world.there.assembly_seat, "दूर"))
    return world


def exported(user):
    return (
        signed_in(user).post(EXPORT, {"format": "0", "resource": "0"}).content.decode("utf-8-sig")
    )


def test_a_row_says_all_that_an_import_asks(world):
    headings, *rows = exported(world.office).splitlines()
    assert headings == ",".join(COLUMNS)
    assert sorted(rows) == [
        "CG,,zone,1,मोहन,सदस्य,,,state_executive,2018-08-01",
        "CG,48,block,नगर,'=गीता,सदस्य,,,local,2018-08-01",
        "CG,48,sector,उत्तर,सीता,सदस्य,5876500000,paper,local,2018-08-01",
        "CG,62,sector,दूर,पराया,सदस्य,,,local,2018-08-01",
    ]


def test_only_todays_members_of_teams_in_scope_are_taken_out_and_recorded(world):
    make_member("गया", sector=TeamMember.objects.get(name="सीता").sector, until=FIRST_DAY)
    rows = exported(world.staff).splitlines()[1:]
    assert sorted(row.split(",")[4] for row in rows) == ["'=गीता", "सीता"]
    look = Look.objects.get()
    theirs = TeamMember.objects.filter(name__in=["सीता", "=गीता"]).values_list("pk", flat=True)
    assert (look.what, look.where, set(look.members)) == ("export", EXPORT, set(theirs))


@pytest.mark.parametrize(
    ("role", "mobile"), [("district_staff", "5876500000"), ("zone_in_charge", "58•••••000")]
)
def test_a_mobile_stands_in_full_only_where_its_reader_calls(world, role, mobile):
    area = Zone.objects.get() if role == "zone_in_charge" else world.here.assembly_seat.district
    resource = TeamMemberResource(user=make_user("reader", role, area), on=TODAY)
    data = CSV().export_data(resource.export(TeamMember.objects.filter(name="सीता")))
    assert data.splitlines()[1].split(",")[6] == mobile
