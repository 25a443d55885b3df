"""Undoing the import of a list of agents: whom it stood at a booth no longer stands there, whom it
brought in is gone, and what it changed of others is as it was.

What people were before is not kept with the import but in the trail alone, where it can be erased.
An appointment is not deleted, since its history stays: it is ended on its own last day, and so
counts on none.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from booths import erasure, lifecycle
from booths.models import Agent, Appointment, Booth, ImportBatch
from booths.roll.apply import chunks
from booths.undo.left import Left, Undoing, differing
from zones.trail import versions

COLUMN = {f.name: f.attname for f in Agent._meta.concrete_fields}


@dataclass
class AgentsBack:
    end: list[Appointment] = field(default_factory=list)
    values: dict[int, dict[str, Any]] = field(default_factory=dict)  # of an agent, by column
    erase: list[Agent] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    @property
    def told(self) -> Undoing:
        found = Undoing(left=sorted(self.left, key=lambda left: (left.label, left.why)))
        found.taken.update(
            appointments_ended=len(self.end),
            agents_changed=len(self.values),
            agents_erased=len(self.erase),
        )
        return found


def hold(batch: ImportBatch) -> None:
    """The booths, then the agents, each in order of id as every writer holds them."""
    made = _made(batch)
    agents = {each.agent_id for each in made} | set(_versions(batch))
    for model, ids in ((Booth, {each.booth_id for each in made}), (Agent, agents)):
        for chunk in chunks(sorted(ids)):
            held = model._default_manager.select_for_update().filter(pk__in=chunk)
            list(held.order_by("pk").values("pk"))


def back(batch: ImportBatch) -> AgentsBack:
    found = AgentsBack()
    made = _made(batch)
    _appointments(made, found)
    _changed(batch, found)
    _new(batch, found)
    return found


def write(found: AgentsBack, *, on: date, by) -> None:
    """Within the caller's transaction, which holds the booths and the agents."""
    lifecycle.take_back(found.end, by=by, note=_("Import undone"))
    for agent in Agent.objects.filter(pk__in=found.values).order_by("pk"):
        _give_back(agent, found)
    for agent in found.erase:
        erasure.erase(agent, on=on, by=by, reason=erasure.Reason.MISTAKE)


def _give_back(agent: Agent, found: AgentsBack) -> None:
    """Refused where what was edited since does not go with what was before, as a number that
    needs the consent which the list brought."""
    values = found.values[agent.pk]
    for column, value in values.items():
        setattr(agent, column, value)
    try:
        agent.full_clean()
    except ValidationError:
        found.left.append(Left("agent", agent.pk, agent.code, "edited", tuple(sorted(values))))
        del found.values[agent.pk]
        return
    agent.save(update_fields=sorted(values))


def _made(batch: ImportBatch) -> list[Appointment]:
    found: list[Appointment] = []
    for ids in chunks(sorted(batch.undo.get("appointments", []))):
        rows = Appointment.objects.filter(pk__in=ids).order_by("pk")
        found += rows.select_related("agent", "booth__assembly_seat")
    return found


def _versions(batch: ImportBatch) -> dict[int, list[int | None]]:
    """Of each agent that the list changed, the versions before and after."""
    return {int(pk): pair for pk, pair in batch.undo.get("versions", {}).items()}


def _appointments(made: list[Appointment], found: AgentsBack) -> None:
    first = versions.first_said(Appointment, [each.pk for each in made])
    for each in made:
        said = first.get(each.pk)
        if said is None or differing(each, said, said):
            if each.is_standing or said is None:
                booth = f"{each.booth.assembly_seat.number} / {each.booth.label}"
                label = f"{booth} {each.agent.code}"
                found.left.append(Left("appointment", each.pk, label, "acted_on"))
        else:
            found.end.append(each)


def _changed(batch: ImportBatch, found: AgentsBack) -> None:
    kept = _versions(batch)
    said = versions.said_in(Agent, [key for pair in kept.values() for key in pair if key])
    agents = Agent.objects.in_bulk({int(pk) for pk in batch.differences.get("changed", {})})
    for pk, names in batch.differences.get("changed", {}).items():
        agent = agents.get(int(pk))
        if agent is None:
            continue
        before, after = (said.get(key) for key in kept.get(agent.pk, (None, None)))
        _changed_fields(agent, [COLUMN[name] for name in names], before, after, found)


def _changed_fields(agent, columns, before, after, found: AgentsBack) -> None:
    def leave(why: str, fields: Iterable[str] = columns) -> None:
        found.left.append(Left("agent", agent.pk, agent.code, why, tuple(sorted(fields))))

    known = [side and versions.ERASED not in side.values() for side in (before, after)]
    if agent.erased_on:
        leave("erased")
    elif not all(known):
        leave("not_known")
    else:
        others = differing(agent, after, columns)
        if edited := differing(agent, before, others):
            leave("edited", edited)
        if still := [column for column in columns if column not in others]:
            fields = {column: Agent._meta.get_field(column) for column in still}
            found.values[agent.pk] = {c: of.to_python(before[c]) for c, of in fields.items()}


def _new(batch: ImportBatch, found: AgentsBack) -> None:
    """Whom the list brought in: gone again, unless they stand or stood by another's word."""
    ids = batch.undo.get("agents", [])
    first = versions.first_said(Agent, ids)
    ended = {each.pk for each in found.end}
    placed: dict[int, set[int]] = defaultdict(set)
    for chunk in chunks(sorted(ids)):
        rows = Appointment.objects.filter(agent__in=chunk).order_by()
        for pk, agent in rows.values_list("pk", "agent"):
            placed[agent].add(pk)
    for agent in Agent.objects.filter(pk__in=ids, erased_on=None).order_by("pk"):
        said = first.get(agent.pk)
        known = said is not None and versions.ERASED not in said.values()
        if placed[agent.pk] - ended:
            continue  # named with the appointment
        if not known:
            found.left.append(Left("agent", agent.pk, agent.code, "not_known"))
        elif fields := differing(agent, said, said):
            found.left.append(Left("agent", agent.pk, agent.code, "edited", tuple(fields)))
        else:
            found.erase.append(agent)
