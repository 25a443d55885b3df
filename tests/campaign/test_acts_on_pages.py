"""What pages show and offer goes by the posting that grants it there: a page that one may open
leads nowhere that one may not go, and counts nothing that one does not see."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from booths.models import Post, TeamMember
from campaign import dashboards, directive_pages
from campaign.api.tallies import counted
from campaign.frames import find_frame
from campaign.models import Campaign, DirectiveReading, ReviewMeeting, SeatContest
from tests.campaign.land import TODAY, make_campaign, make_directive, make_land
from tests.campaign.test_pages import signed_in, text_of
from tests.makers import (
    FIRST_DAY,
    make_assembly_seat,
    make_lok_sabha_seat,
    make_posting,
    make_sector,
    make_state,
    make_user,
)
from tests.zones.offices import make_offices
from zones.models import Posting, User, Zone

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return make_land()


@pytest.fixture
def staff(land):
    """Of Raipur: seats 1, but for its booth in Durg, and 3."""
    return make_user("staff", "district_staff", land.seats[0].district)


@pytest.fixture
def offices():
    return make_offices()


def make_person(land, role, place=None) -> User:
    return make_user(role, role, place or land.state)


def page_for(user, path=""):
    return signed_in(user).get(f"/cg/{path}")


# What one does not see is not there, and not told of


@pytest.mark.parametrize("path", ["directives/", "schemes/", "attention/?zone=1"])
def test_what_is_of_the_whole_state_is_not_there_for_who_sees_a_part(land, staff, path):
    assert page_for(staff, path).status_code == 404
    assert page_for(land.office, path).status_code == 200


def test_only_who_sees_the_state_is_told_that_a_zone_is_none(land, staff):
    assert "There was no zone 9" in text_of(page_for(land.office, "zone/9/"))
    assert "There was no zone 9" not in text_of(page_for(staff, "zone/9/"))


def test_a_member_of_a_team_that_one_does_not_see_is_not_there(land, staff):
    post = Post.objects.create(level="sector", name_hi="सदस्य")
    for seat, answer in ((land.seats[2], 200), (land.seats[3], 404)):
        team = make_sector(seat, "दूर")
        member = TeamMember.objects.create(post=post, sector=team, name="डेमो", since=FIRST_DAY)
        path = f"member/{member.pk}/end/"
        assert page_for(land.office, path).status_code == 200
        assert page_for(staff, path).status_code == answer


def test_a_part_of_the_state_has_no_zones_to_choose_from_and_hears_of_no_zone_team(land, staff):
    for user, zones in ((land.office, 2), (staff, 0)):
        shown = page_for(user, "attention/").context
        assert [len(shown["zones"]), len(shown["found"].zones)] == [zones, zones]


@pytest.mark.parametrize(
    ("word", "by_office", "by_in_charge_of_a_seat"),
    [("Lok Sabha", 3, 0), ("Durg", 1, 0), ("Seat", 4, 1)],
)
def test_places_that_one_does_not_see_are_not_found(land, word, by_office, by_in_charge_of_a_seat):
    in_charge = make_person(land, "seat_in_charge", land.seats[0])
    for user, places in ((land.office, by_office), (in_charge, by_in_charge_of_a_seat)):
        groups = page_for(user, f"search/?q={word}").context["found"].groups
        found = [row for group in groups if group.kind == "places" for row in group.rows]
        assert len(found) == places


def test_who_sees_no_agents_is_told_so_where_nothing_is_found(land):
    nowhere = "search/?q=zzzz"
    assert page_for(land.office, nowhere).context["found"].has_people
    assert not page_for(make_person(land, "observer"), nowhere).context["found"].has_people


# Numbers are of what is seen, whoever asks for them


def test_numbers_of_a_district_or_the_state_are_of_seats_that_are_seen(land):
    one = make_person(land, "seat_in_charge", land.seats[1])
    frame = find_frame("CG", TODAY)
    durg = land.seats[1].district

    def numbers(user):
        whole, _parts = dashboards.of_districts(frame, user, TODAY)
        api, _seats = counted(frame, user, TODAY, land.state, {})
        of_durg = dashboards.of_district(frame, user, TODAY, durg).whole
        return [part.tally.booths for part in (whole, api, of_durg)]

    assert numbers(land.office) == [7, 7, 4]
    assert numbers(one) == [2, 2, 2]


# What one may not do is not offered


def test_only_who_enters_data_has_the_way_to_the_office(land, staff):
    for user, has in ((staff, True), (make_person(land, "observer"), False)):
        shown = signed_in(user).get("/", follow=True)
        assert ('href="/admin/"' in shown.content.decode()) is has


def test_only_who_sees_the_state_has_the_ways_to_what_is_of_all_of_it(land, staff):
    for user, has in ((land.office, True), (staff, False)):
        shown = page_for(user, "seat/1/").content.decode()
        assert ('href="/cg/directives/' in shown) is has


def test_only_who_manages_campaigns_has_the_way_to_change_a_directive(land):
    in_charge = make_person(land, "state_in_charge")
    for path in ("directives/", f"directive/{land.directive.number}/"):
        for user, may in ((land.office, True), (in_charge, False)):
            assert page_for(user, path).context["may_manage"] is may


def test_who_writes_no_meetings_reads_them_and_is_offered_nothing_to_write(land):
    zone = Zone.objects.get(number=1)
    ReviewMeeting.objects.create(campaign=land.campaign, number=1)
    reader = make_person(land, "zone_in_charge", zone)
    for path in ("reviews/", "reviews/1/"):
        for user, may in ((land.office, True), (reader, False)):
            assert page_for(user, path).context["may_write"] is may
    for path, answer in (("reviews/new/", 403), ("reviews/1/hold/", 403)):
        assert page_for(land.office, path).status_code == 200
        assert page_for(reader, path).status_code == answer
        assert signed_in(reader).post(f"/cg/{path}").status_code == answer


def test_a_district_is_entered_by_its_staff(land, staff):
    reader = make_person(land, "observer", land.seats[0].district)
    for user, may in ((staff, True), (reader, False)):
        assert page_for(user, "district/raipur/").context["may_enter"] is may


def test_a_seat_leads_to_its_district_and_to_prints_only_who_may_go_there(land, staff):
    in_charge = make_person(land, "seat_in_charge", land.seats[0])
    for user, district, prints in (
        (staff, True, True),
        (in_charge, False, True),
        (make_person(land, "observer"), True, False),
    ):
        shown = page_for(user, "seat/1/").context
        assert (shown["sees_district"], shown["may_print"]) == (district, prints)


def test_readings_are_entered_for_seats_of_ones_own_only(land, staff):
    make_posting(staff, "observer", land.state)
    by_hand = make_directive(land.campaign, number=2, measure="by_hand")
    form = page_for(staff, "directive/2/readings/").context["form"]
    assert sorted(seat.number for seat in form.seats.values()) == [1, 3]
    given = {"day": TODAY, "by": staff, "on": TODAY}
    with pytest.raises(ValidationError):
        directive_pages.read(by_hand, {land.seats[0]: 10, land.seats[1]: 20}, **given)
    assert not DirectiveReading.objects.exists()
    assert directive_pages.read(by_hand, {land.seats[0]: 10}, **given) == 1


# The admin of campaigns


def listed(user, model: str) -> list:
    address = reverse(f"admin:campaign_{model}_changelist")
    return list(signed_in(user).get(address).context["cl"].queryset)


def test_a_campaign_is_listed_where_one_is_posted_and_changed_where_one_manages_it(land):
    near = make_state("MP")
    make_campaign(make_state("OD"), "far")
    make_posting(land.office, "state_in_charge", near)
    other = make_campaign(near, "near")
    assert set(listed(land.office, "campaign")) == {land.campaign, other}
    names = {"name_hi": "नया नाम", "name_en": "New name"}
    for campaign in (land.campaign, other):
        address = reverse("admin:campaign_campaign_change", args=[campaign.pk])
        client = signed_in(land.office)
        form = client.get(address).context["adminform"].form
        client.post(address, form.initial | names)
    assert Campaign.objects.get(name_hi="नया नाम") == land.campaign


def test_readings_and_contests_of_a_strangers_seat_are_not_listed(land, staff):
    by_hand = make_directive(land.campaign, number=2, measure="by_hand")
    for seat in land.seats:
        DirectiveReading.objects.create(
            directive=by_hand, assembly_seat=seat, on=TODAY, percent=10, by=land.office
        )
        SeatContest.objects.create(campaign=land.campaign, assembly_seat=seat)
    for model in ("directivereading", "seatcontest"):
        assert {row.assembly_seat.number for row in listed(staff, model)} == {1, 3}


def test_seats_are_marked_as_contested_only_in_a_state_that_one_manages(land):
    near = make_state("MP")
    make_posting(land.office, "state_in_charge", near)
    theirs = make_assembly_seat(1, make_lok_sabha_seat(near, 1))
    rows = [
        SeatContest.objects.create(campaign=campaign, assembly_seat=seat)
        for campaign, seat in (
            (land.campaign, land.seats[0]),
            (make_campaign(near, "near"), theirs),
        )
    ]
    chosen = {"action": "give_to_ally", "_selected_action": [row.pk for row in rows]}
    signed_in(land.office).post(reverse("admin:campaign_seatcontest_changelist"), chosen)
    assert [SeatContest.objects.get(pk=row.pk).status for row in rows] == ["ally", rows[1].status]


# The office


def test_ones_own_account_is_seen_and_not_changed(offices):
    for person, may in ((offices.staff, True), (offices.office, False)):
        shown = signed_in(offices.office).get(reverse("person", args=[person.pk]))
        assert shown.context["may_change"] is may


def test_a_list_of_staff_is_confirmed_only_where_one_still_manages_people(offices):
    client = signed_in(offices.office)
    file = SimpleUploadedFile(
        "staff.csv", "name,mobile,role,area\nसीता,5876500001,,Raipur\n".encode()
    )
    preview = client.post("/people/file/", {"file": file, "state": offices.state.pk})
    rows = {"rows": preview.context["rows"]}
    Posting.objects.filter(user=offices.office).update(until=timezone.localdate())
    make_posting(offices.office, "state_office", offices.other_state)
    before = User.objects.count()
    assert client.post("/people/file/", rows).url == "/people/file/"
    assert User.objects.count() == before
    make_posting(offices.office, "state_office", offices.state)
    assert client.post("/people/file/", rows).url == "/people/slips/"
    assert User.objects.count() == before + 1
