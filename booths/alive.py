"""Whether a job or a worker is alive, and how far a job is.

Told by a lock that falls with its process, never by how long ago something was heard. On PostgreSQL
it is an advisory lock of the very session that writes the list: once it has fallen, nothing of that
session can be committed any more. On SQLite, where all processes are on one machine, it is the lock
of a file beside the database, and the file says how far the job is: while a list is written, no
other connection can write there.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from time import monotonic

from django.db import Error, connection

from booths.models import ImportJob

OURS = 0x426F6F74  # of all advisory locks of the database
WORKER = 0  # jobs are numbered from 1
LARGEST = 2**31  # number of an advisory lock
OFTEN = 0.25  # seconds between two reports of a job
WAIT = 100  # milliseconds that a report waits for a row at most
Report = Callable[[str, int, int], None]  # step, rows done, rows in all


def held(number: int) -> AbstractContextManager[Report]:
    """Holds the lock, having waited for whoever has it; gives what reports how far the job is."""
    if connection.vendor == "postgresql":
        return _held_by_session(number)
    return _held_by_file(number)


def is_held(number: int) -> bool:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Looked up and not tried, so that who asks never stands in the way of who works.
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND classid = %s AND objid = %s AND objsubid = 2 AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database()))",
                [OURS, number % LARGEST],
            )
            return cursor.fetchone()[0]
    return _is_held_by_file(_file(number))


def worker_lives() -> bool:
    return is_held(WORKER)


def is_stopped(job: ImportJob) -> bool:
    """Whether the job was running and its process is gone, or lost the database."""
    if job.status != ImportJob.Status.RUNNING or is_held(job.pk):
        return False
    # It may have come to its end between our look at the row and our look at the lock.
    now = ImportJob.objects.filter(pk=job.pk).values_list("status", "starts").first()
    return now == (job.status, job.starts)


def how_far(job: ImportJob) -> tuple[str, int, int]:
    """(step, rows done, rows in all); an empty step where nothing is known yet."""
    if connection.vendor == "postgresql":
        return job.step, job.rows_done, job.rows_total
    try:
        step, done, total = _file(job.pk).read_text().split()
        return step, int(done), int(total)
    except (OSError, ValueError):
        return "", 0, 0


def tidy() -> None:
    """Removes the files of jobs that were stopped and never taken up again."""
    if connection.vendor == "sqlite":
        for file in _file(1).parent.glob(f"{_file('*').name}"):
            if file != _file(WORKER) and not _is_held_by_file(file):
                file.unlink(missing_ok=True)


def _at_times(report: Report) -> Report:
    """A report that is made when the step changes, and else a few times a second."""
    last = ["", 0.0]

    def at_times(step: str, done: int, total: int) -> None:
        if step != last[0] or monotonic() - last[1] >= OFTEN:
            last[:] = step, monotonic()
            report(step, done, total)

    return at_times


# PostgreSQL


@contextmanager
def _held_by_session(number: int) -> Iterator[Report]:
    key = [OURS, number % LARGEST]
    reports = connection.copy()  # what is reported must be seen before the list is committed

    def report(step: str, done: int, total: int) -> None:
        with suppress(Error), reports.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(WAIT)])
            cursor.execute(
                f"UPDATE {ImportJob._meta.db_table}"
                " SET step = %s, rows_done = %s, rows_total = %s WHERE id = %s",
                [step, done, total, number],
            )

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", key)
    try:
        yield _at_times(report)
    except Error:
        connection.close()  # whatever became of the session, its lock is gone
        raise
    finally:
        reports.close()
        if connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


# SQLite


def _file(number: int | str) -> Path:
    return Path(f"{connection.settings_dict['NAME']}-import-{number}")


@contextmanager
def _held_by_file(number: int) -> Iterator[Report]:
    file = _file(number)
    handle = _locked(file)

    def report(step: str, done: int, total: int) -> None:
        os.pwrite(handle, f"{step} {done} {total}".ljust(40).encode(), 0)

    try:
        yield _at_times(report)
    finally:
        # Before the lock falls, so that whoever waits for it sees that the file is no more.
        file.unlink(missing_ok=True)
        os.close(handle)


def _locked(file: Path) -> int:
    while True:
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o660)
        fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), file.stat()):
                return handle
        os.close(handle)


def _is_held_by_file(file: Path) -> bool:
    try:
        handle = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
