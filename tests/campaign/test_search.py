"""The search of a state: what it finds for whom, as a page and as the part that is exchanged."""

import pytest

from booths import erasure, lifecycle
from booths.models import Agent, Appointment
from campaign import search
from tests.campaign.land import TODAY, make_land
from tests.campaign.test_pages import signed_in, text_of
from tests.campaign.test_pages_people import user_as  # noqa: F401
from tests.makers import make_agent, make_assembly_seat, make_booth, make_state, make_user
from zones.models import AssemblySeat, Look

pytestmark = pytest.mark.django_db
AS_PART = {"HX-Request": "true"}


@pytest.fixture
def land():
    return make_land()


def found(user, typed: str, **asked) -> dict[str, list[str]]:
    """What is shown, by group."""
    page = signed_in(user).get("/cg/search/", {"q": typed} | asked)
    assert page.status_code == 200
    return {
        group.kind: [_said(group.kind, row) for row in group.rows]
        for group in page.context["found"].groups
    }


def _said(kind: str, row) -> str:
    if kind == "agents":
        return f"{row.agent.name} {row.status} {row.booth.label if row.booth else '-'}".strip()
    return f"{row.assembly_seat.number}/{row.label}" if kind == "booths" else row.name


def test_a_state_is_searched_by_number_building_place_and_agent(land):
    AssemblySeat.objects.filter(number=3).update(name_hi="धमतरी", name_en="Dhamtari")
    office = land.office
    assert found(office, "2") == {"places": ["Seat 2"], "booths": ["1/2", "1/2A", "2/2"]}
    assert found(office, "1/2A") == {"booths": ["1/2A"]}
    assert found(office, "samudayik bhavan") == {"booths": ["1/2A"]}
    assert found(office, "dhamtari") == found(office, "धमतरी") == {"places": ["Dhamtari"]}
    make_booth(9, seat=land.seats[2])
    assert found(office, "dhamtari 9") == {"booths": ["3/9"]}
    for typed in ("Ramkumar", "रामकुमार", "ram kumar sahoo"):
        assert found(office, typed) == {"agents": ["रामकुमार साहू appointed 1"]}, typed
    for typed in ("laxmi", "lakshmi", "लक्ष्मी"):
        assert found(office, typed) == {"agents": ["लक्ष्मी वर्मा proposed 2"]}, typed
    assert found(office, "5000000001") == found(office, "zzz") == found(office, "") == {}


# An agent stands at booth 3 of seat 1, which lies in the district of Durg, and one in seat 4.
PEOPLE = {
    "state_office": {"रामकुमार साहू appointed 1", "रामकुमार पार proposed 3", "रामकुमार दूर proposed 1"},
    "state_in_charge": {
        "रामकुमार साहू appointed 1",
        "रामकुमार पार proposed 3",
        "रामकुमार दूर proposed 1",
    },
    "observer": set(),
    "zone_in_charge": set(),  # of zone 2, where nobody stands
    "lok_sabha_in_charge": {"रामकुमार साहू appointed 1", "रामकुमार पार proposed 3"},
    "seat_in_charge": {"रामकुमार साहू appointed 1", "रामकुमार पार proposed 3"},
    "durg_staff": {"रामकुमार पार proposed 3", "रामकुमार दूर proposed 1"},
    "raipur_staff": {"रामकुमार साहू appointed 1"},
}
BOOTHS = {
    "lok_sabha_in_charge": ["1/1", "2/1"],
    "seat_in_charge": ["1/1"],
    "raipur_staff": ["1/1"],
}


@pytest.mark.parametrize("who", PEOPLE)
def test_people_are_found_where_they_are_served_and_booths_where_numbers_are_seen(
    land,
    user_as,  # noqa: F811
    who,
):
    for name, booth in (("रामकुमार पार", land.booth(1, 3)), ("रामकुमार दूर", land.booth(4, 1))):
        lifecycle.propose(booth, make_agent(name), on=TODAY, by=land.office)
    user = user_as(who)
    assert {*found(user, "ramkumar").get("agents", [])} == PEOPLE[who]
    everywhere = ["1/1", "2/1", "4/1"]
    assert found(user, "1")["booths"] == BOOTHS.get(who, everywhere)


def test_whoever_has_no_place_in_the_state_finds_no_page(land):
    elsewhere = make_state("MP")
    there = make_user("there", "state_office", elsewhere)
    make_assembly_seat(1, state=elsewhere)
    assert signed_in(there).get("/cg/search/").status_code == 404
    assert signed_in(make_user("nobody")).get("/cg/search/").status_code == 404


