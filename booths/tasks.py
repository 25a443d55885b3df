"""Lists imported in the background: asked for on a page, carried out by the worker.

Killed at any moment, the list is wholly the old one or wholly the new one: what it says and that
the job is done are written by one transaction. The worker asks anew what its user may do.
"""

import hashlib
import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from booths import alive
from booths.how_read import HowRead
from booths.lists import KINDS, Asked, Outcome
from booths.models import ImportJob
from zones.models import User
from zones.scope import may
from zones.trail.keeping import acting

Status, Step = ImportJob.Status, ImportJob.Step
GOING = (Status.WAITING, Status.RUNNING)
logger = logging.getLogger("booths")


class Overtaken(Exception):
    """Another run of the job has ended it."""


# Asking


def ask(
    *, content: str, token: str, file_name: str, data: bytes, at: datetime, **given
) -> ImportJob:
    """Puts an uploaded list into the queue, once, however often its upload is confirmed."""
    with transaction.atomic():
        job, is_new = ImportJob.objects.get_or_create(
            token=token,
            defaults={
                "content": content,
                "file_name": file_name[-255:],
                "sha256": hashlib.sha256(data).hexdigest(),
                "data": data,
                "asked_at": at,
                **given,
            },
        )
        if is_new:
            import_list.enqueue(job.pk)
    return job


def again(job: ImportJob) -> ImportJob:
    """Puts a job that was stopped into the queue once more."""
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job.pk)
        if not alive.is_stopped(job):
            raise ValidationError(_("This import was not stopped."))
        if not job.data:
            raise ValidationError(_("The file is no longer here. Upload it again."))
        _set(job, status=Status.WAITING)
        import_list.enqueue(job.pk)
    return job


def ask_for_lost() -> None:
    """A worker that was killed right after it took a job from the queue left it with nobody."""
    waiting = set(ImportJob.objects.filter(status=Status.WAITING).values_list("pk", flat=True))
    for pk in sorted(waiting - _queued()) if waiting else ():
        import_list.enqueue(pk)


def _queued() -> set[int]:
    queue = DBTaskResult.objects.filter(
        task_path=import_list.module_path, status=TaskResultStatus.READY
    )
    return {said["args"][0] for said in queue.values_list("args_kwargs", flat=True)}


# Carrying out


@task()
def import_list(pk: int) -> None:
    try:
        with alive.held(pk) as report:
            if job := _begin(pk):
                with override(job.language):
                    _carry_out(job, report)
    except Exception:
        # By place and kind alone; the library would store the whole of it. Nothing was written, and
        # with the lock gone the job is known to have stopped.
        logger.exception("An import was stopped.")


def _begin(pk: int) -> ImportJob | None:
    """The job, if it is still to be done."""
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().filter(pk=pk, status=Status.WAITING).first()
        if job:
            started = {"started_at": timezone.now(), "starts": job.starts + 1}
            _set(job, status=Status.RUNNING, step="", rows_done=0, rows_total=0, **started)
    return job


def _carry_out(job: ImportJob, report: alive.Report) -> None:
    def tell(step: str):
        return lambda done, total: report(step, done, total)

    try:
        kind, asked = KINDS[job.content], _asked(job)
        read = kind.read(asked, tell(Step.READING))
        report(Step.WRITING, 0, 0)
        whose = {"by": asked.user, "why": job.file_name, "address": job.address}
        with transaction.atomic(), acting(**whose):
            outcome = kind.write(asked, read, tell(Step.WRITING))
            _finish(job, outcome)
    except ValidationError as refusal:
        _end(job, status=Status.REFUSED, refusal="\n".join(refusal.messages))


def _asked(job: ImportJob) -> Asked:
    user, on = User.objects.get(pk=job.by_id), timezone.localdate()
    kind = KINDS[job.content]
    if not may(user, kind.act, on=on):
        raise ValidationError(_("Your posting does not allow this import any more."))
    options = kind.chosen(job.options, user, on)
    how = HowRead.kept(job.confirmed.get("how"))
    return Asked(job.file_name, bytes(job.data), options, user, on, how, job.confirmed)


def _finish(job: ImportJob, outcome: Outcome) -> None:
    _end(job, status=Status.DONE, batch=outcome.batch, counts=outcome.counts)


def _end(job: ImportJob, **fields) -> None:
    """The file is forgotten with the last word on it."""
    this_run = ImportJob.objects.filter(pk=job.pk, status=Status.RUNNING, starts=job.starts)
    if not this_run.update(ended_at=timezone.now(), data=b"", **fields):
        raise Overtaken(job.pk)


def _set(job: ImportJob, **fields) -> None:
    for name, value in fields.items():
        setattr(job, name, value)
    job.save(update_fields=list(fields))


# Forgetting


def sweep(*, before: datetime, at: datetime) -> None:
    """Forgets files that nobody took up again, and what the queue kept of tasks."""
    for job in ImportJob.objects.filter(status__in=GOING, asked_at__lt=before).defer("data"):
        if not alive.is_held(job.pk):
            _give_up(job, at)
    DBTaskResult.objects.filter(enqueued_at__lt=before).exclude(
        status=TaskResultStatus.READY
    ).delete()
    alive.tidy()


def _give_up(job: ImportJob, at: datetime) -> None:
    with override(job.language):
        said = _("It was not imported within a day, and the file was removed. Upload it again.")
    ImportJob.objects.filter(pk=job.pk, status=job.status, starts=job.starts).update(
        status=Status.REFUSED, refusal=said, ended_at=at, data=b""
    )
