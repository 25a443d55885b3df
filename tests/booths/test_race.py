"""Six people appoint at one booth at the same moment, each in a process of its own."""

import multiprocessing
from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from booths import bookkeeping, lifecycle
from booths.models import Agent, Appointment, AppointmentEvent, Booth
from tests.makers import make_agent, make_assembly_seat, make_booth, make_state
from zones.models import User

DAY = date(2018, 8, 10)


def appoint_at_once(barrier, answers, booth, agent):
    """In its own process: waits for the others, appoints, and puts the answer."""
    connections.close_all()
    place, person = Booth.objects.get(pk=booth), Agent.objects.get(pk=agent)
    barrier.wait(timeout=30)
    try:
        lifecycle.appoint_at(place, person, on=DAY, by=None)
        answers.put("appointed")
    except ValidationError as error:
        answers.put(" ".join(error.messages))
    except Exception as error:  # told, not lost: the test shows it
        answers.put(repr(error))
    finally:
        connections.close_all()


def at_once(jobs):
    """Runs `appoint_at_once` for each (booth, agent) and returns the answers."""
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(len(jobs)), context.Queue()
    connections.close_all()
    processes = [
        context.Process(target=appoint_at_once, args=(barrier, answers, booth.pk, agent.pk))
        for booth, agent in jobs
    ]
    for process in processes:
        process.start()
    result = [answers.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(timeout=30)
    return result


def make_listed(*booths):
    bookkeeping.record(Counter(), bookkeeping.booth_changes(booth.pk for booth in booths))
    return booths


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("need", [1, 2])
def test_of_six_at_one_booth_as_many_succeed_as_it_needs(need):
    state = make_state(per_booth=need)
    (booth,) = make_listed(make_booth())
    answers = at_once([(booth, make_agent()) for _ in range(6)])
    refused = [answer for answer in answers if answer != "appointed"]
    assert len(answers) - len(refused) == need
    assert all(booth.label in answer and "Error" not in answer for answer in refused), refused
    assert sorted(Appointment.objects.values_list("slot", flat=True)) == list(range(1, need + 1))
    assert AppointmentEvent.objects.count() == 2 * need
    assert bookkeeping.day_book(state) == bookkeeping.recounted(state)


@pytest.mark.django_db(transaction=True)
def test_of_six_booths_that_want_one_agent_one_succeeds():
    state = make_state()
    booths = make_listed(*(make_booth(number) for number in range(1, 7)))
    agent = make_agent()
    answers = at_once([(booth, agent) for booth in booths])
    assert answers.count("appointed") == 1
    assert not [answer for answer in answers if "Error" in answer]
    assert bookkeeping.day_book(state) == bookkeeping.recounted(state)


@pytest.mark.django_db(transaction=True)
def test_writers_at_different_booths_of_one_seat_keep_one_day_book():
    state = make_state()
    seat = make_assembly_seat()
    booths = make_listed(*(make_booth(number, seat=seat) for number in range(1, 9)))
    assert at_once([(booth, make_agent()) for booth in booths]) == ["appointed"] * 8
    assert bookkeeping.day_book(state) == bookkeeping.recounted(state)
    assert User.objects.count() == 0
