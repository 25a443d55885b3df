"""The page of an import: how far it is, what came of it, and who may look."""

import pytest
from django.urls import reverse
from django.utils import timezone

from booths import alive, tasks
from booths.import_progress import Standing
from booths.models import Booth, ImportJob
from tests.admin_world import make_world, signed_in
from tests.booths.test_admin_lists import booths_csv, confirm, options, upload
from tests.workers import QUEUE

pytestmark = pytest.mark.django_db
DATA = booths_csv("48,1,बदला नाम", "48,12,नई शाला")


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def queue(settings):
    settings.TASKS = QUEUE


@pytest.fixture
def job(world, queue):
    """Confirmed, and with no worker there."""
    client = signed_in(world.office)
    return confirm(client, "booth", upload(client, "booth", DATA, **options(world))).context["job"]


def page(job, name="change"):
    return reverse(f"admin:booths_importjob_{name}", args=[job.pk])


def shown(client, job, name="progress"):
    response = client.get(page(job, name))
    return response.context["standing"], " ".join(response.content.decode().split())


def test_confirming_waits_for_a_worker_and_imports_nothing_meanwhile(world, job):
    standing, said = shown(signed_in(world.office), job)
    assert standing == Standing("waiting", has_worker=False)
    assert ("db_worker" in said, "hx-get" in said) == (True, False)
    assert not Booth.objects.filter(number=12).exists()


def test_while_it_waits_behind_another_the_page_looks_again(world, job):
    with alive.held(alive.WORKER):
        standing, said = shown(signed_in(world.office), job)
    assert standing == Standing("waiting")
    assert ("db_worker" in said, "hx-get" in said) == (False, True)


def test_while_it_runs_the_page_shows_how_far_it_is(world, job):
    done = {"step": "writing", "rows_done": 1250, "rows_total": 2500}
    ImportJob.objects.update(status="running", **done)
    with alive.held(job.pk) as report:
        report(*done.values())
        standing, said = shown(signed_in(world.office), job)
    assert standing == Standing("running", *done.values())
    assert 'max="100" value="60"' in said
    assert "1,250" in said
    assert "hx-get" in said


@pytest.mark.parametrize(
    ("step", "done", "total", "percent"),
    [
        ("", 0, 0, 0),
        ("reading", 0, 0, 0),
        ("reading", 50, 100, 10),
        ("writing", 0, 0, 20),
        ("writing", 50, 100, 60),
        ("writing", 101, 100, 100),
    ],
)
def test_the_bar_never_goes_back(step, done, total, percent):
    assert Standing("running", step, done, total).percent == percent


def test_a_stopped_one_says_that_nothing_changed_and_is_taken_up_again(world, job):
    ImportJob.objects.update(status="running")
    client = signed_in(world.office)
    standing, said = shown(client, job)
    assert (standing, "hx-get" in said) == (Standing("stopped"), False)
    assert client.get(page(job, "again")).status_code == 405
    client.post(page(job, "again"))
    tasks.import_list.call(job.pk)
    standing, _said = shown(client, job)
    assert standing == Standing("done")
    assert Booth.objects.get(number=12).name_hi == "नई शाला"


def test_what_was_not_stopped_is_not_taken_up_again(world, job):
    response = signed_in(world.office).post(page(job, "again"), follow=True)
    assert len(list(response.context["messages"])) == 1
    assert ImportJob.objects.get().status == "waiting"


def test_one_that_is_done_shows_its_counts_and_leads_to_list_and_record(world, job):
    tasks.import_list.call(job.pk)
    batch = ImportJob.objects.get().batch
    _standing, said = shown(signed_in(world.office), job, "change")
    record = reverse("admin:booths_importbatch_change", args=[batch.pk])
    assert [link in said for link in (record, reverse("admin:booths_booth_changelist"))] == [
        True
    ] * 2
    assert signed_in(world.office).get(record).status_code == 200


def test_one_that_was_refused_says_why(world, job):
    ImportJob.objects.update(status="refused", refusal="कारण यह है", ended_at=timezone.now())
    assert "कारण यह है" in shown(signed_in(world.office), job)[1]


@pytest.mark.parametrize("name", ["change", "progress", "again"])
def test_it_is_for_whoever_asked_and_for_the_office(world, name):
    by = {"by": world.staff, "asked_at": timezone.now(), "status": "running", "content": "agents"}
    job = ImportJob.objects.create(file_name="agents.csv", token="t", data=b"x", **by)
    answers = []
    for user in (world.staff, world.office, world.stranger):
        client = signed_in(user)
        ask = client.post if name == "again" else client.get
        answers.append(ask(page(job, name)).status_code)
    assert answers == ([302, 302, 404] if name == "again" else [200, 200, 404])


def test_the_list_says_what_runs_and_what_was_stopped(world, job):
    client = signed_in(world.office)
    ImportJob.objects.update(status="running")
    address = reverse("admin:booths_importjob_changelist")
    with alive.held(job.pk):
        (row,) = client.get(address).context["cl"].result_list
        assert row.stopped is False
    (row,) = client.get(address).context["cl"].result_list
    assert row.stopped is True


def test_pressing_twice_leads_to_the_same_import(world, queue):
    client = signed_in(world.office)
    preview = upload(client, "booth", DATA, **options(world))
    first, second = (confirm(client, "booth", preview).context["job"] for _twice in range(2))
    assert (first, ImportJob.objects.get()) == (second, first)
