"""The pages of meetings and directives, as the office, an in-charge and others use them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from booths import lifecycle
from campaign import meetings, snapshots
from campaign.meeting_forms import numbers_typed
from campaign.models import Commitment, Decision, DirectiveReading, ReviewMeeting, Snapshot
from tests.admin_world import messages_of, signed_in
from tests.campaign.land import ISSUED_ON, TODAY, make_directive, make_land
from tests.campaign.test_pages import text_of
from tests.campaign.test_pages_queries import make_state_of
from tests.makers import make_agent, make_scheme, make_user
from zones.models import LokSabhaSeat, Zone

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return make_land()


@pytest.fixture
def office(land):
    return in_english(signed_in(land.office))


def in_english(client):
    client.cookies["django_language"] = "en"
    return client


def in_charge(land, name="in-charge"):
    return make_user(name, "state_in_charge", land.state, first_name="हरि प्रभारी")


def planned(land, number=1, **fields):
    return ReviewMeeting.objects.create(campaign=land.campaign, number=number, **fields)


def held(land, number, day):
    return snapshots.hold(planned(land, number), day=day, by=land.office, on=TODAY).meeting


def test_a_meeting_is_planned_with_its_window_and_the_in_charges_of_today(land, office):
    person = in_charge(land)
    window = {"window_start": "2018-09-01", "window_end": "2018-09-14"}

    response = office.post("/cg/reviews/new/", {"kind": "review", "status": "planned"} | window)

    assert response.url == "/cg/reviews/1/"
    made = ReviewMeeting.objects.get()
    assert (made.status, made.window_end) == ("planned", date(2018, 9, 14))
    assert list(made.attendees.all()) == [person]


def test_a_window_that_ends_before_it_begins_is_refused_and_nothing_typed_is_lost(land, office):
    window = {"window_start": "2018-09-14", "window_end": "2018-09-01"}
    page = office.post("/cg/reviews/new/", {"kind": "president", "status": "possible"} | window)
    assert page.status_code == 200 and not ReviewMeeting.objects.exists()
    assert page.context["form"].errors == {
        "window_end": ["The window of the meeting ends before it begins."]
    }
    assert 'value="2018-09-14"' in page.content.decode()


def test_holding_freezes_the_day_and_a_second_time_is_refused(land, office):
    planned(land)
    today = timezone.localdate()

    assert office.post("/cg/reviews/1/hold/", {"day": today.isoformat()}).status_code == 302
    page = office.post("/cg/reviews/1/hold/", {"day": today.isoformat()})

    assert Snapshot.objects.get().basis == Snapshot.Basis.FROZEN
    assert "This meeting was held already." in text_of(page)


def test_numbers_of_paper_are_pasted_by_seat(land, office):
    planned(land)
    typed = {f"typed-{land.directive.pk}": "१ ३\n2, 2, 5\n"}

    office.post("/cg/reviews/1/hold/", {"day": "2018-08-10"} | typed)

    rows = Snapshot.objects.get().rows.order_by("assembly_seat__number")
    assert [(row.done, row.total) for row in rows] == [(3, 4), (2, 5)]
    assert "Numbers typed from paper" in text_of(office.get("/cg/reviews/1/"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("33", "Line 1 (33): Write the number of the place, what is done and the total."),
        ("1 x", "Line 1 (1 x): Write the number of the place, what is done and the total."),
        ("1 2\n\n9 1", "Line 3 (9 1): There is no place of this number."),
        ("1 2\n1 3", "Line 2 (1 3): This place stands here twice."),
        ("1 5 4", "Line 1 (1 5 4): More is done than there is."),
        ("1 999999999", "Line 1 (1 999999999): More is done than there is."),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text, said):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        numbers_typed(text, {1: 11, 2: 12})
    assert refused.value.messages == [said]


def test_numbers_of_paper_that_cannot_be_are_refused(land, office):
    planned(land)
    zones = make_directive(land.campaign, 4, "zone_teams", issued_on=TODAY)
    for typed, said in (
        ({f"typed-{land.directive.pk}": "1 500"}, "More is done than there is."),
        ({f"typed-{zones.pk}": "1 1"}, ""),  # of a directive that came later nothing is asked
    ):
        page = office.post("/cg/reviews/1/hold/", {"day": "2018-08-10"} | typed)
        assert page.status_code in (200, 302) and said in text_of(page)
    assert Snapshot.objects.get().basis == Snapshot.Basis.COMPUTED


def test_what_one_review_lacks_is_not_compared(land, office):
    """A directive issued between two reviews, and a paper that names one seat of four."""
    planned(land)
    typed = {f"typed-{land.directive.pk}": "1 1"}
    office.post("/cg/reviews/1/hold/", {"day": "2018-08-08"} | typed)
    make_directive(land.campaign, 6, "sector_teams", issued_on=date(2018, 8, 9))
    held(land, 2, TODAY)

    for query in ("", "?directive=6"):
        text = text_of(office.get(f"/cg/reviews/2/{query}"))
        assert "does not have these numbers of every seat" in text
    lines = office.get("/cg/reviews/2/").context["compared"].seats
    assert [line.then and line.then.done for line in lines] == [1, None, None, None]
    assert [
        line.place.number
        for line in office.get("/cg/reviews/1/").context["compared"].zones
        if line.place
    ] == [1, 2]


def test_zone_teams_are_compared_as_a_whole_across_a_new_cut_of_the_zones(land, office):
    make_directive(land.campaign, 4, "zone_teams")
    held(land, 1, TODAY - timedelta(days=2))
    seats = list(LokSabhaSeat.objects.order_by("number"))
    make_scheme(land.state, {1: seats}, from_on=TODAY, name="One")
    held(land, 2, TODAY)

    page = office.get("/cg/reviews/2/?directive=4").context["compared"]

    assert (page.whole.then.total, page.whole.now.total) == (2, 1)


def test_a_meeting_before_any_directive_has_its_page(land, office):
    planned(land)
    land.directive.delete()
    assert "No directive had been issued" in text_of(office.get("/cg/reviews/1/"))


def test_a_meeting_that_was_held_keeps_its_page_whatever_becomes_of_the_directive(land, office):
    held(land, 1, TODAY - timedelta(days=2))
    land.directive.issued_on = TODAY
    land.directive.save()
    assert office.get("/cg/reviews/1/").status_code == 200


def test_nothing_is_promised_once_the_next_review_was_held(land, office):
    held(land, 1, TODAY - timedelta(days=2))
    held(land, 2, TODAY)
    said = {"user": land.office.pk, "area": f"assemblyseat-{land.seats[0].pk}", "number": "1"}
    page = office.post("/cg/reviews/1/promises/new/", said)
    assert "the next review was held already" in text_of(page)
    assert not Commitment.objects.exists()


def test_the_page_says_what_was_gained_lost_and_replaced(land, office):
    held(land, 1, TODAY - timedelta(days=4))
    late = TODAY - timedelta(days=5)
    lifecycle.appoint_at(land.booth(1, 3), make_agent("देर"), on=late, by=land.office)
    held(land, 2, TODAY)

    text = text_of(office.get("/cg/reviews/2/"))

    assert "Second review meeting" in text
    for words in ("At the last review 28% 2", "Gained 1", "Lost 0", "Numbers frozen"):
        assert words in text, text
    assert "Entered late or corrected since the last review: +1." in text


def test_a_directive_can_be_chosen_and_the_sheet_follows(land, office):
    make_directive(land.campaign, 4, "zone_teams")
    held(land, 1, TODAY)
    page = office.get("/cg/reviews/1/?directive=4")
    assert page.context["compared"].directive.number == 4
    sheet = text_of(office.get("/cg/reviews/1/sheet/?directive=4"))
    assert "Directive 4" in sheet and "Zone 2" in sheet


def test_the_sheet_has_a_row_a_seat_and_totals(land, office):
    held(land, 1, TODAY)
    html = office.get("/cg/reviews/1/sheet/").content.decode()
    assert html.count("<tr>") == 1 + 4  # the head and the seats
    assert [html.count(f'class="{of}"') for of in ("of-lok-sabha", "of-zone", "of-state")] == [
        3, 3, 1,
    ]  # fmt: skip


def test_an_in_charge_promises_for_themselves_only(land):
    person, other = in_charge(land), in_charge(land, "other")
    planned(land)
    client = in_english(signed_in(person))
    area = f"zone-{Zone.objects.get(number=1).pk}"

    refused = client.post(
        "/cg/reviews/1/promises/new/", {"user": other.pk, "area": area, "number": "5"}
    )
    for number in ("5", "7"):
        client.post(
            "/cg/reviews/1/promises/new/", {"user": person.pk, "area": area, "number": number}
        )

    assert refused.status_code == 200
    assert [(each.user, each.number) for each in Commitment.objects.all()] == [(person, 7)]
    with translation.override("en"), pytest.raises(ValidationError, match="yourself only"):
        meetings.promise(
            ReviewMeeting.objects.get(), user=other, area=land.seats[0], number=1, by=person,
            on=TODAY,
        )  # fmt: skip


def test_a_decision_is_settled_by_who_writes_meetings_and_by_its_owner(land, office):
    meeting = planned(land)
    owner = make_user("zone", "zone_in_charge", Zone.objects.get(number=1))
    other = make_user("other", "zone_in_charge", Zone.objects.get(number=2))
    said = {"text": "हर सेक्टर में बैठक", "owner": owner.pk, "area": "", "due_on": "2018-08-20"}
    office.post("/cg/reviews/1/decisions/new/", said)
    decision = Decision.objects.get(meeting=meeting)
    address = f"/cg/reviews/1/decisions/{decision.pk}/"

    assert signed_in(other).post(address, {"done": "yes"}).status_code == 403
    assert signed_in(owner).post(address, {"done": "yes"}).status_code == 302
    assert Decision.objects.get().done_on == timezone.localdate()
    assert office.post(address, {"done": "no"}).status_code == 302
    assert Decision.objects.get().done_on is None


def test_an_owner_who_sees_a_seat_only_settles_a_decision_from_what_needs_attention(land):
    meeting = planned(land)
    owner = make_user("seat", "seat_in_charge", land.seats[0])
    decision = Decision.objects.create(
        meeting=meeting, text="बैठक", owner=owner, due_on=TODAY, assembly_seat=land.seats[0]
    )
    client = signed_in(owner)
    address = f"/cg/reviews/1/decisions/{decision.pk}/"
    assert address in client.get("/cg/attention/").content.decode()

    assert client.post(address, {"done": "yes"}).url == "/cg/attention/"

    assert Decision.objects.get().done_on == timezone.localdate()
    other = signed_in(make_user("other", "seat_in_charge", land.seats[0]))
    assert other.post(address, {"done": "no"}).status_code == 404


@pytest.mark.parametrize("path", ["", "sheet/"])
def test_a_meeting_is_not_there_for_who_sees_a_part_of_the_state(land, path):
    held(land, 1, TODAY)
    client = signed_in(make_user("seat", "seat_in_charge", land.seats[0]))
    assert client.get(f"/cg/reviews/1/{path}").status_code == 404


def test_a_percent_is_entered_by_seat_as_of_a_day_and_only_what_was_changed(land):
    directive = make_directive(land.campaign, 5, "by_hand")
    staff = make_user("staff", "district_staff", land.seats[0].district)
    client = in_english(signed_in(staff))
    form = client.get("/cg/directive/5/readings/").context["form"]
    assert [name for name in form.fields if name != "day"] == ["seat-1", "seat-3"]

    response = client.post(
        "/cg/directive/5/readings/", {"day": "2018-08-10", "seat-1": "45", "seat-2": "99"}
    )

    assert messages_of(client.get(response.url)) == ["Saved."]
    reading = DirectiveReading.objects.get()
    assert (reading.directive, reading.assembly_seat, reading.percent, reading.by) == (
        directive, land.seats[0], 45, staff,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "percent"), [("2018-08-01", "45"), ("2199-01-01", "45"), ("2018-08-10", "101")]
)
def test_a_reading_of_no_such_day_or_percent_is_refused(land, office, day, percent):
    make_directive(land.campaign, 5, "by_hand")
    page = office.post("/cg/directive/5/readings/", {"day": day, "seat-1": percent})
    assert page.status_code == 200 and page.context["form"].errors
    assert f'value="{percent}"' in page.content.decode()
    assert not DirectiveReading.objects.exists()


def test_a_directive_shows_every_level_and_who_sees_a_seat_its_own(land, office):
    make_directive(land.campaign, 2, "sector_teams")
    page = office.get("/cg/directive/2/")
    assert [line.place and line.place.number for line in page.context["compared"].zones] == [
        1, 2, None,
    ]  # fmt: skip
    seat = signed_in(make_user("seat", "seat_in_charge", land.seats[1]))
    lines = seat.get("/cg/directive/1/").context["compared"].seats
    assert [(line.place.number, line.now.done, line.now.total) for line in lines] == [(2, 2, 2)]


@pytest.mark.parametrize("seats", [1, 30])
def test_a_meeting_asks_a_fixed_number_of_times(django_assert_num_queries, seats):
    state = make_state_of(seats)
    office = make_user("office", "state_office", state)
    campaign = state.campaigns.get()
    for number, day in ((1, TODAY - timedelta(days=3)), (2, TODAY)):
        meeting = ReviewMeeting.objects.create(campaign=campaign, number=number)
        snapshots.hold(meeting, day=day, by=office, on=TODAY)
    client = signed_in(office)
    for path, number in (("reviews/2/", 16), ("reviews/2/sheet/", 12), ("directive/1/", 10)):
        with django_assert_num_queries(number):
            assert client.get(f"/cg/{path}").status_code == 200


def test_a_directive_is_as_far_on_its_page_as_on_that_of_the_state(land, office):
    """What should be done by now begins with what was there before the directive."""
    before = ISSUED_ON - timedelta(days=1)
    lifecycle.appoint_at(land.booth(1, 3), make_agent("पहले से"), on=before, by=land.office)
    query = f"?on={TODAY}"
    whole = office.get(f"/cg/{query}").context["page"].whole.progress
    assert office.get(f"/cg/directive/1/{query}").context["page"].progress == whole
    assert office.get(f"/cg/directives/{query}").context["measured"][0].progress == whole
