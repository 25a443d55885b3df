"""Taking consent back and erasing people: nothing that names them is left, what counts them is."""

import io
import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from booths import bookkeeping, erasure, lifecycle
from booths.consent import recorded
from booths.models import Agent, Appointment, AppointmentEvent, Post, TeamMember
from tests.admin_world import DAY, make_listed_booth, make_world, messages_of, signed_in
from tests.makers import make_agent, make_sector, make_user
from zones.scope import Act, may

pytestmark = pytest.mark.django_db
TODAY = date(2018, 8, 20)
PERSONAL = {
    "relation_name": "मोहन पिता",
    "gender": "male",
    "mobile": "5811122233",
    "epic_no": "WKH1186253",
    "elector_part": "99-PART",
    "elector_serial": "4711-ROW",
}
REASON = erasure.Reason.ASKED


@pytest.fixture
def world():
    return make_world()


def make_gone(world, name="विरला नाम", note="विरला नाम 5811122233 बीमार"):
    """An agent who once stood at a booth, as all records know them."""
    booth = make_listed_booth(77, seat=world.here.assembly_seat)
    agent = make_agent(name, elector_seat=world.here.assembly_seat, **PERSONAL)
    LogEntry.objects.log_actions(world.office.pk, [agent], 2, change_message="x")
    made = lifecycle.appoint_at(booth, agent, on=DAY, by=world.staff)
    lifecycle.end(made, on=TODAY, reason="resigned", by=world.staff, note=note)
    return agent


def make_member(world, name="विरला सदस्य", until=DAY):
    post = Post.objects.create(level="sector", name_hi="अध्यक्ष")
    return TeamMember.objects.create(
        sector=make_sector(world.here.assembly_seat),
        post=post,
        name=name,
        mobile="5811122233",
        since=date(2018, 8, 1),
        until=until,
        **recorded("paper", on=date(2018, 8, 1)),
    )


def everything() -> str:
    """All rows of all tables."""
    rows = [
        list(model._base_manager.values()) for model in apps.get_models(include_auto_created=True)
    ]
    return json.dumps(rows, default=str, ensure_ascii=False)


# Erasing


def test_nothing_that_names_an_erased_agent_is_left_in_any_table(world):
    agent = make_gone(world)
    traces = ("विरला", *PERSONAL.values())
    before = everything()
    assert [trace for trace in traces if trace not in before] == []
    erasure.erase(agent, on=TODAY, by=world.office, reason=REASON)
    after = everything()
    assert [trace for trace in traces if trace in after and trace != "male"] == []
    agent.refresh_from_db()
    assert (agent.name, agent.gender, agent.erased_on) == (
        f"हटाया गया व्यक्ति {agent.code}",
        "",
        TODAY,
    )
    assert (agent.consent_version, agent.consent_on, agent.consent_mode) == ("", None, "")


@pytest.mark.parametrize("which", ["who came", "who went"])
def test_what_was_written_of_the_one_at_the_appointment_of_the_other_goes_too(world, which):
    went = make_gone(world, note="")
    booth = make_listed_booth(78, seat=world.here.assembly_seat)
    old = lifecycle.appoint_at(booth, went, on=TODAY, by=world.staff)
    came = make_agent("दूसरा आया")
    lifecycle.replace(old, came, on=TODAY, by=world.staff, note="विरला नाम गए, दूसरा आया")
    lifecycle.end(came.appointments.get(), on=TODAY, reason="died", by=world.staff, note="विरला")
    person = came if which == "who came" else went
    erasure.erase(person, on=TODAY, by=world.office, reason=REASON)
    assert list(AppointmentEvent.objects.exclude(reason="")) == []


def test_appointments_and_counts_stay(world):
    agent = make_gone(world)
    days = list(Appointment.objects.filter(agent=agent).values())
    verbs = list(AppointmentEvent.objects.values_list("verb", "on", "by_name"))
    erasure.erase(agent, on=TODAY, by=world.office, reason=REASON)
    assert list(Appointment.objects.filter(agent=agent).values()) == days
    assert list(AppointmentEvent.objects.values_list("verb", "on", "by_name")) == verbs
    assert bookkeeping.day_book(world.state) == bookkeeping.recounted(world.state)


