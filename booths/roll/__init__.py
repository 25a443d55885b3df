"""Booth lists: decode -> find the table -> map the columns -> bring old fonts into Unicode -> clean
-> check -> compare -> apply.

    reading = roll.read(data, "list.csv", state=state, seat=33)   # what the file says
    plan = roll.compare(reading, as_of=day)                       # what importing it would do
    batch = roll.apply(plan, by=user)                             # all of it, or nothing

    with roll.in_groups(path, state=state, as_of=day) as listed:  # a file of any length:
        told = listed.apply(by=user)                                # the same steps by groups of seats

Each step is a pure function in a module of its own; the last alone writes. `Refused` (a
ValidationError) says in a sentence why a file is not taken.
"""

from collections.abc import Collection, Mapping

from booths.roll.apply import apply
from booths.roll.compare import compare
from booths.roll.decode import refuse_too_large
from booths.roll.directory import directory_of
from booths.roll.fonts import Found
from booths.roll.in_groups import Told, in_groups
from booths.roll.plan import Change, Gone, Plan, Renumbered
from booths.roll.problems import FAULT, SKIP, WARNING, Problem, Refused
from booths.roll.reading import Reading, Watch, table_of
from booths.roll.reading import read as read_with
from zones.models import State

__all__ = [
    "FAULT",
    "SKIP",
    "WARNING",
    "Change",
    "Found",
    "Gone",
    "Plan",
    "Problem",
    "Reading",
    "Refused",
    "Renumbered",
    "Told",
    "apply",
    "compare",
    "in_groups",
    "read",
    "refuse_too_large",
    "table_of",
]


def read(
    data: bytes,
    file_name: str,
    *,
    state: State,
    seat: int | None = None,
    sheet: str | None = None,
    watch: Watch = iter,
    columns: Mapping[int, str] | None = None,
    has_headings: bool = True,
    kruti_dev: Collection[int] | None = None,
) -> Reading:
    """What a file says of the booths of a state; writes nothing. See reading.read."""
    directory = directory_of(state)
    return read_with(
        data,
        file_name,
        directory=directory,
        seat=seat,
        sheet=sheet,
        watch=watch,
        columns=columns,
        has_headings=has_headings,
        kruti_dev=kruti_dev,
    )
