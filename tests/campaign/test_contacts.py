"""Whom to call about a zone: names for all who see the numbers, mobiles for those who serve it."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from booths.consent import recorded
from booths.models import Post, TeamMember
from tests.campaign.land import TODAY, make_land
from tests.campaign.test_pages import on, signed_in, text_of
from tests.makers import FIRST_DAY, make_posting, make_user
from zones.models import Look, Zone

pytestmark = pytest.mark.django_db
PAGE = "zone/1/contacts/"
MOBILES = ["5000000011", "5000000012", "5000000013", "5000000014"]


@pytest.fixture(autouse=True)
def language_is_left_as_it_was():
    with override("en"):
        yield


@pytest.fixture
def land():
    return make_land()


def make_people(land, number=1):
    zone = Zone.objects.get(number=number)
    told = {"first_name": "निगरानी", "mobile": MOBILES[0]}
    make_user("monitor", "state_in_charge", zone, **told)
    make_user("old", "zone_in_charge", zone, until=TODAY, first_name="पुराने वाले", mobile=MOBILES[1])
    make_user("seat", "seat_in_charge", land.seats[1], first_name="सीट वाले", mobile=MOBILES[2])
    post = Post.objects.create(level="zone", name_hi="संयोजक", name_en="Convener")
    return TeamMember.objects.create(
        zone=zone, post=post, name="टोली वाले", mobile=MOBILES[3], since=FIRST_DAY,
        **recorded("paper", on=FIRST_DAY),
    )  # fmt: skip


def shown(user) -> list[str]:
    page = signed_in(user).get(on(PAGE)).content.decode()
    return [mobile for mobile in MOBILES if mobile in page]


def test_who_serves_the_zone_calls_and_who_sees_its_numbers_reads_names(land):
    make_people(land)
    users = {
        "office": land.office,
        "own": make_user("own", "zone_in_charge", Zone.objects.get(number=1)),
        "other": make_user("other", "zone_in_charge", Zone.objects.get(number=2)),
        "observer": make_user("observer", "observer", land.state),
    }
    called = [MOBILES[0], MOBILES[2], MOBILES[3]]
    assert {who: shown(user) for who, user in users.items()} == {
        "office": called,
        "own": called,
        "other": [],
        "observer": [],
    }
    text = text_of(signed_in(users["observer"]).get(on(PAGE)))
    assert "निगरानी State in-charge since 1 August 2018" in text
    assert "Earlier पुराने वाले Zone in-charge from 1 August 2018, ended on 11 August 2018" in text
    assert "टोली वाले Convener" in text
    assert "2 Seat 2 सीट वाले Assembly in-charge" in text
    assert "1 Seat 1 nobody in charge" in text


def test_a_call_and_a_message_are_one_tap(land):
    make_people(land)
    page = signed_in(land.office).get(on(PAGE)).content.decode()
    assert f'href="tel:+91{MOBILES[0]}"' in page
    assert f'href="https://wa.me/91{MOBILES[3]}"' in page


def test_a_look_is_kept_of_those_whose_mobiles_were_shown_and_of_no_other(land):
    member = make_people(land)
    signed_in(make_user("observer", "observer", land.state)).get(on(PAGE))
    assert not Look.objects.exists()
    signed_in(land.office).get(on(PAGE))
    look = Look.objects.get()
    assert (len(look.users), look.members) == (2, [member.pk])


def test_a_zone_with_nobody_says_so(land):
    page = text_of(signed_in(land.office).get(on("zone/2/contacts/")))
    assert "This zone has nobody: no in-charge and no team." in page
    make_user("z", "zone_in_charge", Zone.objects.get(number=2))
    page = text_of(signed_in(land.office).get(on("zone/2/contacts/")))
    assert "This zone has nobody" not in page


def test_the_page_of_a_zone_leads_there(land):
    assert f"/cg/{PAGE}?on={TODAY}" in signed_in(land.office).get(on("zone/1/")).content.decode()


def test_a_state_in_charge_finds_the_own_zones_first(land):
    user = make_user("monitor", "state_in_charge", land.state)
    make_posting(user, "state_in_charge", Zone.objects.get(number=2))
    page = signed_in(user).get(on(""))
    cards = [(card.part.place and card.part.place.number) for card in page.context["page"].zones]
    assert cards == [2, 1, None]
    assert "Zone 2 yours" in text_of(page)
    home = [address for address, _posting in signed_in(user).get("/").context["places"]]
    assert home == ["/cg/zone/2/", "/cg/"]
    others = signed_in(land.office).get(on("")).context["page"].zones
    assert [card.is_own for card in others] == [False] * 3


@pytest.mark.parametrize("people", [1, 30])
def test_the_page_asks_as_often_for_thirty_people_as_for_one(
    land, django_assert_num_queries, people
):
    zone = Zone.objects.get(number=1)
    for number in range(people):
        make_user(f"z{number}", "zone_in_charge", zone, mobile=f"50000001{number:02d}")
        make_user(f"s{number}", "seat_in_charge", land.seats[0], until=TODAY + timedelta(days=9))
    client = signed_in(land.office)
    with django_assert_num_queries(10):
        assert client.get(on(PAGE)).status_code == 200
