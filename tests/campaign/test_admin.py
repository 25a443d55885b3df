"""Campaigns, readings and reviews in the admin, and the menu that leads there."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from campaign.models import (
    Campaign,
    Decision,
    Directive,
    DirectiveReading,
    ReviewMeeting,
    SeatContest,
)
from tests.admin_world import DAY, make_world, signed_in
from tests.makers import make_scheme, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def campaign(world):
    return Campaign.objects.create(
        state=world.state, name_hi="अभियान", slug="a", party_hi="दल", starts_on=DAY
    )


def page(name, *args):
    return reverse(f"admin:{name}", args=args)


def make_directive(campaign, measure, **fields):
    return Directive.objects.create(
        campaign=campaign,
        number=Directive.objects.filter(campaign=campaign).count() + 1,
        issued_by_hi="अध्यक्ष",
        issued_on=DAY,
        due_on=date(2018, 8, 31),
        text_hi="निर्देश",
        measure=measure,
        **fields,
    )


def menu(user):
    groups = signed_in(user).get(page("index")).context["sidebar_navigation"]
    return {str(item["link"]) for group in groups for item in group["items"]}


def test_the_menu_holds_what_one_may_do_and_leads_back_to_the_pages(world):
    verifier = make_user("verifier", "seat_in_charge", world.here.assembly_seat)
    quick, users = page("quick_entry"), page("zones_user_changelist")
    assert {quick, users, "/"} <= menu(world.office)
    assert quick in menu(world.staff) and users not in menu(world.staff)
    assert quick not in menu(verifier) and page("booths_appointment_changelist") in menu(verifier)


def test_the_menu_speaks_the_language_of_the_reader(world):
    client = signed_in(world.office)
    for language, other in (("hi", "English"), ("en", "हिन्दी")):
        client.cookies["django_language"] = language
        with translation.override(language):
            shown = client.get(page("index"))
        assert [each["name_local"] for each in shown.context["languages_list"]] == [other]


def test_district_staff_enter_a_reading_of_a_hand_kept_directive_in_their_own_name(world, campaign):
    by_hand = make_directive(campaign, "by_hand")
    counted = make_directive(campaign, "agents", kind="booth_agent")
    client, path = signed_in(world.staff), page("campaign_directivereading_add")
    fields = {"on": "20/08/2018", "percent": 40, "assembly_seat": world.here.assembly_seat_id}
    refused = client.post(path, fields | {"directive": counted.pk})
    assert "directive" in refused.context["adminform"].form.errors
    foreign = fields | {"assembly_seat": world.there.assembly_seat_id, "directive": by_hand.pk}
    assert "assembly_seat" in client.post(path, foreign).context["adminform"].form.errors
    assert client.post(path, fields | {"directive": by_hand.pk}).status_code == 302
    reading = DirectiveReading.objects.get()
    assert (reading.percent, reading.by) == (40, world.staff)


def test_seats_are_marked_as_contested_many_at_a_time(world, campaign):
    contests = [
        SeatContest.objects.create(campaign=campaign, assembly_seat=booth.assembly_seat)
        for booth in (world.here, world.there)
    ]
    chosen = {"action": "contest", "_selected_action": [each.pk for each in contests]}
    path = page("campaign_seatcontest_changelist")
    signed_in(world.staff).post(path, chosen)
    assert set(SeatContest.objects.values_list("status", flat=True)) == {"open"}
    signed_in(world.office).post(path, chosen)
    assert set(SeatContest.objects.values_list("status", flat=True)) == {"ours"}


def test_a_state_in_charge_writes_meetings_and_decisions_and_reads_the_rest(world, campaign):
    leader = make_user("leader", "state_in_charge", world.state, first_name="प्रभारी")
    client = signed_in(leader)
    response = client.post(
        page("campaign_reviewmeeting_add"),
        {
            "campaign": campaign.pk,
            "kind": "review",
            "number": 3,
            "status": "planned",
            "window_start": "01/09/2018",
            "window_end": "14/09/2018",
            "decisions-TOTAL_FORMS": 1,
            "decisions-INITIAL_FORMS": 0,
            "decisions-0-text": "हर बूथ पर एजेंट",
            "decisions-0-owner": leader.pk,
            "decisions-0-due_on": "31/08/2018",
            "commitments-TOTAL_FORMS": 0,
            "commitments-INITIAL_FORMS": 0,
        },
    )
    assert response.status_code == 302, response.context["errors"]
    assert ReviewMeeting.objects.get().window_end == date(2018, 9, 14)
    assert Decision.objects.get().owner == leader
    assert client.get(page("campaign_campaign_changelist")).status_code == 200
    assert client.post(page("campaign_campaign_add")).status_code == 403
    assert client.get(page("zones_user_changelist")).status_code == 403


def test_an_in_charge_of_a_zone_writes_no_meeting(world, campaign):
    scheme = make_scheme(world.state, {1: [world.here.assembly_seat.lok_sabha_seat]})
    zone = make_user("zone", "zone_in_charge", scheme.zones.get())
    assert signed_in(zone).get(page("campaign_reviewmeeting_changelist")).status_code == 403
