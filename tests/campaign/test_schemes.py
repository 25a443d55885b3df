"""The office's pages of zone schemes, and what follows a scheme that came into force."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from booths.models import Post, TeamMember
from campaign import redrawing
from campaign.models import Commitment, ReviewMeeting
from tests.campaign.land import make_land
from tests.campaign.test_pages import signed_in, text_of
from tests.makers import FIRST_DAY, make_user
from tests.races import at_once
from zones import schemes
from zones.models import Posting, SchemeTerm, User, Zone, ZoneScheme
from zones.schemes import DrawnZone


@pytest.fixture(autouse=True)
def language_is_left_as_it_was():
    with override("en"):
        yield


@pytest.fixture
def land(db):
    return make_land()


def make_drawn(land, name="Three zones"):
    """Zone 1 has Lok Sabha seats 2 and 3, zone 2 has 1; before, 1 was in zone 1 and 3 in none."""
    first, second, third = land.state.lok_sabha_seats.order_by("number")
    drawn = [
        DrawnZone(1, "नया 1", "New 1", [second.pk, third.pk]),
        DrawnZone(2, "नया 2", "New 2", [first.pk]),
    ]
    today = timezone.localdate()
    return schemes.draw(
        land.state, name_hi=name, name_en=name, zones=drawn, by=land.office, on=today
    )


def make_team(zone, name="टोली"):
    post = Post.objects.get_or_create(level="zone", name_hi="संयोजक")[0]
    return TeamMember.objects.create(zone=zone, post=post, name=name, since=FIRST_DAY)


def old_zones():
    return list(Zone.objects.filter(scheme__name_en="Four zones").order_by("number"))


def in_force_form(new, day, zones=(1, 2)):
    """What the form sends: the old zones 1 and 2 go to these numbers of the new scheme."""
    said = {"from_on": day.isoformat()}
    for old, number in zip(old_zones(), zones, strict=True):
        for what in ("postings", "team"):
            said[f"{what}_{old.pk}"] = str(new.zones.get(number=number).pk)
    return said


def test_the_list_tells_zones_terms_and_what_is_not_recorded(land):
    make_drawn(land)
    five = ZoneScheme.objects.create(state=land.state, name_hi="पाँच", name_en="Five zones")
    SchemeTerm.objects.create(state=land.state, scheme=five, from_on=FIRST_DAY - timedelta(days=9))
    page = text_of(signed_in(land.office).get("/cg/schemes/"))
    assert "Four zones in force from 1 August 2018" in page
    assert "Zone 1 Lok Sabha 1 Zone 2 Lok Sabha 2 Without zone Lok Sabha 3" in page
    assert "Three zones drawn, not in force" in page
    assert "The zones of this scheme are not recorded." in page
    assert "Which zones there were before 23 July 2018 is not recorded." in page


def test_a_zone_is_added_and_taken_out_without_a_script_and_nothing_is_kept(land):
    client = signed_in(land.office)
    form = client.get("/cg/schemes/new/").context["form"]
    seat = form.seats[1]
    assert (form.numbers, form[f"seat_{seat.pk}"].value()) == ([1, 2], "2")
    said = {"name_en": "Mine", "zone": ["1", "2"], f"seat_{seat.pk}": "2", "zone_2_hi": "मेरा"}

    more = client.post("/cg/schemes/new/", said | {"add": "1"}).context["form"]
    assert (more.numbers, more["name_en"].value(), more["zone_2_hi"].value()) == (
        [1, 2, 3],
        "Mine",
        "मेरा",
    )
    less = client.post("/cg/schemes/new/", said | {"take_out": "2"}).context["form"]
    assert (less.numbers, less[f"seat_{seat.pk}"].value()) == ([1], "")
    assert ZoneScheme.objects.get().name_en == "Four zones"


def test_the_office_draws_a_scheme_by_moving_seats(land):
    first, second, third = land.state.lok_sabha_seats.order_by("number")
    said = {"name_hi": "तीन", "name_en": "Three", "zone": ["1", "2"]}
    said |= {"zone_1_hi": "पहला", "zone_2_hi": "दूसरा"}
    said |= {f"seat_{first.pk}": "2", f"seat_{second.pk}": "1", f"seat_{third.pk}": ""}
    client = signed_in(land.office)
    assert client.post("/cg/schemes/new/", said | {f"seat_{second.pk}": ""}).status_code == 200
    assert ZoneScheme.objects.filter(name_en="Three").first() is None

    page = client.post("/cg/schemes/new/", said, follow=True)

    made = ZoneScheme.objects.get(name_en="Three")
    assert {each.lok_sabha_seat: each.zone.number for each in made.zone_seats.all()} == {
        first: 2,
        second: 1,
    }
    assert "It changes nothing until it is in force." in text_of(page)


def test_the_numbers_of_today_stand_under_both_schemes_and_sum_alike(land):
    page = signed_in(land.office).get(f"/cg/schemes/{make_drawn(land).pk}/")
    before, new = page.context["cuts"]
    numbers = [
        [
            (
                row.part.place and row.part.place.number,
                row.part.tally.booths,
                row.part.tally.covered,
            )
            for row in cut.zones
        ]
        for cut in (before, new)
    ]
    assert numbers == [[(1, 6, 3), (2, 0, 0), (None, 1, 0)], [(1, 1, 0), (2, 6, 3)]]
    for cut in (before, new):
        assert (cut.whole.tally.booths, cut.whole.tally.covered) == (7, 3)


def test_postings_and_teams_follow_in_one_step_and_later_pages_with_them(land):
    today, yesterday = timezone.localdate(), timezone.localdate() - timedelta(days=1)
    new, (one, two) = make_drawn(land), old_zones()
    make_user("z", "zone_in_charge", one, first_name="ज़ोन वाले")
    make_team(one)
    make_team(two, "अंत")
    meeting = ReviewMeeting.objects.create(campaign=land.campaign, number=2)
    kept = Commitment.objects.create(meeting=meeting, user=land.office, zone=one, number=5)
    client = signed_in(land.office)
    said = in_force_form(new, today, (2, 1)) | {f"team_{two.pk}": "end"}

    page = client.post(f"/cg/schemes/{new.pk}/", said, follow=True)

    assert "“Three zones” is in force from" in text_of(page)
    of_zone = {
        day: client.get(f"/cg/zone/2/?on={day}").context["page"].whole.tally.booths
        for day in (yesterday, today)
    }
    assert of_zone == {yesterday: 0, today: 6}
    assert "New 2" in text_of(client.get("/cg/"))
    assert "New 2" not in text_of(client.get(f"/cg/?on={yesterday}"))
    (posting,) = Posting.objects.current(today).filter(user__username="z")
    assert (posting.zone.name_en, posting.since) == ("New 2", today)
    team = TeamMember.objects.current(today).values_list("name", "zone__name_en")
    assert list(team) == [("टोली", "New 2")]
    assert Commitment.objects.get(pk=kept.pk).zone == one


def test_what_the_rule_refuses_is_said_and_nothing_has_moved(land):
    new, (one, _two) = make_drawn(land), old_zones()
    make_team(one)
    yesterday = timezone.localdate() - timedelta(days=1)
    page = signed_in(land.office).post(f"/cg/schemes/{new.pk}/", in_force_form(new, yesterday))
    assert "This day is over." in text_of(page)
    assert not new.terms.exists()
    assert [each.zone for each in TeamMember.objects.current(yesterday)] == [one]


def test_a_team_that_cannot_be_handed_on_keeps_the_scheme_out_of_force(land):
    new, today = make_drawn(land), timezone.localdate()
    zones = [zone.pk for zone in old_zones()]
    chosen = {"postings": dict.fromkeys(zones), "teams": {zones[0]: None}}
    with pytest.raises(ValidationError):
        redrawing.put_in_force(new, from_on=today, **chosen, by=land.office, on=today)
    assert not new.terms.exists()


def test_the_scheme_in_force_and_one_without_zones_have_no_form(land):
    five = ZoneScheme.objects.create(state=land.state, name_hi="पाँच", name_en="Five zones")
    client = signed_in(land.office)
    for scheme in (five, ZoneScheme.objects.get(name_en="Four zones")):
        page = client.get(f"/cg/schemes/{scheme.pk}/")
        assert (page.status_code, page.context["form"]) == (200, None)


@pytest.mark.parametrize(("role", "status"), [("state_in_charge", 403), ("observer", 403)])
def test_only_the_office_opens_them(land, role, status):
    client = signed_in(make_user("other", role, land.state))
    paths = ("", "new/", f"{make_drawn(land).pk}/")
    assert {client.get(f"/cg/schemes/{path}").status_code for path in paths} == {status}
    assert "/cg/schemes/" not in client.get("/cg/").content.decode()
    assert "/cg/schemes/" in signed_in(land.office).get("/cg/").content.decode()


@pytest.mark.parametrize("people", [1, 30])
def test_the_pages_ask_as_often_for_thirty_people_as_for_one(
    land, django_assert_num_queries, people
):
    new, (one, _two) = make_drawn(land), old_zones()
    for number in range(people):
        make_user(f"z{number}", "zone_in_charge", one)
        make_team(one)
    client = signed_in(land.office)
    for path, number in (("", 10), (f"{new.pk}/", 19), ("new/", 9)):
        with django_assert_num_queries(number):
            assert client.get(f"/cg/schemes/{path}").status_code == 200


# Two at once


def put(scheme, by):
    today = timezone.localdate()
    new, office = ZoneScheme.objects.get(pk=scheme), User.objects.get(pk=by)
    follows = {zone.pk: new.zones.get(number=zone.number) for zone in old_zones()}
    chosen = {"postings": follows, "teams": follows}
    redrawing.put_in_force(new, from_on=today, **chosen, by=office, on=today)


@pytest.mark.django_db(transaction=True)
def test_of_two_schemes_put_in_force_at_once_one_is():
    land = make_land()
    drawn = [make_drawn(land, name) for name in ("One", "Two")]
    make_user("z", "zone_in_charge", old_zones()[0])

    found = at_once(put, [(scheme.pk, land.office.pk) for scheme in drawn])

    assert found == ["done", "refused"]
    assert len(SchemeTerm.objects.all()) == 2
    assert len(Posting.objects.current(timezone.localdate()).filter(user__username="z")) == 1
