"""From proposal to end: the only writer of an appointment's status.

Each function locks the booths it touches in order of id, then writes the appointment, one event
for each act, then the day-book, in one transaction; it refuses with a ValidationError whose
sentence can be shown. `on` is the day of the act in the world, `by` the user who enters it.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booths import bookkeeping, tallies
from booths.models import Agent, AgentNeed, Appointment, AppointmentEvent, Booth, Kind
from zones.models import State

Status = Appointment.Status
Verb = AppointmentEvent.Verb

# From which status an act may start.
MOVES = {
    Verb.APPOINTED: {Status.PROPOSED},
    Verb.VERIFIED: {Status.APPOINTED},
    Verb.ENDED: {Status.PROPOSED, Status.APPOINTED, Status.VERIFIED},
}


def propose(
    booth: Booth, agent: Agent, *, on: date, by, kind: str = Kind.BOOTH_AGENT
) -> Appointment:
    with _at([booth.pk], [agent.pk]):
        return _propose(booth, agent, kind=kind, on=on, by=by)


def appoint(appointment: Appointment, *, on: date, by) -> Appointment:
    with _at([appointment.booth_id]):
        return _appoint(_fresh(appointment), on=on, by=by)


def appoint_at(
    booth: Booth, agent: Agent, *, on: date, by, kind: str = Kind.BOOTH_AGENT
) -> Appointment:
    """Proposes and appoints in one step, as district staff enter an agent."""
    with _at([booth.pk], [agent.pk]):
        return _appoint(_propose(booth, agent, kind=kind, on=on, by=by), on=on, by=by)


def verify(appointment: Appointment, *, on: date, by) -> Appointment:
    with _at([appointment.booth_id]):
        appointment = _fresh(appointment)
        _must_allow(Verb.VERIFIED, appointment)
        _must_be_listed(appointment.booth, on)
        appointment.status, appointment.verified_on = Status.VERIFIED, on
        return _write(appointment, Verb.VERIFIED, on=on, by=by)


def end(appointment: Appointment, *, on: date, reason: str, by, note: str = "") -> Appointment:
    with _at([appointment.booth_id]):
        return _end(_fresh(appointment), on=on, reason=reason, by=by, note=note)


def take_back(appointments: Iterable[Appointment], *, by, note: str) -> list[Appointment]:
    """Ends appointments that should never have been, each on its own last day: it counts from none
    on, and what was done stays in its history."""
    appointments = list(appointments)
    with _at({each.booth_id for each in appointments}, {each.agent_id for each in appointments}):
        return [_taken_back(_fresh(each), by=by, note=note) for each in appointments]


def replace(appointment: Appointment, agent: Agent, *, on: date, by, note: str = "") -> Appointment:
    """Ends the appointment and appoints `agent` in its place; returns the new appointment."""
    with _at([appointment.booth_id], [agent.pk]):
        old = _end(_fresh(appointment), on=on, reason="replaced", by=by, note=note)
        new = _propose(old.booth, agent, kind=old.kind, on=on, by=by, replaces=old)
        return _appoint(new, on=on, by=by)


def move(appointment: Appointment, booth: Booth, *, on: date, by, note: str = "") -> Appointment:
    """Ends the appointment and stands its agent at another booth in the same status.

    An agent in office is appointed there anew and waits to be verified there.
    """
    with _at([appointment.booth_id, booth.pk], [appointment.agent_id]):
        return _move(_fresh(appointment), booth, on=on, by=by, note=note)


def stand_again(appointment: Appointment, *, on: date, by, note: str) -> Appointment:
    """Takes an end back that should never have been: the agent stands as before."""
    with _at([appointment.booth_id], [appointment.agent_id]):
        old = _fresh(appointment)
        _must_not_be_erased(old.agent)
        changes = {"ended_on": [str(old.ended_on), "None"]}
        old.ended_on, old.end_reason = None, ""
        reached = [name for name in old.DAYS if getattr(old, name)]
        old.status = Status(reached[-1].removesuffix("_on"))
        if old.is_in_office:
            old.slot = _free_slot(old)
        _must_be_free(old)
        return _write(old, Verb.CORRECTED, on=on, by=by, reason=note, changes=changes)


Moves = Iterable[tuple[Appointment, Booth]]


def move_many(
    moves: Moves, *, on: date, by, note: str = ""
) -> tuple[list[Appointment], list[tuple[Appointment, ValidationError]]]:
    """Moves whole lists of agents, in one transaction: those made there, and those refused, which
    stand where they stood, each with the refusal."""
    moves = list(moves)
    made, refused = [], []
    booths = {pk for appointment, booth in moves for pk in (appointment.booth_id, booth.pk)}
    with _at(booths, {appointment.agent_id for appointment, _booth in moves}):
        for appointment, booth in moves:
            try:
                with transaction.atomic():
                    fresh = _fresh(appointment)
                    made.append(_move(fresh, booth, on=on, by=by, note=note))
            except ValidationError as error:
                refused.append((appointment, error))
    return made, refused


def correct(appointment: Appointment, *, by, on: date, reason: str, **values) -> Appointment:
    """Puts a wrongly typed booth or day right: `booth`, `proposed_on`, `appointed_on`,
    `verified_on`, `ended_on`. The event keeps what stood there before. Who was verified at another
    booth waits to be verified at this one."""
    booth = values.get("booth")
    booths = [appointment.booth_id, *([booth.pk] if booth else [])]
    with _at(booths, [appointment.agent_id]):
        appointment = _fresh(appointment)
        changes = {}
        for name in ("booth", "proposed_on", "appointed_on", "verified_on", "ended_on"):
            if name in values and values[name] != (was := getattr(appointment, name)):
                changes[name] = [str(was), str(values[name])]
                setattr(appointment, name, values[name])
        if not changes:
            return appointment
        if "booth" in changes and appointment.status == Status.VERIFIED:
            # Nobody has verified the agent there.
            was = changes.get("verified_on", [str(appointment.verified_on)])[0]
            changes["verified_on"] = [was, "None"]
            appointment.status, appointment.verified_on = Status.APPOINTED, None
        if "booth" in changes and appointment.is_in_office:
            appointment.slot = _free_slot(appointment)
        _must_be_listed(appointment.booth, appointment.proposed_on)
        _must_be_free(appointment)
        return _write(appointment, Verb.CORRECTED, on=on, by=by, reason=reason, changes=changes)


@dataclass
class Entry:
    """One row of a list of agents: who stands where, as what, up to which status."""

    booth: Booth
    agent: Agent
    kind: str = Kind.BOOTH_AGENT
    proposed_on: date | None = None
    appointed_on: date | None = None
    verified_on: date | None = None
    in_place_of: Appointment | None = None  # who is ended when this one is appointed
    made: Appointment | None = field(default=None, compare=False)


def enter(
    entries: Iterable[Entry], *, by, refusals: list[ValidationError] | None = None
) -> list[Entry]:
    """Stands the agents of a whole list at their booths, in one transaction; sets `made`.

    A refusal carries the entry as `error.entry`, and nothing is written; or, where a list of
    `refusals` is given, it is put there and the other entries are made.
    """
    entries = list(entries)
    with _at({entry.booth.pk for entry in entries}, {entry.agent.pk for entry in entries}):
        for entry in entries:
            try:
                with transaction.atomic():
                    entry.made = _enter(entry, by=by)
            except ValidationError as error:
                error.entry = entry
                if refusals is None:
                    raise
                refusals.append(error)
    return entries


def set_need(state: State, *, per_booth: int, by, kind: str = Kind.BOOTH_AGENT) -> AgentNeed:
    """Sets how many agents of the kind every booth needs, and recounts the state.

    Refused while a booth has more agents of the kind in office than that.
    """
    with bookkeeping.recounting(state):
        need, _created = AgentNeed.objects.get_or_create(state=state, kind=kind)
        in_office = Appointment.objects.in_office().filter(
            booth__assembly_seat__state=state, kind=kind, slot__gt=per_booth
        )
        if first := in_office.select_related("booth").order_by("booth").first():
            raise ValidationError(
                _("Booth %(booth)s has more agents of this kind in office; end them first."),
                params={"booth": first.booth.label},
            )
        need.per_booth = per_booth
        need.full_clean()
        need.save()
    return need


@contextmanager
def _at(booth_ids: Iterable[int], agent_ids: Iterable[int] = ()):
    """Holds the booths, then the agents, each in order of id so that no two writers deadlock."""
    with bookkeeping.keeping_day_book(booth_ids):
        agents = Agent.objects.select_for_update().filter(pk__in=set(agent_ids))
        list(agents.order_by("pk").values("pk"))
        yield


def _fresh(appointment: Appointment) -> Appointment:
    """The appointment as it stands now that its booth is locked."""
    fresh = Appointment.objects.select_related("booth__assembly_seat", "agent").get(
        pk=appointment.pk
    )
    if fresh.booth_id != appointment.booth_id:
        raise ValidationError(_("Somebody has just moved this agent. Look again, then decide."))
    return fresh


def _propose(booth, agent, *, kind, on, by, replaces=None) -> Appointment:
    return _write(
        _new(booth, agent, kind=kind, on=on, replaces=replaces), Verb.PROPOSED, on=on, by=by
    )


def _new(booth, agent, *, kind, on, replaces=None) -> Appointment:
    """A proposal, not written yet; refused where the booth or the agent does not allow it."""
    booth = Booth.objects.select_related("assembly_seat").get(pk=booth.pk)
    _must_be_listed(booth, on)
    _must_not_be_erased(agent)
    made = Appointment(booth=booth, agent=agent, kind=kind, proposed_on=on, replaces=replaces)
    _must_be_free(made)
    return made


def _appoint(appointment, *, on, by) -> Appointment:
    _must_allow(Verb.APPOINTED, appointment)
    _must_be_listed(appointment.booth, on)
    appointment.slot = _free_slot(appointment)
    appointment.status, appointment.appointed_on = Status.APPOINTED, on
    return _write(appointment, Verb.APPOINTED, on=on, by=by)


def _move(appointment, booth, *, on, by, note) -> Appointment:
    if appointment.booth_id == booth.pk:
        raise ValidationError(_("The agent already stands at this booth."))
    was_in_office = appointment.is_in_office
    old = _end(appointment, on=on, reason="moved", by=by, note=note)
    new = _propose(booth, old.agent, kind=old.kind, on=on, by=by, replaces=old)
    return _appoint(new, on=on, by=by) if was_in_office else new


def _taken_back(appointment, *, by, note) -> Appointment:
    return _end(appointment, on=appointment.last_day, reason="withdrawn", by=by, note=note)


def _gives_way(appointment, *, on, by) -> Appointment:
    old = _fresh(appointment)
    if on is None or on < old.last_day:
        raise ValidationError(
            _("%(agent)s stands here since %(day)s: nobody takes the place before that."),
            params={"agent": old.agent, "day": date_format(old.last_day)},
        )
    return _end(old, on=on, reason="replaced", by=by)


def _end(appointment, *, on, reason, by, note="") -> Appointment:
    _must_allow(Verb.ENDED, appointment)
    appointment.status, appointment.ended_on, appointment.end_reason = Status.ENDED, on, reason
    return _write(appointment, Verb.ENDED, on=on, by=by, reason=note)


def _enter(entry: Entry, *, by) -> Appointment:
    """All acts of the entry at once: checked and written once, with an event for each act."""
    days = {
        Verb.PROPOSED: entry.proposed_on or entry.appointed_on or entry.verified_on,
        Verb.APPOINTED: entry.appointed_on or entry.verified_on,
        Verb.VERIFIED: entry.verified_on,
    }
    old = entry.in_place_of and _gives_way(entry.in_place_of, on=days[Verb.APPOINTED], by=by)
    made = _new(entry.booth, entry.agent, kind=entry.kind, on=days[Verb.PROPOSED], replaces=old)
    if days[Verb.APPOINTED]:
        made.slot = _free_slot(made)
        made.status, made.appointed_on = Status.APPOINTED, days[Verb.APPOINTED]
    if days[Verb.VERIFIED]:
        made.status, made.verified_on = Status.VERIFIED, days[Verb.VERIFIED]
    made._history_user = by
    made.full_clean()
    made.save()
    for verb, day in days.items():
        if day:
            _record(made, verb, on=day, by=by)
    return made


def _must_allow(verb: str, appointment: Appointment) -> None:
    if appointment.status not in MOVES[verb]:
        raise ValidationError(
            _("This cannot be done: the appointment is already %(status)s."),
            params={"status": appointment.get_status_display()},
        )


def _must_be_listed(booth: Booth, on: date) -> None:
    if not booth.is_listed(on):
        raise ValidationError(
            _("Booth %(booth)s is not on the list on this day."), params={"booth": booth.label}
        )


def _must_not_be_erased(agent: Agent) -> None:
    """Asked now that the agent is locked: erasing locks them too."""
    if Agent.objects.filter(pk=agent.pk, erased_on__isnull=False).exists():
        raise ValidationError(
            _("This person's data was erased. Enter the person anew if they come back.")
        )


def _must_be_free(appointment: Appointment) -> None:
    """On no day does one agent stand twice for a kind; an appointment that was taken back stood on
    none. Where the other booth is, is not said: it
    may lie outside what the reader may see."""
    others = Appointment.objects.filter(agent=appointment.agent, kind=appointment.kind)
    others = others.exclude(pk=appointment.pk).filter(
        Q(ended_on=None)
        | Q(ended_on__gt=appointment.proposed_on) & Q(ended_on__gt=F("proposed_on"))
    )
    if appointment.ended_on:
        others = others.filter(proposed_on__lt=appointment.ended_on)
    other = others.first()
    if other is None:
        return
    facts = {"agent": appointment.agent.name, "kind": Kind(appointment.kind).label}
    if other.ended_on is None:
        says = _("%(agent)s already stands as %(kind)s. Move the agent, or end that first.")
    else:
        says = _("%(agent)s stood as %(kind)s elsewhere until %(day)s.")
        facts["day"] = date_format(other.ended_on)
    raise ValidationError(says, params=facts)


def _free_slot(appointment: Appointment) -> int:
    """The lowest free place of the kind at the booth; refused when all are taken."""
    booth = appointment.booth
    need = tallies.need_of(booth.assembly_seat.state_id, appointment.kind)
    taken = set(
        Appointment.objects.in_office()
        .filter(booth=booth, kind=appointment.kind)
        .exclude(pk=appointment.pk)
        .values_list("slot", flat=True)
    )
    free = [slot for slot in range(1, need + 1) if slot not in taken]
    if not free:
        raise ValidationError(
            _("Booth %(booth)s already has an agent in office for every place."),
            params={"booth": booth.label},
        )
    return free[0]


def _write(appointment, verb, *, on, by, reason="", changes=None) -> Appointment:
    # Free text may name a person: it stands in the event, where it can be erased, and not in the
    # history, where nothing can.
    appointment._history_user, appointment._change_reason = by, str(Verb(verb).label)
    appointment.full_clean()
    appointment.save()
    _record(appointment, verb, on=on, by=by, reason=reason, changes=changes)
    return appointment


def _record(appointment, verb, *, on, by, reason="", changes=None) -> None:
    AppointmentEvent.objects.create(
        appointment=appointment,
        verb=verb,
        on=on,
        by=by,
        by_name=by.name if by else "",
        reason=reason,
        changes=changes or {},
    )
