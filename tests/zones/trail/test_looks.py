"""A look at people beyond one's daily work is recorded with whom it showed; daily work is not."""

from datetime import date

import pytest
from django.contrib import admin
from django.http import QueryDict

from booths import lifecycle
from booths.models import Post, Sector, TeamMember
from tests.admin_world import DAY, make_world, signed_in
from tests.campaign.land import make_campaign
from tests.makers import make_user
from zones.models import Look, Posting
from zones.trail import looks

pytestmark = pytest.mark.django_db
AGENTS = "/admin/booths/agent/"
ASKS = "app_label=booths&model_name=appointment&field_name=agent"


@pytest.fixture
def world():
    return make_world()


def last_look() -> tuple:
    look = Look.objects.get()
    return look.what, look.where, look.agents, look.members, look.users, look.count, look.by_id


def opened(user, address, **post):
    client = signed_in(user)
    response = client.post(address, post) if post else client.get(address)
    assert response.status_code == 200
    return response


def test_the_list_of_agents_says_whom_it_showed_and_not_who_is_elsewhere(world):
    opened(world.staff, AGENTS)
    mine = world.mine.agent_id
    assert last_look() == ("list", AGENTS, [mine], [], [], 1, world.staff.pk)


def test_a_search_is_told_without_what_was_sought(world):
    opened(world.staff, f"{AGENTS}?q=5876543210&stands=yes")
    mine = world.mine.agent_id
    where = f"{AGENTS}?q=…&stands=yes"
    assert last_look() == ("search", where, [mine], [], [], 1, world.staff.pk)


def test_only_rows_that_are_shown_count(world):
    opened(world.office, f"{AGENTS}?q=राम+अपना")
    assert Look.objects.get().agents == [world.mine.agent_id]


def test_a_list_of_nobody_writes_nothing(world):
    opened(world.staff, f"{AGENTS}?q=nobody")
    opened(world.staff, "/admin/booths/booth/")
    assert Look.objects.count() == 0


def test_a_list_of_appointments_says_whose_they_are(world):
    opened(world.staff, "/admin/booths/appointment/")
    assert last_look()[2:] == ([world.mine.agent_id], [], [], 1, world.staff.pk)


def test_a_list_of_team_members_says_who_they_are(world):
    sector = Sector.objects.create(assembly_seat=world.here.assembly_seat, name_hi="सेक्टर")
    far = Sector.objects.create(assembly_seat=world.there.assembly_seat, name_hi="दूर")
    post = Post.objects.create(level="sector", name_hi="अध्यक्ष")
    member = TeamMember.objects.create(sector=sector, post=post, name="डेमो", since=DAY)
    TeamMember.objects.create(sector=far, post=post, name="पराया", since=DAY)
    opened(world.staff, "/admin/booths/teammember/")
    assert last_look()[2:] == ([], [member.pk], [], 1, world.staff.pk)


def test_lists_of_accounts_and_postings_say_whose_they_are(world):
    response = opened(world.office, "/admin/zones/user/")
    shown = sorted(user.pk for user in response.context["cl"].result_list)
    assert last_look()[2:] == ([], [], shown, len(shown), world.office.pk)
    opened(world.office, "/admin/zones/posting/")
    posted = sorted(Posting.objects.values_list("user", flat=True))
    assert Look.objects.first().users == posted


def test_a_history_says_whose_it_is(world):
    opened(world.staff, f"{AGENTS}{world.mine.agent_id}/history/")
    mine = world.mine.agent_id
    where = f"{AGENTS}{mine}/history/"
    assert last_look() == ("history", where, [mine], [], [], 1, world.staff.pk)


def test_a_history_out_of_scope_shows_nobody_and_writes_nothing(world):
    address = f"{AGENTS}{world.theirs.agent_id}/history/"
    assert signed_in(world.staff).get(address).status_code == 404
    assert Look.objects.count() == 0


def test_the_page_before_an_act_on_many_says_whom_it_names(world):
    chosen = {"action": "end_chosen", "_selected_action": world.mine.pk}
    opened(world.staff, "/admin/booths/appointment/", **chosen)
    mine = world.mine.agent_id
    where = "/admin/booths/appointment/"
    assert last_look() == ("list", where, [mine], [], [], 1, world.staff.pk)


def test_an_export_says_whom_it_holds(world):
    opened(world.staff, f"{AGENTS}export/")
    assert Look.objects.count() == 0  # the form holds nobody
    opened(world.staff, f"{AGENTS}export/", format="0", resource="0")
    mine = world.mine.agent_id
    assert last_look() == ("export", f"{AGENTS}export/", [mine], [], [], 1, world.staff.pk)


def test_an_autocomplete_field_says_whom_it_offered(world):
    opened(world.staff, f"/admin/autocomplete/?{ASKS}&term=राम")
    mine = world.mine.agent_id
    where = f"/admin/autocomplete/?term=…&{ASKS}"
    found = last_look()
    assert (found[0], sorted(found[1].partition("?")[2].split("&"))) == (
        "search",
        sorted(where.partition("?")[2].split("&")),
    )
    assert found[2:] == ([mine], [], [], 1, world.staff.pk)


