"""Who on a list of agents may be a person that is entered already, or on another of its rows: a hint
for the reader, who knows the people. Nothing is refused for it.

Looked for is the same mobile or EPIC number anywhere, the same name with the same relation name in
the seat, and nearly the same name at the booth, of whoever stands or stood there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths.agent_list import Line
from booths.matching import name_key, relation_key, sharing
from booths.models import Appointment

WHY: Mapping[str, Promise] = {
    "number": _("same mobile or EPIC number"),
    "name": _("same name in this seat"),
    "near": _("same or nearly the same name at this booth"),
}
# From so many letters on, so many may differ: राम and राज are two people.
SLIPS = ((9, 2), (6, 1))
MOST = 5  # other rows of one reason: a phone of an office may stand on a thousand


@dataclass
class Likely:
    """A line of somebody new, and who it may be, each with the first reason of WHY."""

    line: Line
    agents: dict[int, str] = field(default_factory=dict)  # by id
    rows: dict[int, str] = field(default_factory=dict)  # of the same list


class Known(NamedTuple):
    agent: int
    booth: int
    seat: int
    name: str
    relation_name: str

    @property
    def name_in_seat(self) -> tuple:
        return (self.seat, name_key(self.name), relation_key(self.relation_name))


def likely_duplicates(lines: Sequence[Line]) -> list[Likely]:
    """Of a list that is written, if only for a preview. As many queries for one row as for many."""
    new = [line for line in lines if line.does == "new"]
    if not new:
        return []
    fresh = {line.agent.pk for line in new if line.is_fresh}
    found = {line.row: Likely(line) for line in new}
    for pairs in (_by_number(new, fresh), _by_name(new, fresh)):
        for row, agent, why in pairs:
            found[row].agents.setdefault(agent, why)
    for row, other, why in _in_the_list(new):
        found[row].rows.setdefault(other, why)
    return [each for each in found.values() if each.agents or each.rows]


Pairs = Iterator[tuple[int, int, str]]


def _by_number(new: Sequence[Line], fresh: set[int]) -> Pairs:
    shared = sharing([line.agent for line in new])
    for line in new:
        for other in shared.get(line.agent.pk, ()):
            if other.pk not in fresh:
                yield line.row, other.pk, "number"


def _by_name(new: Sequence[Line], fresh: set[int]) -> Pairs:
    in_seat: dict[tuple, list[Known]] = defaultdict(list)
    at_booth: dict[int, list[Known]] = defaultdict(list)
    for known in _known({line.booth.assembly_seat_id for line in new}):
        if known.agent not in fresh:
            in_seat[known.name_in_seat].append(known)
            at_booth[known.booth].append(known)
    for line in new:
        said = _of(line)
        for why, others in (
            ("name", in_seat.get(said.name_in_seat, ())),
            ("near", (each for each in at_booth.get(said.booth, ()) if nearly_one(said, each))),
        ):
            yield from ((line.row, each.agent, why) for each in others if each.agent != said.agent)


def _known(seats: Iterable[int]) -> Iterator[Known]:
    rows = Appointment.objects.filter(booth__assembly_seat__in=seats, agent__erased_on=None)
    columns = ("agent", "booth", "booth__assembly_seat", "agent__name", "agent__relation_name")
    return (Known(*row) for row in rows.order_by().values_list(*columns).distinct())


def _of(line: Line) -> Known:
    seat = line.booth.assembly_seat_id
    return Known(line.agent.pk, line.booth.pk, seat, line.agent.name, line.agent.relation_name)


def _in_the_list(new: Sequence[Line]) -> Pairs:
    having: dict[tuple, list[Line]] = defaultdict(list)
    keys = {line.row: list(_keys(line)) for line in new}
    for line in new:
        for _why, key in keys[line.row]:
            having[key].append(line)
    for line in new:
        for why, key in keys[line.row]:
            others = (other for other in having[key] if other.agent.pk != line.agent.pk)
            for other in islice(others, MOST):
                yield line.row, other.row, why


def _keys(line: Line) -> Iterator[tuple[str, tuple]]:
    for number in ("mobile", "epic_no"):
        if said := getattr(line.agent, number):
            yield "number", (number, said)
    yield "name", ("name", *_of(line).name_in_seat)


def nearly_one(one: Known, other: Known) -> bool:
    """Whether two at one booth may be one person, with a slip of the pen in the name."""
    mine, theirs = relation_key(one.relation_name), relation_key(other.relation_name)
    return nearly(name_key(one.name), name_key(other.name)) and (
        not mine or not theirs or nearly(mine, theirs)
    )


def nearly(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    slips = next((slips for letters, slips in SLIPS if shorter >= letters), 0)
    return one == other or (abs(len(one) - len(other)) <= slips and distance(one, other) <= slips)


def distance(one: str, other: str) -> int:
    """How many letters are to be put in, left out or written otherwise."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, its in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != its))
    return row[-1]
