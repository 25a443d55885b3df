"""One round: a copy of the base, an import, a kill, a look at what is left, and the import again."""

import csv
import io
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from random import Random

import dj_database_url
from django.core.management import call_command
from django.db import Error, connection, connections

from booths import alive, bookkeeping, roll, tasks
from booths.models import Booth, ImportBatch, ImportJob, RollDay
from tests.kill.databases import Postgresql, Sqlite
from tests.makers import make_assembly_seat, make_state, make_user
from tests.workers import ask_for, start_worker, until
from zones.models import State, User
from zones.trail import verifying

SEATS, BOOTHS, NEW = 8, 300, 12  # booths of a seat; of them gone, and as many new, in the new list
OLD_DAY, NEW_DAY = date(2018, 8, 1), date(2018, 8, 20)


def as_list(first: int, name: str) -> bytes:
    """Every third booth is called by the name; the others are the same in each list."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(["AC No", "PS No", "PS Name", "Male", "Female"])
    for seat in range(1, SEATS + 1):
        for number in range(first, first + BOOTHS):
            called = name if number % 3 == 0 else "प्राथमिक शाला"
            writer.writerow([seat, number, f"{called} {seat}-{number}", 400 + number, 390])
    return sheet.getvalue().encode()


OLD, NEW_LIST = as_list(1, "पुराना भवन"), as_list(1 + NEW, "नया भवन")


class Rounds:
    def __init__(self, database: Sqlite | Postgresql, random: Random):
        self.database, self.random = database, random
        self.make_base()
        self.old = self.after(lambda: None)
        self.new = self.after(self.confirm, self.wait_for_worker)
        assert self.old != self.new

    def describe(self) -> str:
        return (
            f"{SEATS * BOOTHS} rows ({SEATS * BOOTHS // 3} changed, {SEATS * NEW} new, as many "
            f"retired), {self.takes:.1f} s each"
        )

    # The base, and the two lists as they are when nobody is killed

    def make_base(self) -> None:
        call_command("migrate", verbosity=0)
        state = make_state()
        for number in range(1, SEATS + 1):
            make_assembly_seat(number)
        office = make_user("office", "state_office", state)
        plan = roll.compare(roll.read(OLD, "old.csv", state=state), as_of=OLD_DAY)
        roll.apply(plan, by=office)
        call_command("begin_history", verbosity=0, stdout=io.StringIO())
        connections.close_all()

    def after(self, *acts) -> dict:
        self.use("calm")
        started = time.monotonic()
        for act in acts:
            act()
        self.takes = time.monotonic() - started
        found = contents()
        self.leave("calm")
        return found

    def wait_for_worker(self) -> None:
        worker = start_worker(address=self.address)
        until(lambda: ImportJob.objects.filter(status="running").exists())
        started = time.monotonic()
        until(lambda: ImportJob.objects.filter(status="done").exists())
        self.importing = time.monotonic() - started
        end(worker)

    # A round

    def play(self, number: int) -> str:
        name = f"round_{number}"
        self.use(name)
        victims = self.database.victims
        (what,) = self.random.choices(list(victims), list(victims.values()))
        getattr(self, f"kill_{what}")(name)
        state = self.look(number)
        self.finish(number)
        self.leave(name)
        return f"{what} killed: {state}"

    def kill_worker(self, name: str) -> None:
        self.confirm()
        worker = start_worker(address=self.address)
        self.wait_for_moment(worker)
        end(worker)

    def kill_database(self, name: str) -> None:
        """With the worker left to find out."""
        self.confirm()
        worker = start_worker(address=self.address)
        self.wait_for_moment(worker)
        connections.close_all()
        if pid := self.database.writer(name):
            os.kill(pid, signal.SIGKILL)
        until(is_back)
        end(worker)

    def kill_web(self, name: str) -> None:
        """A process that answers an upload and its confirmation, with no worker there."""
        connections.close_all()
        environment = {**os.environ, "DEBUG": "1", "DATABASE_URL": self.address}
        web = subprocess.Popen(
            [sys.executable, "-m", "tests.kill.web"], env=environment, stdout=subprocess.PIPE
        )
        assert web.stdout and web.stdout.readline() == b"ready\n"
        time.sleep(self.random.uniform(0, 0.3))
        end(web)

    def confirm(self) -> None:
        office = User.objects.get(username="office")
        ask_for(office, NEW_LIST, as_of=NEW_DAY, is_full=True, leave_agents=True)

    def wait_for_moment(self, worker) -> None:
        """From when the worker takes the job to a little after it would be done."""
        until(lambda: ImportJob.objects.filter(status="running").exists())
        time.sleep(self.random.uniform(0, 1.1 * self.importing))

    # What is left

    def look(self, number: int) -> str:
        """What the import says, having looked whether it is true."""
        until(lambda: not any(alive.is_held(pk) for pk in ids()))
        job, found = ImportJob.objects.defer("data").first(), contents()
        said = says(job)
        expected = self.new if said == "imported" else self.old
        for part, is_there in found.items():
            assert is_there == expected[part], f"round {number}: {said}, but {part} differ"
        assert ImportBatch.objects.count() == 1 + (said == "imported"), f"round {number}: records"
        assert (job.batch_id is not None if job else False) == (said == "imported")
        self.verify(number)
        return said

    def verify(self, number: int) -> None:
        state = State.objects.get()
        assert bookkeeping.day_book(state) == bookkeeping.recounted(state), (
            f"round {number}: day-book"
        )
        faults = [fault for fault in verifying.faults() if "has no seal" not in fault]
        assert faults == [], f"round {number}: {faults[:3]}"

    def finish(self, number: int) -> None:
        """A new worker, and the import taken up again where it says that it was stopped."""
        job = ImportJob.objects.first()
        if job is None:
            self.confirm()
        elif alive.is_stopped(job):
            tasks.again(job)
        worker = start_worker(address=self.address)
        until(lambda: ImportJob.objects.get().status not in tasks.GOING)
        end(worker)
        until(lambda: not any(alive.is_held(pk) for pk in ids()))
        job = ImportJob.objects.get()
        assert (says(job), bytes(job.data)) == ("imported", b""), f"round {number}: {job.refusal}"
        assert contents() == self.new, f"round {number}: not the new list after another run"
        if number % 10 == 0:
            self.verify(number)

    # Databases

    def use(self, name: str) -> None:
        connections.close_all()
        self.database.copy(name)
        self.address = self.database.address(name)
        connection.settings_dict["NAME"] = dj_database_url.parse(self.address)["NAME"]

    def leave(self, name: str) -> None:
        connections.close_all()
        self.database.drop(name)


def ids() -> list[int]:
    return list(ImportJob.objects.values_list("pk", flat=True))


def says(job: ImportJob | None) -> str:
    if job is None:
        return "nothing was confirmed"
    if alive.is_stopped(job):
        return "stopped, nothing of it imported"
    assert job.status in ("waiting", "done"), job.status
    return {"waiting": "waiting", "done": "imported"}[job.status]


def contents() -> dict[str, list | Counter]:
    """All that an import writes, without ids and instants."""
    booths = Booth.objects.order_by("assembly_seat", "number", "listed_on")
    versions = Booth.history.model.objects.values_list(
        "history_type", "number", "name_hi", "retired_on"
    )
    return {
        "booths": list(
            booths.values_list("assembly_seat", "number", "name_hi", "listed_on", "retired_on")
        ),
        "versions": Counter(versions),
        "day-book": sorted(RollDay.objects.values_list("assembly_seat", "day", "booths")),
    }


def is_back() -> bool:
    try:
        connections.close_all()
        ids()
        return True
    except Error:
        return False


def end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
