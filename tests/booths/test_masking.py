"""Numbers of people in lists: in full where one posting lets the user call there, else masked, and
no search, filter or order tells what is masked."""

import csv
import io
from datetime import date

import pytest
from django.db.models import Q
from django.urls import reverse

from booths import lifecycle
from booths.admin.duplicates import duplicate_warning
from booths.consent import recorded
from booths.imports import CSV, AgentResource
from booths.masking import is_masked, masked, shown
from booths.models import Agent, Appointment, Post, TeamMember
from tests.admin_world import DAY, make_world, signed_in
from tests.booths.test_imports import as_csv, counts, take
from tests.makers import make_posting, make_scheme, make_sector, make_user
from zones import scope
from zones.scope import ROLE_ACTS, Act

TODAY = date(2018, 8, 20)
MINE, THEIRS = "5876543210", "5123456789"


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def zone(world):
    return make_scheme(
        world.state,
        {
            1: [world.here.assembly_seat.lok_sabha_seat],
            2: [world.there.assembly_seat.lok_sabha_seat],
        },
    ).zones.get(number=1)


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("5876543210", "58•••••210"),
        ("WKH1186253", "WK•••••253"),
        ("CG/08/048/123456", "CG•••••••••••456"),
        ("1234567", "•••••••"),
        ("", ""),
    ],
)
def test_the_middle_is_hidden(number, seen):
    assert masked(number) == seen
    assert shown(number, in_full=True) == number
    assert shown(number, in_full=False) == seen
    assert is_masked(seen) == bool(number)


# Lists of the admin

LISTS = ("agent", "appointment", "teammember")


def listed(client, kind, **query):
    return client.get(reverse(f"admin:booths_{kind}_changelist"), query)


def make_member(world):
    return TeamMember.objects.create(
        sector=make_sector(world.here.assembly_seat),
        post=Post.objects.create(level="sector", name_hi="अध्यक्ष"),
        name="सदस्य",
        mobile=MINE,
        since=date(2018, 8, 1),
        **recorded("paper", on=date(2018, 8, 1)),
    )


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(
    ("role", "in_full"),
    [
        ("state_office", True),
        ("district_staff", True),
        ("lok_sabha_in_charge", True),
        ("seat_in_charge", True),
        ("zone_in_charge", False),
        ("state_in_charge", False),
    ],
)
def test_a_list_shows_numbers_in_full_to_whoever_calls_there(world, zone, kind, role, in_full):
    make_member(world)
    seat = world.here.assembly_seat
    areas = {
        "state_office": world.state,
        "state_in_charge": world.state,
        "district_staff": seat.district,
        "lok_sabha_in_charge": seat.lok_sabha_seat,
        "seat_in_charge": seat,
        "zone_in_charge": zone,
    }
    text = listed(signed_in(make_user("who", role, areas[role])), kind).content.decode()
    assert (MINE in text, "58•••••210" in text) == (in_full, not in_full)
    assert "tel:" not in text
    assert "wa.me" not in text


@pytest.mark.parametrize("kind", ["agent", "appointment"])
def test_it_is_decided_row_by_row_and_never_pooled(world, kind):
    """One posting shows people of the whole state, another lets call in one seat only."""
    user = make_user("two", "state_in_charge", world.state)
    make_posting(user, "seat_in_charge", world.here.assembly_seat)
    text = listed(signed_in(user), kind).content.decode()
    assert (MINE in text, THEIRS in text) == (True, False)
    assert "51•••••789" in text


@pytest.mark.parametrize(
    ("query", "who", "found"),
    [
        ("58765", "staff", True),
        ("3210", "staff", True),
        (MINE, "staff", True),
        ("58765", "zone", False),
        ("3210", "zone", False),
        ("210", "zone", False),
        (MINE, "zone", True),  # they know it already
        ("राम", "zone", True),
    ],
)
@pytest.mark.parametrize("kind", LISTS)
def test_a_masked_number_is_found_by_the_whole_of_it_only(world, zone, kind, query, who, found):
    make_member(world)
    query = "सदस्य" if query == "राम" and kind == "teammember" else query
    user = world.staff if who == "staff" else make_user("zone", "zone_in_charge", zone)
    rows = listed(signed_in(user), kind, q=query).context["cl"].result_list
    assert bool(len(rows)) is found


