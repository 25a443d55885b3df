"""Several offices post one person at the same moment, each in a process of its own."""

import multiprocessing

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from tests.makers import make_user
from tests.zones.offices import TODAY, make_offices, postings_of
from zones import staffing
from zones.models import District, User


def give_at_once(barrier, answers, person, area, by):
    """In its own process: waits for the others, gives the posting, and puts the answer."""
    connections.close_all()
    user, office = User.objects.get(pk=person), User.objects.get(pk=by)
    asked = {"role": "district_staff", "area": District.objects.get(pk=area), "since": TODAY}
    barrier.wait(timeout=30)
    try:
        staffing.give_posting(user, **asked, by=office, on=TODAY)
        answers.put("given")
    except ValidationError:
        answers.put("refused")
    except Exception as error:  # told, not lost: the test shows it
        answers.put(repr(error))
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_of_four_offices_that_give_one_posting_one_succeeds():
    world = make_offices()
    offices = [make_user(f"office-{n}", "state_office", world.state) for n in range(4)]
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(len(offices)), context.Queue()
    connections.close_all()
    processes = [
        context.Process(
            target=give_at_once,
            args=(barrier, answers, world.staff.pk, world.durg.pk, office.pk),
        )
        for office in offices
    ]
    for process in processes:
        process.start()
    found = sorted(answers.get(timeout=60) for _ in processes)
    for process in processes:
        process.join(timeout=30)

    assert found == ["given", "refused", "refused", "refused"]
    assert len(postings_of(world.staff)) == 2
