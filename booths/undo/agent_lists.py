"""Undoing the import of a list of agents: whom it stood at a booth no longer stands there, whom it
brought in is gone, whom it replaced stands again, and what it changed of others is as it was.

An appointment is not deleted, since its history stays: it is ended on its own last day, and so
counts on none.
"""

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from django.utils.translation import gettext as _

from booths import erasure, lifecycle
from booths.models import Agent, Appointment, Booth, ImportBatch
from booths.roll.apply import chunks
from booths.undo import replaced
from booths.undo.left import Left, Undoing, differing
from booths.undo.people import PeopleBack, versions_of
from zones.trail import versions


@dataclass
class AgentsBack:
    end: list[Appointment] = field(default_factory=list)
    restore: list[Appointment] = field(default_factory=list)
    people: PeopleBack = field(default_factory=lambda: PeopleBack(Agent, attrgetter("code")))
    left: list[Left] = field(default_factory=list)

    @property
    def told(self) -> Undoing:
        left = self.left + self.people.left
        found = Undoing(left=sorted(left, key=lambda left: (left.label, left.why)))
        found.taken.update(
            appointments_ended=len(self.end),
            appointments_restored=len(self.restore),
            agents_changed=len(self.people.values),
            agents_erased=len(self.people.erase),
        )
        return found


def hold(batch: ImportBatch) -> None:
    """The booths, then the agents, each in order of id as every writer holds them."""
    made = _made(batch)
    agents = {each.agent_id for each in made} | set(versions_of(batch))
    agents |= {each.replaces.agent_id for each in made if each.replaces}
    for model, ids in ((Booth, {each.booth_id for each in made}), (Agent, agents)):
        for chunk in chunks(sorted(ids)):
            held = model._default_manager.select_for_update().filter(pk__in=chunk)
            list(held.order_by("pk").values("pk"))


def back(batch: ImportBatch) -> AgentsBack:
    found = AgentsBack()
    made = _made(batch)
    _appointments(made, found)
    replaced.back(made, found)
    found.people.find_changed(batch)
    ids = batch.undo.get("agents", [])
    found.people.find_new(ids, stays=_placed(ids, found))
    return found


def write(found: AgentsBack, *, on: date, by) -> None:
    """Within the caller's transaction, which holds the booths and the agents."""
    lifecycle.take_back(found.end, by=by, note=_("Import undone"))
    for old in found.restore:
        lifecycle.stand_again(old, on=on, by=by, note=_("Import undone"))
    found.people.give_back()
    for agent in found.people.erase:
        erasure.erase(agent, on=on, by=by, reason=erasure.Reason.MISTAKE)


def _made(batch: ImportBatch) -> list[Appointment]:
    found: list[Appointment] = []
    for ids in chunks(sorted(batch.undo.get("appointments", []))):
        rows = Appointment.objects.filter(pk__in=ids).order_by("pk")
        found += rows.select_related("agent", "booth__assembly_seat", "replaces__agent")
    return found


def _appointments(made: list[Appointment], found: AgentsBack) -> None:
    first = versions.first_said(Appointment, [each.pk for each in made])
    for each in made:
        said = first.get(each.pk)
        if said is None or differing(each, said, said):
            if each.is_standing or said is None:
                label = replaced.label_of(each.booth, each.agent)
                found.left.append(Left("appointment", each.pk, label, "acted_on"))
        else:
            found.end.append(each)


def _placed(agent_ids: list[int], found: AgentsBack) -> set[int]:
    """Those of the agents who stand or stood by another's word; named with the appointment."""
    ended = {each.pk for each in found.end}
    placed: set[int] = set()
    for chunk in chunks(sorted(agent_ids)):
        rows = Appointment.objects.filter(agent__in=chunk).order_by()
        placed |= {agent for pk, agent in rows.values_list("pk", "agent") if pk not in ended}
    return placed
