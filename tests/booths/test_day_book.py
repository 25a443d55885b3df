"""The day-book equals a recount, whatever happens to booths and appointments."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booths import bookkeeping, daybook, lifecycle, tallies
from booths.models import Appointment, Booth, Kind
from tests import counts
from tests.makers import (
    FIRST_DAY,
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_state,
    make_user,
)

DAYS = st.integers(0, 20).map(lambda n: FIRST_DAY + timedelta(days=n))
ACTS = st.sampled_from(
    ["propose", "appoint_at", "appoint", "verify", "end", "replace", "move", "correct", "retire",
     "district"]
)  # fmt: skip


def assert_kept(state):
    assert bookkeeping.day_book(state) == bookkeeping.recounted(state)


def act(name, booths, agents, pick, day, user, district):
    """Does one act; refusals are part of a history, so they pass."""
    booth, agent = booths[pick % len(booths)], agents[pick % len(agents)]
    standing = list(Appointment.objects.order_by("pk"))
    subject = standing[pick % len(standing)] if standing else None
    by = {"on": day, "by": user}
    try:
        match name:
            case "propose":
                lifecycle.propose(booth, agent, **by)
            case "appoint_at":
                lifecycle.appoint_at(booth, agent, **by)
            case "retire" | "district":
                with bookkeeping.keeping_day_book([booth.pk]):
                    field = {"retired_on": day} if name == "retire" else {"district": district}
                    if name == "district" or day >= booth.listed_on:
                        Booth.objects.filter(pk=booth.pk).update(**field)
            case _ if subject is None:
                return
            case "appoint" | "verify":
                getattr(lifecycle, name)(subject, **by)
            case "end":
                lifecycle.end(subject, reason="resigned", **by)
            case "replace":
                lifecycle.replace(subject, agent, **by)
            case "move":
                lifecycle.move(subject, booth, **by)
            case "correct":
                lifecycle.correct(subject, reason="typed wrong", booth=booth, proposed_on=day, **by)
    except ValidationError:
        pass


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    per_booth=st.integers(1, 2),
    history=st.lists(st.tuples(ACTS, st.integers(0, 11), DAYS), max_size=25),
)
def test_the_day_book_equals_a_recount_after_any_history(db, per_booth, history):
    from django.db import transaction

    with transaction.atomic():
        point = transaction.savepoint()
        state = make_state(code="ZZ", per_booth=per_booth)
        seat = make_assembly_seat(1, state=state)
        other = make_district(state, "durg")
        booths = [make_booth(number=0 + n, seat=seat) for n in (1, 2, 3)]
        bookkeeping.record(Counter(), bookkeeping.booth_changes(b.pk for b in booths))
        agents = [make_agent(f"Agent {n}") for n in range(4)]
        user = make_user(f"user{per_booth}{len(history)}")
        for name, pick, day in history:
            act(name, booths, agents, pick, day, user, other)
        assert_kept(state)
        transaction.savepoint_rollback(point)


@pytest.mark.django_db
def test_an_appointment_covers_its_booth_from_its_day_on():
    booth = make_booth()
    bookkeeping.record(Counter(), bookkeeping.booth_changes([booth.pk]))
    lifecycle.appoint_at(booth, make_agent(), on=date(2018, 8, 10), by=make_user())
    on = {
        day: counts.parts(seats=[booth.assembly_seat_id], as_of=date(2018, 8, day))
        for day in (9, 10)
    }
    key = (booth.assembly_seat_id, booth.assembly_seat.district_id)
    assert on[9][key] == tallies.Tally(booths=1)
    assert on[10][key] == tallies.Tally(booths=1, covered=1)


@pytest.mark.django_db
def test_a_wrong_day_book_is_put_right_by_a_recount():
    booth = make_booth()
    state = booth.assembly_seat.state
    assert bookkeeping.recount(state) == {
        daybook.Entry(
            daybook.Page(
                booth.assembly_seat_id, booth.assembly_seat.district_id, "", booth.listed_on
            ),
            "booths",
        ): 1
    }
    assert bookkeeping.recount(state) == {}
    assert Kind.BOOTH_AGENT
