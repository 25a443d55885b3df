"""Imports a file of any length: some whole seats at a time, all in one transaction, with one record.

The whole file is gone through before anything is written, since any faulty row may mean a booth
that a full list seems to lack.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from booths.models import ImportBatch
from booths.roll import garbage
from booths.roll.apply import Written, lock_booths, lock_seats, refuse_unsaid, write, writing
from booths.roll.by_seat import HELD, BySeat
from booths.roll.check import check
from booths.roll.compare import compare
from booths.roll.directory import directory_of
from booths.roll.left import Left, keep_batch
from booths.roll.limits import MAX_ROWS
from booths.roll.plan import Gone, Losses, Plan, Renumbered
from booths.roll.problems import Problem, Refused
from booths.roll.reading import Opened, Reading, Watch, open_list
from zones.models import State, User

NOTHING_TOLD: dict[str, Any] = {"rows": 0, "faulty": 0, "skipped": 0, "problems": []}


class Moved(NamedTuple):
    """A booth that the list seems to have under another number."""

    old: str
    new: str
    name: str
    is_followed: bool

    @classmethod
    def by(cls, proposed: Renumbered, is_followed: bool) -> "Moved":
        new = proposed.record.label
        return cls(proposed.old_label, new, proposed.old_name, is_followed)


@dataclass
class Told:
    """What an import did, or on a dry run would do: the plans of all groups, added up."""

    counts: Counter[str] = field(default_factory=Counter)
    losses: Losses = field(default_factory=Losses)
    problems: list[Problem] = field(default_factory=list)
    spared: list[Gone] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    blocked: list[Moved] = field(default_factory=list)
    batch: ImportBatch | None = None

    def add(self, plan: Plan) -> None:
        self.counts.update(plan.counts)
        self.losses = Losses(*map(sum, zip(self.losses, plan.losses, strict=True)))
        self.spared += plan.spared
        self.moved += [Moved.by(each, each.plain in plan.renumber) for each in plan.proposed]
        self.blocked += [Moved.by(each, False) for each in plan.blocked]


@dataclass
class InGroups:
    """A list all rows of which are read, and nothing is compared yet; it does one thing, once."""

    opened: Opened
    by_seat: BySeat
    as_of: date
    is_full: bool
    renumber: Callable[[Renumbered], bool]
    is_strict: bool
    told: Told = field(default_factory=Told)

    @garbage.not_searched_for()
    def foretell(self) -> Told:
        for plan in self._plans():
            self.told.add(plan)
        self._end()
        return self.told

    @garbage.not_searched_for()
    def apply(
        self, *, said: Collection[str] = (), by: User | None = None, by_name: str = ""
    ) -> Told:
        """All of the list or nothing; see apply.apply()."""
        left = Left()
        with writing(self.opened.file_name, by):
            districts = lock_seats(self.by_seat.sizes)
            for plan in self._plans():
                lock_booths(plan)
                left.add(write(plan, districts, Written(plan)))
                self.told.add(plan)
            reading = self._end()
            refuse_unsaid(self.told.losses, said)
            how = (self.as_of, self.is_full, self.told.counts)
            self.told.batch = keep_batch(reading, *how, left, by, by_name)
        return self.told

    def _plans(self) -> Iterator[Plan]:
        of_file = self.opened.reading([])
        for drafts in self.by_seat.groups():
            records = check(drafts, self.opened.cleaner)
            # Its counts and remarks are those of the file, once all groups are checked.
            reading = replace(
                of_file,
                records=records,
                unsure=frozenset(self.opened.cleaner.unsure),
                **NOTHING_TOLD,
            )
            yield compare(reading, as_of=self.as_of, is_full=self.is_full, renumber=self.renumber)

    def _end(self) -> Reading:
        reading = self.opened.reading([])
        if self.is_strict and reading.faulty:
            raise Refused("faults_forbidden", faulty=reading.faulty)
        self.told.problems = reading.problems
        for name in ("rows", "faulty", "skipped"):
            self.told.counts[name] = getattr(reading, name)
        return reading


@contextmanager
def in_groups(
    path: Path,
    *,
    state: State,
    as_of: date,
    seat: int | None = None,
    sheet: str | None = None,
    is_full: bool = False,
    renumber: Callable[[Renumbered], bool] = lambda proposed: False,
    is_strict: bool = False,
    watch: Watch = iter,
    held: int = HELD,
    remarks: int = MAX_ROWS,
) -> Iterator[InGroups]:
    """Reads the file; see read() and compare(). With `is_strict` a list with a fault is refused.
    `held` and `remarks` are how many rows and remarks are held, for tests."""
    with tempfile.TemporaryFile() as file, garbage.not_searched_for():
        opened = open_list(path, directory=directory_of(state), seat=seat, sheet=sheet)
        by_seat = BySeat(file, held)
        by_seat.take(opened.drafts(lambda rows: _with_few_remarks(watch(rows), opened, remarks)))
        yield InGroups(opened, by_seat, as_of, is_full, renumber, is_strict)


def _with_few_remarks(rows: Iterable[list[str]], opened: Opened, limit: int) -> Iterator[list[str]]:
    for row in rows:
        if len(opened.cleaner.log.problems) > limit:
            raise Refused("too_many_remarks", limit=limit)
        yield row
