"""Contact data only with consent: by the database, by the forms, and by the notice."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from booths import consent, lifecycle
from booths.models import Agent, Appointment
from tests.admin_world import DAY, make_listed_booth, make_world, signed_in
from tests.booths.test_admin_quick_entry import PATH, enter
from tests.makers import make_agent, make_assembly_seat

GIVEN = {"consent_version": "1", "consent_on": DAY, "consent_mode": "paper"}
NONE = {"consent_version": "", "consent_on": None, "consent_mode": ""}


@pytest.fixture
def world(db):
    return make_world()


# What the database keeps


@pytest.mark.django_db
@pytest.mark.parametrize("field", Agent.CONTACT)
@pytest.mark.parametrize(("mode", "kept"), [("", False), ("withdrawn", False), ("paper", True)])
def test_contact_data_stands_only_with_consent(field, mode, kept):
    value = make_assembly_seat() if field == "elector_seat" else "7"
    record = {**NONE, **(GIVEN if mode else {}), "consent_mode": mode}
    agent = Agent(name="राम", code="T0001A", **{field: value}, **record)
    if kept:
        agent.full_clean()
        agent.save()
        return
    with pytest.raises(ValidationError):
        agent.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        agent.save()


@pytest.mark.django_db
@pytest.mark.parametrize("missing", GIVEN)
def test_half_a_consent_is_none(missing):
    agent = Agent(name="राम", code="T0001A", **(GIVEN | {missing: NONE[missing]}))
    with pytest.raises(ValidationError):
        agent.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        agent.save()


@pytest.mark.django_db
def test_without_consent_name_relation_and_gender_are_kept():
    agent = make_agent("राम", relation_name="श्याम", gender="male", consent_mode="")
    agent.full_clean()
    assert {name: getattr(agent, name) for name in NONE} == NONE


@pytest.mark.django_db
def test_the_sentences_are_said_in_the_reader_s_language():
    with override("en"), pytest.raises(ValidationError) as refusal:
        Agent(name="राम", code="T0001A", mobile="5876543210").full_clean()
    assert "leave mobile, EPIC and electoral roll empty" in refusal.value.messages[0]


# Quick entry


def test_quick_entry_records_how_consent_was_given_today_to_the_notice_in_force(world):
    booth = make_listed_booth(125, "A", seat=world.here.assembly_seat)
    client = signed_in(world.staff)
    enter(client, booth.assembly_seat, mobile="5876500000", consent="phone", day="10/08/2018")
    agent = Appointment.objects.get(booth=booth).agent
    assert {name: getattr(agent, name) for name in GIVEN} == {
        "consent_version": consent.CURRENT,
        "consent_on": timezone.localdate(),
        "consent_mode": "phone",
    }


def test_a_mobile_without_consent_is_refused_in_a_sentence_with_all_typed_kept(world):
    booth = make_listed_booth(125, "A", seat=world.here.assembly_seat)
    client = signed_in(world.staff)
    response = enter(client, booth.assembly_seat, mobile="58765 00000", consent="none")
    form = response.context["form"]
    assert list(form.errors) == ["consent"]
    typed = {name: form[name].value() for name in ("booth", "name", "mobile", "consent")}
    assert typed == {
        "booth": "125A",
        "name": "सीता बाई",
        "mobile": "58765 00000",
        "consent": "none",
    }
    assert not Agent.objects.filter(name="सीता बाई").exists()


def test_without_consent_a_name_is_entered(world):
    booth = make_listed_booth(125, "A", seat=world.here.assembly_seat)
    enter(signed_in(world.staff), booth.assembly_seat, consent="none")
    agent = Appointment.objects.get(booth=booth).agent
    assert {name: getattr(agent, name) for name in NONE} == NONE


def test_whether_consent_was_taken_must_be_said_once_and_stays(world):
    for number in (125, 126):
        make_listed_booth(number, seat=world.here.assembly_seat)
    client = signed_in(world.staff)
    assert client.get(PATH).context["form"]["consent"].value() is None
    asked = enter(client, world.here.assembly_seat, "125", consent="")
    assert list(asked.context["form"].errors) == ["consent"]
    enter(client, world.here.assembly_seat, "125", consent="phone")
    assert client.get(PATH).context["form"]["consent"].value() == "phone"


def test_before_consent_was_recorded_is_offered_to_nobody_new(world):
    choices = signed_in(world.staff).get(PATH).context["form"].fields["consent"].choices
    assert [value for value, _label in choices] == ["paper", "phone", "online", "none"]


# The page of an agent


def agent_page(agent):
    return reverse("admin:booths_agent_change", args=[agent.pk])


def make_placed(world, **fields):
    agent = make_agent("राम", **fields)
    lifecycle.propose(world.here, agent, on=DAY, by=None)
    return agent


def post(world, agent, **fields):
    inlines = {
        f"appointments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MAX_NUM_FORMS")
    }
    stored = {"name": agent.name, "mobile": agent.mobile, "consent_mode": agent.consent_mode}
    stored |= {"consent_version": agent.consent_version}
    stored["consent_on"] = f"{agent.consent_on:%d/%m/%Y}" if agent.consent_on else ""
    response = signed_in(world.office).post(agent_page(agent), inlines | stored | fields)
    agent.refresh_from_db()
    return response


def test_saying_how_is_enough_today_and_the_notice_in_force_are_meant(world):
    agent = make_placed(world, mobile="5876543211", consent_mode="unrecorded")
    assert post(world, agent, consent_mode="phone").status_code == 302
    assert (agent.consent_mode, agent.consent_on, agent.consent_version) == (
        "phone",
        timezone.localdate(),
        consent.CURRENT,
    )


def test_an_unsettled_agent_can_be_corrected_and_stays_unsettled(world):
    agent = make_placed(world, mobile="5876543211", consent_mode="unrecorded")
    assert post(world, agent, name="राम लाल").status_code == 302
    assert (agent.name, agent.mobile, agent.consent_mode) == ("राम लाल", "5876543211", "unrecorded")


def test_a_number_written_to_a_name_without_consent_is_refused_in_a_sentence(world):
    agent = make_placed(world, consent_mode="")
    refused = post(world, agent, mobile="5876543211")
    assert len(refused.context["adminform"].form.non_field_errors()) == 1
    assert agent.mobile == ""


def test_consent_is_not_given_on_a_day_to_come(world):
    agent = make_placed(world, consent_mode="")
    tomorrow = timezone.localdate() + timedelta(days=1)
    refused = post(world, agent, consent_mode="paper", consent_on=f"{tomorrow:%d/%m/%Y}")
    assert list(refused.context["adminform"].form.errors) == ["consent_on"]


def test_the_list_shows_who_is_to_be_settled(world):
    agent = make_placed(world, mobile="5876543211", consent_mode="unrecorded")
    listed = signed_in(world.staff).get(
        reverse("admin:booths_agent_changelist"), {"consent": "unrecorded"}
    )
    assert list(listed.context["cl"].result_list) == [agent]


# The versions


def test_a_version_that_people_agreed_to_is_not_reworded():
    """Whoever changes a word adds a version; then this line gets one more number."""
    words = {version: hash_of(notice) for version, notice in consent.VERSIONS.items()}
    assert words == {"1": FIRST}
    assert consent.CURRENT in consent.VERSIONS


def hash_of(notice):
    return hashlib.sha256(repr(notice).encode()).hexdigest()[:16]


FIRST = "34506d89bc6bd87f"


def test_recorded_says_nothing_where_nothing_was_given():
    assert consent.recorded("", on=date(2018, 8, 10)) == {}
