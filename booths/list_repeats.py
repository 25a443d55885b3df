"""Rows of one list of agents that mean the same person: one that says the same as a row before it
adds nothing, one that says something else is a fault.

Of two new people at one booth is asked what is asked of a new one and whoever stands there: the
same name, and no other relation name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from booths.agent_list import Line
from booths.matching import name_key, same_relation


def find_repeats(lines: Sequence[Line]) -> None:
    before: dict[tuple, list[Line]] = defaultdict(list)
    said_first: dict[tuple, tuple[int, Any]] = {}
    for line in lines:
        if line.problem or not (line.places or line.changes):
            continue
        keys = list(_keys(line))
        first = next((each for each in _among(before, keys) if _same(each, line)), None)
        if first is None:
            for key in keys:
                before[key].append(line)
        elif first.said == line.said:
            line.places, line.changes, line.repeats = False, {}, first.row
        else:
            line.fault("name", _said_otherwise(first.row))
        _say_once(line, said_first)


def _keys(line: Line) -> Iterator[tuple]:
    place = (line.booth.pk if line.booth else None, line.kind)
    if line.agent:
        yield (*place, line.agent.pk)
    if line.places:
        yield (*place, name_key(line.name))


def _among(before: dict[tuple, list[Line]], keys: Iterable[tuple]) -> Iterator[Line]:
    return (line for key in keys for line in before.get(key, ()))


def _same(one: Line, other: Line) -> bool:
    if one.agent and other.agent:
        return one.agent.pk == other.agent.pk
    return same_relation(one.relation_name, other.relation_name)


def _say_once(line: Line, said_first: dict[tuple, tuple[int, Any]]) -> None:
    """One agent may stand at several booths, but has one name."""
    if not line.agent:
        return
    for name, (_old, new) in line.changes.items():
        row, value = said_first.setdefault((line.agent.pk, name), (line.row, new))
        if value != new:
            line.fault(name, _said_otherwise(row))


def _said_otherwise(row: int) -> str:
    return _("Row %(row)s says something else of the same agent.") % {"row": row}