def test_nobody_is_found_who_was_erased_or_whose_appointment_lies_beyond_the_place(land, user_as):  # noqa: F811
    first = Appointment.objects.get(booth=land.booth(1, 1))
    lifecycle.end(first, on=TODAY, reason="resigned", by=land.office)
    assert found(land.office, "ramkumar") == {"agents": ["रामकुमार साहू ended 1"]}
    lifecycle.propose(land.booth(4, 1), first.agent, on=TODAY, by=land.office)
    assert found(land.office, "ramkumar") == {"agents": ["रामकुमार साहू proposed 1"]}
    assert found(user_as("raipur_staff"), "ramkumar") == {"agents": ["रामकुमार साहू ended 1"]}
    lifecycle.end(Appointment.objects.latest("pk"), on=TODAY, reason="resigned", by=land.office)
    erasure.erase(first.agent, on=TODAY, by=land.office, reason="asked")
    assert found(land.office, "ramkumar") == found(land.office, "हटाया") == {}


def test_who_is_not_yet_placed_is_found_by_who_entered_them(land, user_as):  # noqa: F811
    staff = user_as("raipur_staff")
    Agent.objects.create(name="अभी नया", code="T99999", entered_by=staff)
    assert found(staff, "abhi") == {"agents": ["अभी नया  -"]}
    assert found(user_as("durg_staff"), "abhi") == {}


def test_nobodys_number_is_shown_and_who_was_shown_is_recorded_without_the_word(land):
    page = signed_in(land.office).get("/cg/search/?q=ramkumar")
    assert "5000000001" not in page.content.decode()
    look = Look.objects.latest("pk")
    agent = Agent.objects.get(name="रामकुमार साहू")
    assert (look.what, look.where, look.agents) == ("search", "/cg/search/?q=…", [agent.pk])


def test_of_many_the_first_are_shown_and_the_rest_by_pages(land, monkeypatch):
    monkeypatch.setattr(search, "FEW", 2)
    monkeypatch.setattr(search, "MANY", 2)
    for number in (5, 6, 7):
        make_booth(number, seat=land.seats[2], name_hi="मैदान")
    page = signed_in(land.office).get("/cg/search/?q=maidan")
    assert "1 more" in text_of(page)
    assert found(land.office, "maidan") == {"booths": ["3/5", "3/6"]}
    assert found(land.office, "maidan", kind="booths", page="2") == {"booths": ["3/7"]}
    assert found(land.office, "maidan", kind="agents") == {}


def test_typing_gets_the_part_alone_and_enter_the_page_by_the_same_address(land):
    client = signed_in(land.office)
    part = client.get("/cg/search/?q=ramkumar", headers=AS_PART)
    page = client.get("/cg/search/?q=ramkumar")
    again = client.get(
        "/cg/search/?q=ramkumar", headers=AS_PART | {"HX-History-Restore-Request": "true"}
    )
    assert "<html" not in part.content.decode()
    assert part.content.decode().strip() in page.content.decode()
    assert again.content.decode().startswith("<!doctype html>")
    assert all("HX-Request" in answer.headers["Vary"] for answer in (part, page))


def test_the_booth_list_alone_is_given_anew_for_a_filter_a_word_or_an_order(land):
    client = signed_in(land.office)
    for query in ("show=vacant", "q=ramkumar", "order=status"):
        part = client.get(f"/cg/seat/1/?{query}", headers=AS_PART)
        page = client.get(f"/cg/seat/1/?{query}")
        assert "<html" not in part.content.decode()
        assert part.content.decode().strip() in page.content.decode(), query
        assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize(
    ("order", "labels"),
    [
        ("", ["1", "2", "2A", "3"]),
        ("status", ["2A", "3", "2", "1"]),
        ("name", ["1", "2", "2A", "3"]),
        ("electors", ["3", "1", "2", "2A"]),
        ("password", ["1", "2", "2A", "3"]),
    ],
)
def test_the_booth_list_has_the_order_asked_for(land, order, labels):
    booth = land.booth(1, 3)
    booth.electors_total = 900
    booth.save()
    page = signed_in(land.office).get(f"/cg/seat/1/?order={order}")
    assert [row.booth.label for row in page.context["rows"]] == labels


def test_a_part_of_a_page_that_needs_a_sign_in_first_asks_for_the_whole_page(land, client):
    answer = client.get("/cg/seat/1/?show=vacant", headers=AS_PART)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (200, "true")
    assert client.get("/cg/seat/1/?show=vacant").status_code == 302


@pytest.mark.parametrize("typed", ["ramkumar", "2", "shala"])
def test_a_search_asks_as_often_however_much_it_finds(land, typed, django_assert_max_num_queries):
    client = signed_in(land.office)
    client.get("/cg/search/")
    for number in range(40):
        booth = make_booth(200 + number, seat=land.seats[2])
        lifecycle.propose(booth, make_agent(f"रामकुमार {number}"), on=TODAY, by=land.office)
    with django_assert_max_num_queries(18):
        client.get("/cg/search/", {"q": typed})
