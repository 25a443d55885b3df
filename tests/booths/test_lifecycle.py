"""From proposal to end: which act is allowed when, what it writes, what it refuses."""

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from booths import bookkeeping, lifecycle, tallies
from booths.models import Agent, AgentNeed, Appointment, AppointmentEvent, Booth
from tests import counts
from tests.makers import make_agent, make_booth, make_state, make_user

pytestmark = pytest.mark.django_db
DAY = date(2018, 8, 10)


@pytest.fixture
def by():
    return make_user("staff", first_name="डेमो कर्मचारी")


def make_listed_booth(number=1, **fields):
    booth = make_booth(number, **fields)
    bookkeeping.record(Counter(), bookkeeping.booth_changes([booth.pk]))
    return booth


def make_appointment(status, by, booth=None):
    appointment = lifecycle.propose(booth or make_listed_booth(), make_agent(), on=DAY, by=by)
    if status in ("appointed", "verified"):
        appointment = lifecycle.appoint(appointment, on=DAY, by=by)
    if status == "verified":
        appointment = lifecycle.verify(appointment, on=DAY, by=by)
    if status == "ended":
        appointment = lifecycle.end(appointment, on=DAY, reason="rejected", by=by)
    return appointment


ACTS = {
    "appoint": lambda a, by: lifecycle.appoint(a, on=DAY, by=by),
    "verify": lambda a, by: lifecycle.verify(a, on=DAY, by=by),
    "end": lambda a, by: lifecycle.end(a, on=DAY, reason="resigned", by=by),
    "replace": lambda a, by: lifecycle.replace(a, make_agent(), on=DAY, by=by),
    "move": lambda a, by: lifecycle.move(a, make_listed_booth(9), on=DAY, by=by),
}
ALLOWED = {
    ("proposed", "appoint"): "appointed",
    ("appointed", "verify"): "verified",
    ("proposed", "end"): "ended",
    ("appointed", "end"): "ended",
    ("verified", "end"): "ended",
    ("proposed", "replace"): "appointed",
    ("appointed", "replace"): "appointed",
    ("verified", "replace"): "appointed",
    ("proposed", "move"): "proposed",
    ("appointed", "move"): "appointed",
    ("verified", "move"): "appointed",
}


@pytest.mark.parametrize("status", ["proposed", "appointed", "verified", "ended"])
@pytest.mark.parametrize("act", ACTS)
def test_each_act_from_each_status(status, act, by):
    appointment = make_appointment(status, by)
    if expected := ALLOWED.get((status, act)):
        assert ACTS[act](appointment, by).status == expected
    else:
        events = AppointmentEvent.objects.count()
        with pytest.raises(ValidationError):
            ACTS[act](appointment, by)
        assert AppointmentEvent.objects.count() == events
    state = appointment.booth.assembly_seat.state
    assert bookkeeping.day_book(state) == bookkeeping.recounted(state)


def test_every_act_leaves_an_event_with_the_name_of_who_did_it(by):
    appointment = make_appointment("verified", by)
    lifecycle.end(appointment, on=DAY, reason="died", note="पंचायत से सूचना", by=by)
    assert list(appointment.events.values_list("verb", "by_name", "reason")) == [
        ("proposed", "डेमो कर्मचारी", ""),
        ("appointed", "डेमो कर्मचारी", ""),
        ("verified", "डेमो कर्मचारी", ""),
        ("ended", "डेमो कर्मचारी", "पंचायत से सूचना"),
    ]


def test_a_stale_copy_of_an_appointment_cannot_act_twice(by):
    appointment = make_appointment("appointed", by)
    stale = Appointment.objects.get(pk=appointment.pk)
    lifecycle.end(appointment, on=DAY, reason="resigned", by=by)
    with pytest.raises(ValidationError):
        lifecycle.verify(stale, on=DAY, by=by)


def test_a_booth_takes_no_more_agents_than_it_needs(by):
    booth = make_listed_booth()
    lifecycle.appoint_at(booth, make_agent(), on=DAY, by=by)
    with pytest.raises(ValidationError, match="1"):
        lifecycle.appoint_at(booth, make_agent(), on=DAY, by=by)
    assert Appointment.objects.count() == 1


def test_a_freed_place_is_taken_again(by):
    make_state(per_booth=2)
    booth = make_listed_booth()
    first = lifecycle.appoint_at(booth, make_agent(), on=DAY, by=by)
    lifecycle.appoint_at(booth, make_agent(), on=DAY, by=by)
    lifecycle.end(first, on=DAY, reason="resigned", by=by)
    assert lifecycle.appoint_at(booth, make_agent(), on=DAY, by=by).slot == 1


def test_an_agent_stands_once_for_a_kind(by):
    agent = make_agent()
    lifecycle.propose(make_listed_booth(1), agent, on=DAY, by=by)
    with pytest.raises(ValidationError):
        lifecycle.propose(make_listed_booth(2), agent, on=DAY, by=by)


