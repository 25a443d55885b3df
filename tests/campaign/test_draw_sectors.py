"""The page that draws the sectors of a seat."""

import pytest

from booths.models import Booth, Sector
from tests.admin_world import signed_in
from tests.campaign.land import make_land
from tests.makers import make_user

pytestmark = pytest.mark.django_db
PAGE = "/cg/seat/1/sectors/"


@pytest.fixture
def land():
    return make_land()


def sectors_of(land) -> dict[str, str]:
    rows = Booth.objects.filter(assembly_seat=land.seats[0]).select_related("sector")
    return {booth.label: booth.sector.name_hi if booth.sector else "" for booth in rows}


def test_booths_named_by_range_and_ticked_make_a_new_sector(land):
    sent = {"numbers": "2-2A", "ticked": [land.booth(1, 3).pk], "name": "नया"}
    response = signed_in(land.office).post(PAGE, sent)
    assert response.status_code == 302
    assert sectors_of(land) == {"1": "सेक्टर 1", "2": "नया", "2A": "नया", "3": "नया"}
    assert Booth.history.filter(id=land.booth(1, 3).pk).latest("history_id").sector_id


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"numbers": "1-x", "name": "नया"}, "1-x"),
        ({"numbers": "2, 99", "name": "नया"}, "99"),
        ({"numbers": "2"}, "name"),
        ({"name": "नया"}, "numbers"),
        ({"numbers": "1-2", "name": "नया"}, "दूसरे सेक्टर में हैं: 1।"),
        ({"numbers": "2", "name": "सेक्टर 1"}, "इस सीट में इस नाम का सेक्टर"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(land, sent, said):
    before = sectors_of(land)
    response = signed_in(land.office).post(PAGE, sent)
    assert response.status_code == 200
    assert said in str(response.context["form"].errors)
    assert sectors_of(land) == before
    assert len(Sector.objects.all()) == 1


def test_booths_of_another_sector_move_when_that_is_said(land):
    sent = {"numbers": "1", "name": "नया", "moving": "on"}
    signed_in(land.office).post(PAGE, sent)
    assert sectors_of(land)["1"] == "नया"


def test_a_proposal_is_shown_and_drawn_only_when_accepted(land):
    office = signed_in(land.office)
    shown = office.get(f"{PAGE}?propose=1")
    assert [[each.label for each in group] for group in shown.context["plan"]] == [["2", "2A", "3"]]
    assert sectors_of(land)["2"] == ""
    response = office.post(PAGE, {"seen": shown.context["seen"]})
    assert response.status_code == 302
    assert sectors_of(land) == {"1": "सेक्टर 1"} | dict.fromkeys(("2", "2A", "3"), "सेक्टर 2")


def test_a_proposal_that_is_no_longer_true_is_shown_again(land):
    office = signed_in(land.office)
    seen = office.get(f"{PAGE}?propose=1").context["seen"]
    Booth.objects.filter(number=3).update(sector=land.seats[0].sectors.get())
    response = office.post(PAGE, {"seen": seen})
    assert "फिर देखें" in str(next(iter(response.context["messages"])))
    assert sectors_of(land)["2"] == ""


def test_only_booths_of_ones_own_area_are_drawn(land):
    staff = signed_in(make_user("staff", "district_staff", land.seats[0].district))
    assert staff.post(PAGE, {"numbers": "3", "name": "नया"}).status_code == 200  # lies in Durg
    assert staff.post(PAGE, {"numbers": "2", "name": "नया"}).status_code == 302
    observer = signed_in(make_user("observer", "observer", land.state))
    assert observer.get(PAGE).status_code == 403


def test_the_page_asks_as_often_for_four_booths_as_for_forty(land, django_assert_num_queries):
    office, seat = signed_in(land.office), land.seats[0]
    for numbers in ((), range(10, 46)):
        Booth.objects.bulk_create(
            Booth(assembly_seat=seat, number=n, listed_on="2018-08-01") for n in numbers
        )
        with django_assert_num_queries(8):
            office.get(f"{PAGE}?propose=1")
