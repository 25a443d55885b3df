"""The real worker, as a process of its own on the database of the tests, and jobs for it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from secrets import token_urlsafe

from django.utils import timezone

from booths import tasks
from booths.lists import Asked, BoothList
from tests.databases import address_of_test_database

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOOKS = 6000  # and not a time: a machine may be busy with something else, or asleep


def ask_for(
    user,
    data: bytes,
    *,
    as_of: date,
    is_full=False,
    retire_many=False,
    leave_agents=False,
    **fields,
):
    """A job for a list of booths, as if the user had looked at its preview and confirmed it."""
    state = user.postings.get().state
    posted = {"state": state.pk, "seat": "", "as_of": as_of.strftime("%d/%m/%Y")}
    posted |= {"is_full": "full" if is_full else "part"}
    kind, today = BoothList(), timezone.localdate()
    confirmed = {"leave_out": False, "retire_many": retire_many, "leave_agents": leave_agents}
    confirmed |= {"by_number": False, "renumber": []}
    asked = Asked(
        "list.csv", data, kind.chosen(posted, user, today), user, today, confirmed=confirmed
    )
    given = {
        "content": "booths",
        "file_name": "list.csv",
        "data": data,
        "options": posted,
        "confirmed": confirmed | {"fingerprint": kind.read(asked).fingerprint},
        "by": user,
        "language": "hi",
        "token": token_urlsafe(16),
        "at": timezone.now(),
    }
    return tasks.ask(**given | fields)


def start_worker(*options: str, address: str = "") -> subprocess.Popen:
    environment = {**os.environ, "DEMO": "1", "DATABASE_URL": address or address_of_test_database()}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "manage.py", "db_worker", "--verbosity", "0", "--no-startup-delay"]
    return subprocess.Popen([*command, "--interval", "0.05", *options], env=environment)


@contextmanager
def a_worker() -> Iterator[subprocess.Popen]:
    process = start_worker()
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(is_so: Callable[[], object]) -> object:
    """What it gives as soon as that is true."""
    for _look in range(LOOKS):
        if found := is_so():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")