def test_whoever_stands_at_a_booth_is_not_erased(world):
    before = list(Agent.objects.values())
    with pytest.raises(ValidationError) as refusal:
        erasure.erase(world.mine.agent, on=TODAY, by=world.office, reason=REASON)
    assert "राम अपना" in refusal.value.messages[0]
    assert list(Agent.objects.values()) == before


def test_an_erased_agent_is_not_erased_again_nor_stood_at_a_booth(world):
    agent = make_gone(world)
    erasure.erase(agent, on=TODAY, by=world.office, reason=REASON)
    with pytest.raises(ValidationError):
        erasure.erase(agent, on=TODAY, by=world.office, reason=REASON)
    booth = make_listed_booth(78, seat=world.here.assembly_seat)
    for known in (agent, Agent.objects.get(pk=agent.pk)):  # also one who was read before
        with pytest.raises(ValidationError):
            lifecycle.appoint_at(booth, known, on=TODAY, by=world.staff)


def test_the_database_keeps_personal_data_out_of_an_erased_agent(world):
    agent = erasure.erase(make_gone(world), on=TODAY, by=world.office, reason=REASON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agent.objects.filter(pk=agent.pk).update(relation_name="मोहन")


@pytest.mark.parametrize(
    "change", [{"reason": "और"}, {"verb": "ended"}, {"reason": "", "by_name": ""}]
)
def test_of_an_event_only_the_reason_may_be_emptied(world, change):
    make_gone(world)
    event = AppointmentEvent.objects.exclude(reason="").get()
    with pytest.raises(DatabaseError), transaction.atomic():
        AppointmentEvent.objects.filter(pk=event.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()
    AppointmentEvent.objects.filter(pk=event.pk).update(reason="")
    event.refresh_from_db()
    assert event.reason == ""


# Team members


def test_a_member_of_a_former_team_is_erased(world):
    member = make_member(world)
    LogEntry.objects.log_actions(world.office.pk, [member], 2, change_message="x")
    erasure.erase_member(member, on=TODAY, by=world.office, reason=REASON)
    assert [trace for trace in ("विरला", "5811122233") if trace in everything()] == []
    member.refresh_from_db()
    assert (member.name, member.erased_on) == ("हटाया गया व्यक्ति", TODAY)


@pytest.mark.parametrize("until", [None, TODAY + timedelta(days=1)])
def test_a_member_is_not_erased_while_in_the_team(world, until):
    member = make_member(world, until=until)
    with pytest.raises(ValidationError):
        erasure.erase_member(member, on=TODAY, by=world.office, reason=REASON)
    member.refresh_from_db()
    assert member.name == "विरला सदस्य"


def typed(member, **more):
    return {
        "name": member.name,
        "mobile": "5811122233",
        "post": member.post_id,
        "sector": member.sector_id,
        "origin": "local",
        "since": "01/08/2018",
    } | more


def test_the_mobile_of_a_member_is_taken_with_consent_only(world):
    member = make_member(world, until=None)
    TeamMember.objects.filter(pk=member.pk).update(
        mobile="", consent_mode="", consent_on=None, consent_version=""
    )
    client = signed_in(world.staff)
    page = reverse("admin:booths_teammember_change", args=[member.pk])
    assert client.post(page, typed(member)).status_code == 200
    member.refresh_from_db()
    assert member.mobile == ""
    assert client.post(page, typed(member, consent_mode="phone")).status_code == 302
    member.refresh_from_db()
    assert (member.mobile, member.consent_mode, member.consent_version, member.consent_on) == (
        "5811122233",
        "phone",
        "1",
        timezone.localdate(),
    )


def test_the_database_keeps_no_mobile_of_a_member_without_consent(world):
    member = make_member(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        TeamMember.objects.filter(pk=member.pk).update(
            consent_mode="", consent_on=None, consent_version=""
        )


def test_staff_write_down_that_a_member_took_consent_back(world):
    member = make_member(world, until=None)
    remove(signed_in(world.staff), "teammember", member, "withdraw")
    member.refresh_from_db()
    assert (member.mobile, member.consent_mode, member.name) == ("", "withdrawn", "विरला सदस्य")
    assert "5811122233" not in everything()


# Withdrawing


def test_withdrawing_takes_contact_data_away_and_leaves_the_name_at_the_booth(world):
    agent = world.mine.agent
    Agent.objects.filter(pk=agent.pk).update(**PERSONAL)
    erasure.withdraw(agent, on=TODAY, by=world.staff)
    agent.refresh_from_db()
    assert [getattr(agent, name) for name in Agent.CONTACT] == ["", "", None, "", ""]
    assert (agent.name, agent.relation_name, agent.consent_mode, agent.consent_on) == (
        "राम अपना",
        "मोहन पिता",
        "withdrawn",
        TODAY,
    )
    assert Appointment.objects.get(pk=world.mine.pk).is_standing
    with pytest.raises(ValidationError):
        erasure.withdraw(agent, on=TODAY, by=world.staff)


# The pages


def remove(client, kind, person, name, **fields):
    path = reverse(f"admin:booths_{kind}_remove", args=[person.pk, name])
    return client.post(path, fields, follow=True)


def test_the_office_erases_on_a_page_that_asks_once_more(world):
    agent = make_gone(world)
    client = signed_in(world.office)
    assert len(offered(client, agent)) == 2
    asked = remove(client, "agent", agent, "erase")
    assert list(asked.context["form"].errors) == ["reason"]
    agent.refresh_from_db()
    assert agent.erased_on is None
    done = remove(client, "agent", agent, "erase", reason="asked")
    agent.refresh_from_db()
    assert agent.erased_on == timezone.localdate()
    assert agent.code in messages_of(done)[0]
    assert offered(client, agent) == []
    assert not done.context["has_change_permission"]


def offered(client, agent):
    return client.get(reverse("admin:booths_agent_change", args=[agent.pk])).context["doings"]


def test_a_refusal_is_said_on_the_page(world):
    refused = remove(signed_in(world.office), "agent", world.mine.agent, "erase", reason="asked")
    assert "राम अपना" in refused.context["form"].non_field_errors()[0]


def test_staff_withdraw_in_their_area_and_erase_nobody(world):
    client = signed_in(world.staff)
    assert remove(client, "agent", world.mine.agent, "erase", reason="asked").status_code == 403
    assert remove(client, "agent", world.theirs.agent, "withdraw").status_code == 404
    verifier = make_user("verifier", "seat_in_charge", world.here.assembly_seat)
    assert remove(signed_in(verifier), "agent", world.mine.agent, "withdraw").status_code == 403
    assert len(offered(client, world.mine.agent)) == 1
    remove(client, "agent", world.mine.agent, "withdraw")
    assert Agent.objects.get(pk=world.mine.agent_id).consent_mode == "withdrawn"
    assert remove(client, "teammember", make_member(world), "erase").status_code == 403


def test_the_office_erases_a_member(world):
    member = make_member(world)
    remove(signed_in(world.office), "teammember", member, "erase", reason="asked")
    member.refresh_from_db()
    assert member.mobile == ""


def test_only_the_office_erases(world):
    assert may(world.office, Act.ERASE_PEOPLE, world.here, on=TODAY)
    assert not may(world.staff, Act.ERASE_PEOPLE, world.here, on=TODAY)


# Purging


def purge(**options):
    out = io.StringIO()
    call_command("purge_people", stdout=out, **options)
    return out.getvalue()


def test_whoever_stands_nowhere_for_longer_than_kept_is_erased(world):
    gone, member = make_gone(world), make_member(world)
    lately = make_agent("अभी जोड़ा", mobile="5811122234")
    listed = purge(dry_run=True)
    assert f"agent {gone.code}: nowhere since 2018-08-20" in listed
    assert "Would erase 1 agents, 1 team members, 0 accounts." in listed
    assert "विरला" not in listed
    assert Agent.objects.filter(erased_on=None).count() == 4
    assert "Erased 1 agents, 1 team members, 0 accounts." in purge()
    erased = Agent.objects.exclude(erased_on=None)
    assert list(erased) == [gone]
    member.refresh_from_db()
    assert member.erased_on == timezone.localdate()
    lately.refresh_from_db()
    assert lately.mobile == "5811122234"
    assert "Erased 0 agents, 0 team members, 0 accounts." in purge()


@pytest.mark.parametrize(("days", "over"), [(10, False), (9, True)])
def test_the_days_are_counted_from_the_last_end(world, days, over):
    agent = make_gone(world)
    found = erasure.overdue_agents(on=TODAY + timedelta(days=10), days=days)
    assert list(found) == ([agent] if over else [])
    back = make_listed_booth(78, seat=world.here.assembly_seat)
    lifecycle.appoint_at(back, agent, on=TODAY, by=None)
    assert list(erasure.overdue_agents(on=TODAY + timedelta(days=999), days=1)) == []