@pytest.mark.parametrize("day", [date(2018, 7, 31), date(2018, 8, 20), date(2018, 8, 21)])
def test_nobody_stands_at_a_booth_that_is_not_on_the_list(day, by):
    booth = make_listed_booth(retired_on=date(2018, 8, 20))
    with pytest.raises(ValidationError):
        lifecycle.propose(booth, make_agent(), on=day, by=by)


def test_days_out_of_order_are_refused(by):
    appointment = make_appointment("appointed", by)
    with pytest.raises(ValidationError):
        lifecycle.verify(appointment, on=date(2018, 8, 9), by=by)


def test_a_correction_keeps_what_stood_there_before(by):
    appointment = make_appointment("appointed", by)
    lifecycle.correct(
        appointment, proposed_on=date(2018, 8, 2), by=by, on=DAY, reason="गलत दिन लिखा"
    )
    event = appointment.events.last()
    assert (event.verb, event.changes) == (
        "corrected",
        {"proposed_on": ["2018-08-10", "2018-08-02"]},
    )


def test_who_was_verified_at_a_wrong_booth_is_not_verified_at_the_right_one(by):
    appointment = make_appointment("appointed", by)
    lifecycle.verify(appointment, on=DAY, by=by)
    booth = make_listed_booth(2, seat=appointment.booth.assembly_seat)
    found = lifecycle.correct(appointment, booth=booth, by=by, on=DAY, reason="गलत बूथ")
    assert (found.booth, found.status, found.verified_on) == (booth, "appointed", None)
    assert found.events.last().changes == {
        "booth": [str(appointment.booth), str(booth)],
        "verified_on": [str(DAY), "None"],
    }


def test_a_list_of_agents_is_entered_whole_or_not_at_all(by):
    booth = make_listed_booth()
    entries = [
        lifecycle.Entry(booth, make_agent(), appointed_on=DAY),
        lifecycle.Entry(booth, make_agent(), appointed_on=DAY),
    ]
    with pytest.raises(ValidationError) as refusal:
        lifecycle.enter(entries, by=by)
    assert refusal.value.entry is entries[1]
    assert Appointment.objects.count() == 0


def test_a_greater_need_uncovers_booths_and_a_smaller_one_is_refused_while_too_many_serve(by):
    booth = make_listed_booth()
    state = booth.assembly_seat.state
    key = (booth.assembly_seat_id, booth.assembly_seat.district_id)
    lifecycle.appoint_at(booth, make_agent(), on=DAY, by=by)
    lifecycle.set_need(state, per_booth=2, by=by)
    assert counts.parts(seats=[key[0]], as_of=DAY)[key] == tallies.Tally(booths=1, proposed=1)
    lifecycle.appoint_at(booth, make_agent(), on=DAY, by=by)
    assert counts.parts(seats=[key[0]], as_of=DAY)[key] == tallies.Tally(booths=1, covered=1)
    with pytest.raises(ValidationError):
        lifecycle.set_need(state, per_booth=1, by=by)
    assert AgentNeed.objects.get().per_booth == 2


def test_the_database_refuses_to_change_or_delete_an_event(by):
    appointment = make_appointment("proposed", by)
    for change in (
        lambda: AppointmentEvent.objects.update(reason="x"),
        lambda: AppointmentEvent.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert appointment.events.count() == 1


def test_agents_and_booths_with_appointments_cannot_be_deleted(by):
    make_appointment("ended", by)
    for model in (Agent, Booth):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


def test_on_no_day_one_agent_stands_at_two_booths(by):
    agent = make_agent()
    first = lifecycle.appoint_at(make_listed_booth(1), agent, on=DAY, by=by)
    lifecycle.end(first, on=date(2018, 8, 20), reason="resigned", by=by)
    second = make_listed_booth(2)
    with pytest.raises(ValidationError):
        lifecycle.appoint_at(second, agent, on=date(2018, 8, 19), by=by)
    lifecycle.appoint_at(second, agent, on=date(2018, 8, 20), by=by)
    with pytest.raises(ValidationError):
        lifecycle.correct(first, ended_on=date(2018, 8, 21), by=by, on=DAY, reason="x")


@pytest.mark.parametrize("act", ["appoint", "verify"])
def test_nobody_is_appointed_or_verified_at_a_booth_that_is_gone(act, by):
    booth = make_listed_booth()
    made = make_appointment("proposed" if act == "appoint" else "appointed", by, booth)
    Booth.objects.update(retired_on=date(2018, 8, 15))
    with pytest.raises(ValidationError):
        getattr(lifecycle, act)(made, on=date(2018, 8, 15), by=by)


def test_a_refusal_does_not_say_where_else_an_agent_stands(by):
    agent = make_agent()
    lifecycle.propose(make_listed_booth(777), agent, on=DAY, by=by)
    with pytest.raises(ValidationError) as refusal:
        lifecycle.propose(make_listed_booth(2), agent, on=DAY, by=by)
    assert "777" not in " ".join(refusal.value.messages)
