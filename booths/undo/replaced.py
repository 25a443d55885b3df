"""Whom a list of agents replaced, when its import is undone: they stand again, unless the place or
the person is taken since."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from booths import tallies
from booths.models import Agent, Appointment, Booth
from booths.roll.apply import chunks
from booths.undo.left import Left


def back(made: Iterable[Appointment], found) -> None:
    """Sorts the appointments that others took over into those to be restored and those left, given
    which of `made` are taken back (`found.end`)."""
    pairs = [(each, each.replaces) for each in made if each.replaces]
    if not pairs:
        return
    ends = {each.pk: each.last_day for each in found.end}
    elsewhere = _since({old.agent_id for _each, old in pairs}, ends)
    taken = _in_office({old.booth_id for _each, old in pairs}, ends)
    needs = tallies.needs_of(pairs[0][0].booth.assembly_seat.state_id)
    for each, old in pairs:
        full = old.appointed_on and taken[old.booth_id, old.kind] >= needs[old.kind]
        full = full or (each.is_standing and each.pk not in ends)
        if why := _why_not(each, old, elsewhere) or ("place_taken" if full else ""):
            found.left.append(Left("appointment", old.pk, label_of(each.booth, old.agent), why))
        else:
            found.restore.append(old)


def label_of(booth: Booth, agent: Agent) -> str:
    return f"{booth.assembly_seat.number} / {booth.label} {agent.code}"


Spans = list[tuple[int, str, date, date | None]]  # an appointment, its kind, and its days


def _why_not(made: Appointment, old: Appointment, elsewhere: dict[int, Spans]) -> str:
    if (old.status, old.end_reason, old.ended_on) != ("ended", "replaced", made.appointed_on):
        return "acted_on"
    if old.agent.erased_on:
        return "erased"
    since = (
        kind == old.kind and pk != old.pk and (end is None or end > max(begin, old.proposed_on))
        for pk, kind, begin, end in elsewhere[old.agent_id]
    )
    return "stands_elsewhere" if any(since) else ""


def _since(agents: set[int], ends: dict[int, date]) -> dict[int, Spans]:
    found: dict[int, Spans] = defaultdict(list)
    for ids in chunks(sorted(agents)):
        rows = Appointment.objects.filter(agent__in=ids).order_by()
        for pk, agent, kind, begin, end in rows.values_list(
            "pk", "agent", "kind", "proposed_on", "ended_on"
        ):
            found[agent].append((pk, kind, begin, ends.get(pk, end)))
    return found


def _in_office(booths: set[int], ends: dict[int, date]) -> dict[tuple[int, str], int]:
    """How many of a kind are in office at each booth, without those who are taken back."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    for ids in chunks(sorted(booths)):
        rows = Appointment.objects.in_office().filter(booth__in=ids).order_by()
        for pk, booth, kind in rows.values_list("pk", "booth", "kind"):
            found[booth, kind] += pk not in ends
    return found