@pytest.mark.parametrize(
    "lookup", ["mobile__startswith", "mobile", "epic_no__gt", "elector_part", "listed_mobile"]
)
def test_no_filter_typed_into_the_address_tells_a_digit(world, lookup):
    for kind, before in (("agent", ""), ("appointment", "agent__"), ("teammember", "")):
        answer = listed(signed_in(world.office), kind, **{before + lookup: "58"})
        assert answer.status_code == 400, kind


def test_masked_numbers_do_not_order_a_list(world, zone):
    client = signed_in(make_user("zone", "zone_in_charge", zone))
    for kind in LISTS:
        admin = listed(client, kind).context["cl"].model_admin
        column = list(admin.list_display).index("mobile_shown")
        assert getattr(admin.mobile_shown, "admin_order_field", None) is None, column


def test_an_agent_is_offered_by_a_fragment_only_where_the_number_is_seen(world):
    user = make_user("two", "district_staff", world.here.assembly_seat.district)
    make_posting(user, "state_in_charge", world.state)
    asked = {"app_label": "booths", "model_name": "appointment", "field_name": "agent"}
    client = signed_in(user)
    path = reverse("admin:autocomplete")
    offered = {
        q: [each["text"] for each in client.get(path, asked | {"term": q}).json()["results"]]
        for q in ("5876", "5123")
    }
    assert offered == {"5876": [str(world.mine.agent)], "5123": []}


# Exports


def exported(user) -> dict[str, dict]:
    rows = AgentResource(user=user, on=TODAY).export(Agent.objects.order_by("pk"))
    return {row["name"]: row for row in csv.DictReader(io.StringIO(CSV().export_data(rows)))}


def test_an_export_has_in_full_what_each_act_grants_at_each_booth(world, monkeypatch):
    Agent.objects.update(epic_no="WKH1186253")
    # Today every role that exports sees all it exports; the table may say otherwise tomorrow.
    exporter = frozenset({Act.SEE_NUMBERS, Act.SEE_PEOPLE, Act.EXPORT_PEOPLE})
    monkeypatch.setitem(scope.ROLE_ACTS, "zone_in_charge", exporter)
    monkeypatch.setitem(scope.ROLE_ACTS, "state_in_charge", exporter)
    monkeypatch.setitem(scope.ROLE_ACTS, "seat_in_charge", exporter | {Act.LIST_CONTACTS})
    user = make_user("two", "state_in_charge", world.state)
    make_posting(user, "seat_in_charge", world.here.assembly_seat)
    rows = exported(user)
    assert {name: (row["mobile"], row["epic_no"]) for name, row in rows.items()} == {
        "राम अपना": (MINE, "WK•••••253"),
        "श्याम पराया": ("51•••••789", "WK•••••253"),
    }
    assert exported(world.office)["राम अपना"]["epic_no"] == "WKH1186253"


def test_a_list_with_masked_numbers_changes_none(world):
    agent = world.mine.agent
    Agent.objects.filter(pk=agent.pk).update(epic_no="WKH1186253")
    head = "code,name,mobile,epic_no"
    same = take(world.staff, as_csv(f"{agent.code},,58•••••210,WK•••••253", head=head))
    assert same.counts == counts(rows=1, unchanged=1)
    other = take(world.staff, as_csv(f"{agent.code},,59•••••210,", head=head))
    assert other.counts == counts(rows=1, faulty=1)
    agent.refresh_from_db()
    assert (agent.mobile, agent.epic_no) == (MINE, "WKH1186253")


def test_whoever_imports_may_see_what_the_preview_shows():
    importing = [acts for acts in ROLE_ACTS.values() if Act.IMPORT_AGENTS in acts]
    assert importing
    assert all({Act.LIST_CONTACTS, Act.ENTER_PEOPLE} <= acts for acts in importing)


# Notices of duplicates


def test_a_notice_of_duplicates_tells_no_number(world):
    twin = Agent.objects.get(pk=world.theirs.agent_id)
    Agent.objects.filter(pk=twin.pk).update(mobile=MINE)
    seat = world.here.assembly_seat
    lifecycle.propose(world.here, twin, on=DAY, by=None, kind="relief_agent")
    assert Appointment.objects.filter(booth__assembly_seat=seat).count() == 2
    told = duplicate_warning(world.mine.agent, Q())
    assert "श्याम पराया" in told
    assert MINE not in told
