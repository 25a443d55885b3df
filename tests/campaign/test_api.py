"""The API: places and booths by number, cut to what the user sees, and no person's data."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from booths import bookkeeping, lifecycle
from tests.campaign.land import make_land
from tests.makers import (
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_lok_sabha_seat,
    make_scheme,
    make_state,
    make_user,
)

pytestmark = pytest.mark.django_db
RATE = 6  # queries that count the request


@pytest.fixture
def territory():
    """Two Lok Sabha seats in two zones, a seat and three booths in each; one booth is covered."""
    state = make_state()
    seats = [
        make_assembly_seat(1, make_lok_sabha_seat(number=7), make_district(slug="raipur")),
        make_assembly_seat(2, make_lok_sabha_seat(number=8), make_district(slug="durg")),
    ]
    make_scheme(state, {n: [seat.lok_sabha_seat] for n, seat in enumerate(seats, 1)})
    booths = [make_booth(number, seat=seat) for seat in seats for number in (2, 1, 12)]
    bookkeeping.record(Counter(), bookkeeping.booth_changes(booth.pk for booth in booths))
    yesterday = timezone.localdate() - timedelta(days=1)
    agent = make_agent("डेमो गोपनीय", mobile="5812345678")
    lifecycle.appoint_at(booths[0], agent, on=yesterday, by=make_user("staff"))
    return seats


def get(address, user):
    client = Client()
    client.force_login(user)
    return client.get(f"/api/v1/{address}")


def test_booths_come_in_natural_order_with_their_cover(territory):
    answer = get("cg/booths/?assembly_seat=1", make_user("office", "state_office", make_state()))
    rows = answer.json()["results"]
    assert [(row["number"], row["cover"]) for row in rows] == [
        (1, "vacant"),
        (2, "covered"),
        (12, "vacant"),
    ]


def test_booths_can_be_filtered_by_cover(territory):
    answer = get("cg/booths/?cover=covered", make_user("office", "state_office", make_state()))
    assert [row["number"] for row in answer.json()["results"]] == [2]


@pytest.mark.parametrize(
    ("address", "key", "values"),
    [
        ("cg/zones/", "number", [1, 2]),
        ("cg/lok-sabha-seats/", "number", [7, 8]),
        ("cg/districts/", "slug", ["durg", "raipur"]),
        ("cg/assembly-seats/", "number", [1, 2]),
        ("cg/assembly-seats/?lok_sabha_seat=8", "number", [2]),
        ("cg/assembly-seats/?district=raipur", "number", [1]),
    ],
)
def test_places_by_their_numbers(territory, address, key, values):
    answer = get(address, make_user("observer", "observer", make_state()))
    assert [row[key] for row in answer.json()["results"]] == values


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("cg/assembly-seats/1/", 200),
        ("cg/assembly-seats/2/", 404),
        ("cg/zones/1/", 200),
        ("cg/zones/2/", 404),
        ("cg/lok-sabha-seats/8/", 404),
        ("cg/districts/durg/", 404),
        ("tn/assembly-seats/", 404),
    ],
)
def test_what_lies_out_of_scope_is_not_found(territory, address, status):
    make_assembly_seat(1, state=make_state("TN"))
    user = make_user("seat", "seat_in_charge", territory[0])
    assert get(address, user).status_code == status


def test_lists_hold_nothing_out_of_scope(territory):
    user = make_user("seat", "seat_in_charge", territory[0])
    rows = get("cg/booths/", user).json()["results"]
    assert {row["assembly_seat"] for row in rows} == {1}
    assert get("cg/booths/?assembly_seat=2", user).json()["results"] == []


def test_no_answer_holds_a_person(territory):
    user = make_user("office", "state_office", make_state())
    for address in ("cg/booths/", "cg/assembly-seats/", "cg/zones/"):
        text = get(address, user).content.decode()
        assert "गोपनीय" not in text and "5812345678" not in text


@pytest.mark.parametrize("address", ["cg/booths/", "cg/zones/", "schema/"])
def test_nobody_enters_without_signing_in(address, territory):
    assert Client().get(f"/api/v1/{address}").status_code in (401, 403)


def test_a_user_without_posting_finds_no_state(territory):
    assert get("cg/booths/", make_user("nobody")).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(territory, method):
    client = Client()
    client.force_login(make_user("office", "state_office", make_state()))
    assert getattr(client, method)("/api/v1/cg/booths/").status_code == 405


def test_the_list_of_booths_takes_the_same_queries_for_one_and_for_many(
    territory, django_assert_num_queries
):
    client = Client()
    client.force_login(make_user("office", "state_office", make_state()))
    for number in (1, 30):
        for n in range(number):
            make_booth(100 * number + n, seat=territory[0])
        with django_assert_num_queries(7 + RATE):
            client.get("/api/v1/cg/booths/?assembly_seat=1")


def test_the_schema_describes_every_route(territory):
    answer = get("schema/?format=json", make_user("office", "state_office", make_state()))
    assert answer.status_code == 200
    assert {"/api/v1/{state}/booths/", "/api/v1/{state}/zones/{number}/"} <= set(
        answer.json()["paths"]
    )


DAY = date(2018, 8, 11)


@pytest.fixture
def land():
    return make_land()


def test_the_tally_of_the_state_is_the_sum_of_its_seats(land):
    answer = get(f"cg/tallies/?on={DAY}", land.office).json()
    assert (answer["campaign"], answer["on"], answer["due_on"]) == (
        "2018",
        "2018-08-11",
        "2018-08-31",
    )
    for column in ("booths", "covered", "proposed", "vacant", "verified"):
        assert answer["area"][column] == sum(seat[column] for seat in answer["assembly_seats"])
    assert answer["area"]["progress"]["days_left"] == 21
    assert [seat["number"] for seat in answer["assembly_seats"]] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("area", "seats", "booths"),
    [
        ("zone=1", [1, 2], 6),
        ("lok_sabha_seat=1", [1, 2], 6),
        ("assembly_seat=1", [1], 4),
        ("district=raipur", [1, 3], 3),
        ("zone=2", [3], 0),
    ],
)
def test_the_tally_of_each_kind_of_area(land, area, seats, booths):
    answer = get(f"cg/tallies/?on={DAY}&{area}", land.office).json()
    assert [seat["number"] for seat in answer["assembly_seats"]] == seats
    assert answer["area"]["booths"] == booths


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("on=2099-01-01", 400),
        ("on=yesterday", 400),
        ("zone=1&district=raipur", 400),
        ("zone=x", 400),
        ("zone=9", 404),
        ("assembly_seat=999", 404),
        ("campaign=none", 404),
    ],
)
def test_what_cannot_be_tallied_is_refused(land, query, status):
    assert get(f"cg/tallies/?{query}", land.office).status_code == status


def test_a_tally_out_of_scope_is_not_found(land):
    user = make_user("of-seat-1", "seat_in_charge", land.seats[0])
    assert get("cg/tallies/?assembly_seat=1", user).status_code == 200
    for query in ("", "assembly_seat=2", "zone=1", "district=durg"):
        assert get(f"cg/tallies/?{query}", user).status_code == 404


def test_a_tally_takes_the_same_queries_for_one_seat_and_for_all(land, django_assert_num_queries):
    client = Client()
    client.force_login(land.office)
    for query in ("assembly_seat=1", "lok_sabha_seat=1"):
        with django_assert_num_queries(7 + RATE):
            client.get(f"/api/v1/cg/tallies/?{query}")


def test_the_index_leads_to_every_list_of_the_users_states(land):
    links = get("", land.office).json()
    assert "cg tallies" in links and len(links) == 8
    client = Client()
    client.force_login(land.office)
    for address in links.values():
        assert client.get(address).status_code == 200, address
    assert list(get("", make_user("nobody")).json()) == ["schema"]


@pytest.mark.parametrize("number", ["-1e1000000", "1e5", "1.5", "0", "99999", "x"])
@pytest.mark.parametrize(
    "filter_", ["booths/?assembly_seat", "booths/?number", "assembly-seats/?lok_sabha_seat"]
)
def test_a_number_that_no_place_has_is_refused_at_once(land, filter_, number):
    assert get(f"cg/{filter_}={number}", land.office).status_code == 400


def test_a_page_holds_a_thousand_rows_at_most(land):
    assert get(f"cg/booths/?limit={10**30}", land.office).status_code == 200
