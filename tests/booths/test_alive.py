"""A lock says whether a process lives: it falls with the process, however that ended."""

import multiprocessing
import os
import signal

import pytest
from django.db import connection, connections
from django.utils import timezone

from booths import alive
from booths.models import ImportJob
from tests.makers import make_user
from tests.workers import until

pytestmark = pytest.mark.django_db(transaction=True)


def hold(number, ready, *reports):
    connections.close_all()
    with alive.held(number) as report:
        for each in reports:
            report(*each)
        ready.set()
        signal.pause()


def start_holding(number, *reports):
    connections.close_all()
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    process = context.Process(target=hold, args=(number, ready, *reports))
    process.start()
    assert ready.wait(30)
    return process


def kill(process):
    os.kill(process.pid, signal.SIGKILL)
    process.join(30)


def make_job(**fields):
    by = make_user(f"user-{fields['token']}")
    return ImportJob.objects.create(by=by, asked_at=timezone.now(), **fields)


def test_a_lock_falls_with_its_process():
    assert not alive.is_held(7)
    process = start_holding(7)
    assert (alive.is_held(7), alive.is_held(8)) == (True, False)
    kill(process)
    until(lambda: not alive.is_held(7))


def test_a_lock_is_given_back_and_leaves_nothing_behind():
    with alive.held(7):
        assert alive.is_held(7)
    assert not alive.is_held(7)
    if connection.vendor == "sqlite":
        assert not alive._file(7).exists()


def test_what_a_killed_process_left_is_tidied_away_and_what_lives_stays():
    kill(start_holding(7))
    living = start_holding(8)
    until(lambda: not alive.is_held(7))
    alive.tidy()
    assert (alive.is_held(7), alive.is_held(8)) == (False, True)
    if connection.vendor == "sqlite":
        assert (alive._file(7).exists(), alive._file(8).exists()) == (False, True)
    kill(living)
    alive.tidy()


def test_only_a_running_job_without_its_process_is_stopped():
    job = make_job(token="a", status="running")
    process = start_holding(job.pk)
    assert not alive.is_stopped(job)
    kill(process)
    until(lambda: alive.is_stopped(job))
    assert not alive.is_stopped(make_job(token="b", status="waiting"))
    alive.tidy()


def test_a_job_that_ended_between_two_looks_was_not_stopped():
    job = make_job(token="a", status="running")
    ImportJob.objects.update(status="done", ended_at=timezone.now())
    assert (job.status, alive.is_stopped(job)) == ("running", False)


def test_how_far_a_job_is_is_seen_before_anything_of_it_is_stored():
    job = make_job(token="a", status="running")
    process = start_holding(job.pk, ("reading", 0, 20), ("writing", 10, 40))
    job.refresh_from_db()
    assert alive.how_far(job) == ("writing", 10, 40)
    kill(process)
    alive.tidy()