def test_the_booth_list_of_a_seat_says_whom_it_named(world):
    make_campaign(world.state)
    seat = f"/cg/seat/{world.here.assembly_seat.number}/"
    opened(world.staff, seat)
    mine = world.mine.agent_id
    assert last_look() == ("list", seat, [mine], [], [], 1, world.staff.pk)


def test_the_booth_list_names_nobody_to_who_sees_numbers_only(world):
    Posting.objects.filter(user=world.staff).update(role="observer")
    opened(world.staff, f"/cg/seat/{world.here.assembly_seat.number}/")
    assert Look.objects.count() == 0


def test_daily_work_writes_nothing(world):
    seat = world.here.assembly_seat.number
    for address in (
        f"/cg/seat/{seat}/booth/{world.here.label}/",
        f"{AGENTS}{world.mine.agent_id}/change/",
        f"/admin/booths/appointment/{world.mine.pk}/change/",
        f"{AGENTS}quick/?seat={seat}&booth={world.here.label}",
        "/admin/",
    ):
        opened(world.staff, address)
    assert Look.objects.count() == 0


def pages_of_one(world):
    return {
        "list": f"/cg/seat/{world.here.assembly_seat.number}/booth/{world.here.label}/",
        "agent": f"{AGENTS}{world.mine.agent_id}/change/",
    }


@pytest.mark.parametrize("page", ["list", "agent"])
def test_the_page_of_one_is_a_look_for_whoever_does_not_call_there_daily(world, page):
    in_charge = make_user("in_charge", "state_in_charge", world.state)
    make_campaign(world.state)
    address = pages_of_one(world)[page]
    response = opened(in_charge, address)
    assert "5876543210" in response.content.decode()
    assert last_look() == ("list", address, [world.mine.agent_id], [], [], 1, in_charge.pk)


@pytest.mark.parametrize("page", ["list", "agent"])
def test_whoever_stands_there_no_more_is_looked_up_as_history(world, page):
    make_campaign(world.state)
    lifecycle.end(world.mine, on=date(2018, 8, 20), reason="resigned", by=world.staff)
    address = pages_of_one(world)[page]
    opened(world.staff, address)
    assert last_look() == ("history", address, [world.mine.agent_id], [], [], 1, world.staff.pk)


def test_a_past_day_of_a_booth_is_history(world):
    make_campaign(world.state)
    opened(world.staff, f"{pages_of_one(world)['list']}?on=2018-08-15")
    assert last_look()[0] == "history"
    assert last_look()[2] == [world.mine.agent_id]


def test_the_page_of_a_booth_is_no_look_for_whoever_sees_no_people(world):
    make_campaign(world.state)
    opened(make_user("observer", "observer", world.state), pages_of_one(world)["list"])
    assert Look.objects.count() == 0


def test_a_member_of_a_former_team_is_looked_up_as_history(world):
    sector = Sector.objects.create(assembly_seat=world.here.assembly_seat, name_hi="सेक्टर")
    post = Post.objects.create(level="sector", name_hi="अध्यक्ष")
    member = TeamMember.objects.create(sector=sector, post=post, name="डेमो", since=DAY)
    address = f"/admin/booths/teammember/{member.pk}/change/"
    opened(world.staff, address)
    assert Look.objects.count() == 0
    TeamMember.objects.filter(pk=member.pk).update(until=date(2018, 8, 20))
    opened(world.staff, address)
    assert last_look() == ("history", address, [], [member.pk], [], 1, world.staff.pk)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "/x/"),
        ("on=2018-08-31&show=vacant&seat=33", "/x/?on=2018-08-31&show=vacant&seat=33"),
        ("q=राम", "/x/?q=…"),
        ("s=ram&term=ram", "/x/?s=…&term=…"),
        ("name=ram", "/x/?name=…"),
        ("agent__mobile__startswith=58", "/x/?agent__mobile__startswith=…"),
        ("sector=राम", "/x/?sector=…"),
        ("phone=5876543210", "/x/?phone=…"),
        ("page=1&q=", "/x/?page=1"),
        ("who=ramesh.verma", "/x/?who=…"),
        ("x=91-9876543210&z=ABC1234567", "/x/?…=…&…=…"),
        ("ramesh.verma=1&state__ramesh=1", "/x/?…=…&…=…"),
        ("sector=91-9876543210", "/x/?sector=…"),
        ("booth__assembly_seat__id__exact=33", "/x/?booth__assembly_seat__id__exact=33"),
    ],
)
def test_the_page_is_told_without_a_name_or_number(query, says):
    assert looks.place_of("/x/", QueryDict(query)) == says


def test_asking_by_user_name_is_a_search():
    assert looks.is_search(QueryDict("who=ramesh.verma"))


def test_each_filter_of_a_list_is_known_by_name():
    asked = set()
    for model_admin in admin.site._registry.values():
        for said in model_admin.get_list_filter(None):
            first = said[0] if isinstance(said, tuple) else said
            asked.add(getattr(first, "parameter_name", first))
    parts = {part for name in asked for part in name.split("__")}
    assert "assembly_seat" in parts
    assert parts - looks.CUTS - looks.LOOKUPS == set()
