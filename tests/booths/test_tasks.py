"""An import in the background: asked for once, carried out as a whole or not at all, and known to
be the one or the other."""

import logging
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from booths import alive, bookkeeping, kept_uploads, tasks
from booths.models import Booth, ImportBatch, ImportJob
from tests.makers import make_assembly_seat, make_state, make_user
from tests.races import at_once
from tests.workers import QUEUE, a_worker, ask_for, until
from zones.models import Posting

pytestmark = pytest.mark.django_db
DAY = date(2018, 8, 1)
LIST = "AC No,PS No,PS Name\n48,1,पहली शाला\n48,2,दूसरी शाला\n".encode()
OTHER = "AC No,PS No,PS Name\n48,1,और नाम\n48,3,तीसरी शाला\n".encode()


@pytest.fixture
def office():
    make_assembly_seat(48)
    return make_user("office", "state_office", make_state())


@pytest.fixture
def queue(settings):
    settings.TASKS = QUEUE


def now_of(job):
    return ImportJob.objects.get(pk=job.pk)


def names():
    return list(Booth.objects.order_by("number").values_list("name_hi", flat=True))


def test_what_is_imported_has_a_record_and_no_file_any_more(office):
    job = now_of(ask_for(office, LIST, as_of=DAY))
    batch = ImportBatch.objects.get()
    assert (job.status, job.batch, job.counts) == ("done", batch, batch.counts)
    assert (bytes(job.data), job.starts, job.refusal) == (b"", 1, "")
    assert job.asked_at <= job.started_at <= job.ended_at
    assert (batch.by, batch.sha256, names()) == (office, job.sha256, ["पहली शाला", "दूसरी शाला"])


def test_who_did_it_and_from_where_is_in_the_trail(office):
    ask_for(office, LIST, as_of=DAY, address="192.0.2.7")
    kept = Booth.history.values_list("history_user_id", "address", "history_change_reason")
    assert set(kept) == {(office.pk, "192.0.2.7", "list.csv")}


def test_a_posting_that_ended_meanwhile_imports_nothing(office, queue):
    job = ask_for(office, LIST, as_of=DAY)
    Posting.objects.update(until=timezone.localdate() - timedelta(days=1))
    tasks.import_list.call(job.pk)
    job = now_of(job)
    with override("hi"):
        said = tasks._("Your posting does not allow this import any more.")
    assert (job.status, job.refusal, bytes(job.data)) == ("refused", said, b"")
    assert (Booth.objects.exists(), ImportBatch.objects.exists()) == (False, False)


def test_a_list_confirmed_twice_is_imported_once(office, queue):
    first, second = (ask_for(office, LIST, as_of=DAY, token="same") for _twice in range(2))
    assert (first, DBTaskResult.objects.count()) == (second, 1)
    for _twice in range(2):
        tasks.import_list.call(first.pk)
    assert (now_of(first).starts, ImportBatch.objects.count()) == (1, 1)


def make_stopped(office):
    """By a fault in the program: what was confirmed is not as the worker expects it."""
    confirmed = ask_for(office, LIST, as_of=DAY, token="right").confirmed
    ImportJob.objects.all().delete()
    job = ask_for(office, LIST, as_of=DAY)
    ImportJob.objects.update(confirmed={})
    tasks.import_list.call(job.pk)
    ImportJob.objects.update(confirmed=confirmed)
    return now_of(job)


def test_a_fault_stops_the_import_is_logged_without_data_and_changes_nothing(office, queue, caplog):
    caplog.set_level(logging.ERROR)
    job = make_stopped(office)
    assert (job.status, alive.is_stopped(job), Booth.objects.exists()) == ("running", True, False)
    assert [record.getMessage() for record in caplog.records] == ["An import was stopped."]
    assert list(DBTaskResult.objects.exclude(traceback="")) == []


def test_what_was_stopped_is_taken_up_again(office, queue):
    job = make_stopped(office)
    tasks.again(job)
    assert now_of(job).status == "waiting"
    tasks.import_list.call(job.pk)
    assert (now_of(job).status, now_of(job).starts, names()[0]) == ("done", 2, "पहली शाला")


def test_what_was_not_stopped_is_not_taken_up_again(office, queue):
    job = ask_for(office, LIST, as_of=DAY)
    with pytest.raises(ValidationError):
        tasks.again(job)
    ImportJob.objects.update(status="running")
    with alive.held(job.pk), pytest.raises(ValidationError):
        tasks.again(job)
    assert DBTaskResult.objects.count() == 1


def test_a_job_that_its_worker_took_and_lost_comes_back_into_the_queue(office, queue):
    job = ask_for(office, LIST, as_of=DAY)
    tasks.ask_for_lost()
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(status="RUNNING")
    tasks.ask_for_lost()
    (again,) = DBTaskResult.objects.filter(status="READY")
    assert again.args_kwargs["args"] == [job.pk]
    tasks.import_list.call(job.pk)
    again.delete()
    tasks.ask_for_lost()
    assert not DBTaskResult.objects.filter(status="READY").exists()


@pytest.mark.parametrize(("age", "left"), [(25, ("refused", b"")), (2, ("running", LIST))])
def test_a_file_that_nobody_took_up_again_is_forgotten_after_a_day(office, queue, age, left):
    job = make_stopped(office)
    then = timezone.now() - timedelta(hours=age)
    ImportJob.objects.filter(pk=job.pk).update(asked_at=then)
    DBTaskResult.objects.update(status="RUNNING", enqueued_at=then)
    call_command("purge_people")
    job = now_of(job)
    assert (job.status, bytes(job.data)) == left
    assert DBTaskResult.objects.exists() == (left[0] == "running")


def test_one_that_is_being_imported_is_not_given_up(office, queue):
    job = ask_for(office, LIST, as_of=DAY, at=timezone.now() - timedelta(days=3))
    ImportJob.objects.update(status="running")
    with alive.held(job.pk):
        tasks.sweep(before=timezone.now() - kept_uploads.DAY, at=timezone.now())
    assert now_of(job).status == "running"


# With processes of their own


@pytest.mark.django_db(transaction=True)
def test_of_two_lists_for_one_seat_at_once_one_waits_and_sees_the_other(office, queue):
    jobs = [ask_for(office, data, as_of=DAY) for data in (LIST, OTHER)]
    assert at_once(tasks.import_list.call, [(job.pk,) for job in jobs]) == ["done", "done"]
    one, two = (now_of(job) for job in jobs)
    assert {one.status, two.status} == {"done", "refused"}
    expected = ["पहली शाला", "दूसरी शाला"] if one.status == "done" else ["और नाम", "तीसरी शाला"]
    assert (names(), ImportBatch.objects.count()) == (expected, 1)
    assert bookkeeping.day_book(make_state()) == bookkeeping.recounted(make_state())


@pytest.mark.django_db(transaction=True)
def test_a_worker_takes_what_waits_and_is_seen_while_it_lives(office, queue):
    job = ask_for(office, LIST, as_of=DAY)
    assert not alive.worker_lives()
    with a_worker():
        until(lambda: now_of(job).status == "done")
        until(alive.worker_lives)
    until(lambda: not alive.worker_lives())
    assert names() == ["पहली शाला", "दूसरी शाला"]
