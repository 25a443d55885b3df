"""A list of agents against those who stand now, and writing what it says: all of it or nothing.

Every agent and booth that a row may mean is looked up in the user's scope, so a code or a booth
of another area is as unknown as one that never was.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booths import codes, enrolment, erasure, lifecycle, list_consent, tallies
from booths.agent_list import (
    MAX_NEW,
    Line,
    contradiction,
    days_of_new,
    differences,
    listen,
    new_person,
    recorded,
)
from booths.list_consent import OfList
from booths.list_places import find_places
from booths.list_repeats import find_repeats
from booths.matching import namesakes
from booths.models import Agent, Appointment, Booth
from zones.models import AssemblySeat, State, User, with_derived
from zones.scope import Act, agents_kept, may, places_served, states_seen

CHUNK = 2000


@dataclass
class Comparison:
    """The lines of one list, compared for one user on one day; `compare` before `write`."""

    lines: Sequence[Line]
    user: User
    on: date
    consent: OfList = field(default_factory=OfList)
    replaces: bool = False  # whether somebody new at a full booth takes a place there
    watch: Callable[[Sequence[Line]], Iterable[Line]] = iter  # put around the rows, as tqdm is
    state: State | None = None
    agents: dict[str, Agent] = field(default_factory=dict)
    booths: dict[tuple[int, str], Booth] = field(default_factory=dict)
    standing: dict[tuple[int, str], list[Appointment]] = field(default_factory=dict)
    left: dict[int, list[Appointment]] = field(default_factory=dict)  # see _load_left()
    seats: dict[int, AssemblySeat] = field(default_factory=dict)

    def compare(self) -> None:
        filled = [line for line in self.lines if any(line.cells.values())]
        for line in filled:
            listen(line, self.on)
        self.state = self._the_state(filled)
        self._load(filled)
        for line in filled:
            if not line.problem:
                self._find(line)
        find_repeats(filled)
        needs = tallies.needs_of(self.state.pk)
        find_places(filled, self.standing, needs, self.on, self._booth_named)
        if (new := sum(line.does == "new" for line in filled)) > MAX_NEW:
            raise ValidationError(
                _(
                    "The list has %(new)s new agents; at most %(limit)s are taken at a time. Divide it."
                ),
                params={"new": new, "limit": MAX_NEW},
            )

    # Looking up, in a constant number of queries

    def _the_state(self, lines: Sequence[Line]) -> State:
        """The one state of the list: that of the rows, else the user's only one."""
        states = {state.code: state for state in states_seen(self.user, self.on)}
        said = {line.said["state"] for line in lines if "state" in line.said} or set(states)
        if len(said) != 1 or not said <= set(states):
            raise ValidationError(
                _(
                    "The list must be of one state of yours. Write its code into “state”: %(codes)s."
                ),
                params={"codes": ", ".join(sorted(states))},
            )
        return states[said.pop()]

    def _load(self, lines: Sequence[Line]) -> None:
        seats = AssemblySeat.objects.filter(state=self.state)
        self.seats = {seat.number: seat for seat in seats}
        numbers = {line.said.get("assembly_seat") for line in lines}
        served = Booth.objects.present().filter(
            places_served(self.user, Act.IMPORT_AGENTS, self.on),
            assembly_seat__in=[seat for n, seat in self.seats.items() if n in numbers],
        )
        by_id = {seat.pk: seat for seat in self.seats.values()}
        for booth in served.order_by("pk"):
            booth.assembly_seat = by_id[booth.assembly_seat_id]
            self.booths[booth.assembly_seat.number, booth.label] = booth
        booths = sorted({b.pk for b in map(self._booth_named, lines) if b})
        wanted = sorted({line.said["code"] for line in lines if "code" in line.said})
        self._hold(booths, wanted)
        self._load_agents(wanted)
        self._load_standing(booths)
        self._load_left(booths)

    def _hold(self, booth_ids: Sequence[int], wanted: Sequence[str]) -> None:
        """The booths, then the agents, each in order of id as every writer holds them: nobody is
        stood there, erased or changed between looking and writing."""
        found: set[int] = set()
        for start in range(0, len(booth_ids), CHUNK):
            chunk = booth_ids[start : start + CHUNK]
            list(Booth.objects.select_for_update().filter(pk__in=chunk).order_by("pk").values("pk"))
            standing = Appointment.objects.standing().filter(booth__in=chunk)
            found |= set(standing.values_list("agent", flat=True))
        for start in range(0, len(wanted), CHUNK):
            named = self._agents_seen().filter(code__in=wanted[start : start + CHUNK])
            found |= set(named.values_list("pk", flat=True))
        agents = sorted(found)
        for start in range(0, len(agents), CHUNK):
            rows = Agent.objects.filter(pk__in=agents[start : start + CHUNK])
            list(rows.select_for_update().order_by("pk").values("pk"))

    def _agents_seen(self) -> QuerySet[Agent]:
        kept = agents_kept(self.user, Act.IMPORT_AGENTS, self.on, Appointment.objects.all())
        return Agent.objects.filter(kept, erased_on=None)

    def _load_agents(self, wanted: Sequence[str]) -> None:
        served = places_served(self.user, Act.IMPORT_AGENTS, self.on, prefix="booth__")
        placed = Appointment.objects.filter(served).select_related("booth__assembly_seat")
        rows = (
            self._agents_seen()
            .select_related("elector_seat")
            .prefetch_related(Prefetch("appointments", placed.order_by("pk"), to_attr="placed"))
        )
        for start in range(0, len(wanted), CHUNK):
            for agent in rows.filter(code__in=wanted[start : start + CHUNK]):
                self.agents[agent.code] = agent

    def _load_standing(self, booth_ids: Sequence[int]) -> None:
        found = defaultdict(list)
        for start in range(0, len(booth_ids), CHUNK):
            rows = Appointment.objects.standing().filter(booth__in=booth_ids[start : start + CHUNK])
            for each in rows.select_related("agent__elector_seat").order_by("pk"):
                found[each.booth_id, each.kind].append(each)
        self.standing = dict(found)

    def _load_left(self, booth_ids: Sequence[int]) -> None:
        """Who stood there once and has withdrawn consent or is erased, by booth."""
        took_back = Q(agent__consent_mode=Agent.ConsentMode.WITHDRAWN)
        took_back |= Q(agent__erased_on__isnull=False)
        for start in range(0, len(booth_ids), CHUNK):
            rows = Appointment.objects.filter(
                took_back, booth__in=booth_ids[start : start + CHUNK], status="ended"
            )
            for each in rows.select_related("agent").order_by("pk"):
                self.left.setdefault(each.booth_id, []).append(each)

    def _booth_named(self, line: Line) -> Booth | None:
        return self.booths.get((line.said.get("assembly_seat", 0), line.said.get("booth", "")))

    # Whom a row means

    def _find(self, line: Line) -> None:
        if not self._seat_of_roll(line):
            return
        line.booth = self._booth_named(line)
        if "code" in line.said:
            self._by_code(line)
        else:
            self._by_name(line)
        if line.problem:
            return
        if line.appointment and (column := contradiction(line, line.appointment)):
            line.fault(column, _contradicted(line, column))
            return
        list_consent.complete(line, of_list=self.consent, today=self.on)
        if line.agent:
            line.changes = differences(line, line.agent)
        if line.places and not line.problem:
            self._may_begin(line)
        line.left_out = list_consent.without(line)
        if line.places and line.agent is None:
            self._must_not_bring_back(line)

    def _must_not_bring_back(self, line: Line) -> None:
        left = self.left.get(line.booth.pk, [])
        line.may_be_erased = any(each.agent.erased_on for each in left)
        contact = [name for name in Agent.CONTACT if name in line.changes]
        for each in namesakes(left, line.said["name"], line.said.get("relation_name", "")):
            withdrawn_on = each.agent.consent_on
            if contact and not list_consent.agreed_after(line, withdrawn_on):
                line.fault(contact[0], _withdrew(withdrawn_on))

    def _seat_of_roll(self, line: Line) -> bool:
        if "elector_seat" in line.said:
            line.said["elector_seat"] = self.seats.get(line.said["elector_seat"])
            if line.said["elector_seat"] is None:
                line.fault("elector_seat", _("The state has no assembly seat of this number."))
        return line.problem is None

    def _by_code(self, line: Line) -> None:
        code = line.said["code"]
        line.agent = self.agents.get(code)
        if line.agent is None:
            known = codes.is_code(code)
            line.fault("code", _unknown_code() if known else _("This is no agent's code."))
        elif "booth" in line.said or "assembly_seat" in line.said:
            self._where_stands(line)

    def _where_stands(self, line: Line) -> None:
        """The agent's own appointment there, also at a booth retired since; else a new one."""
        here = [each for each in line.agent.placed if _is_at(each, line)]
        agreeing = [each for each in here if not contradiction(line, each)]
        standing = [each for each in here if each.is_standing]
        line.appointment = next(iter(agreeing or standing), None)
        if line.appointment is None:
            self._to_place(line)

    def _by_name(self, line: Line) -> None:
        if "name" not in line.said:
            line.fault("name", _("Write the agent's name."))
            return
        if line.booth:
            standing = self.standing.get((line.booth.pk, line.kind), [])
            found = namesakes(standing, line.said["name"], line.said.get("relation_name", ""))
            if len(found) > 1:
                line.fault("name", _("Several agents of this name stand here. Write the code."))
            elif found:
                line.appointment, line.agent = found[0], found[0].agent
                return
        self._to_place(line)

    def _to_place(self, line: Line) -> None:
        if line.booth is None:
            self._unknown_booth(line)
        elif line.said.get("status") == "ended" or "ended_on" in line.said:
            line.fault(
                "status", _("An appointment that is not recorded cannot be ended by a list.")
            )
        else:
            line.places = True

    def _unknown_booth(self, line: Line) -> None:
        number = line.said.get("assembly_seat")
        if number not in self.seats:
            line.fault("assembly_seat", _("Write the number of an assembly seat of the state."))
        elif "booth" not in line.said:
            line.fault("booth", _("Write the booth number."))
        else:
            # By its number alone: the seat may be a stranger's.
            said = _("Seat %(seat)s has no such booth in your area.")
            line.fault("booth", said % {"seat": number})

    def _may_begin(self, line: Line) -> None:
        verified = days_of_new(line, self.on)["verified_on"]
        if verified and not may(self.user, Act.VERIFY, line.booth, on=self.on):
            line.fault("status", _("Your posting does not allow you to verify at this booth."))
        if line.agent is None:
            line.changes = new_person(line)

    # Writing

    def write(self) -> None:
        """Enters the new and changes the known; what the lifecycle refuses becomes a fault. The
        caller holds the transaction, and rolls it back unless faulty rows are to be left out."""
        placing = [line for line in self.lines if line.does == "new"]
        known = [line for line in self.lines if line.changes and line.agent]
        unknown = [line for line in placing if line.agent is None]
        fresh = [line for line in self.watch(unknown) if self._enrol(line)]
        self._enter(self._in_order([line for line in placing if not line.problem]))
        if lost := [line.agent for line in fresh if line.problem]:
            erasure.drop(lost, by=self.user)
        for line in sorted(known, key=lambda line: line.agent.pk):
            if not line.problem:
                _change(line)

    def _in_order(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Who gives way at one booth and is placed at another by the same list comes last."""
        giving_way = {line.may_replace.agent_id for line in lines if line.may_replace}
        return sorted(lines, key=lambda line: self.replaces and line.agent.pk in giving_way)

    def _enrol(self, line: Line) -> bool:
        try:
            person = {name: new for name, (_old, new) in line.changes.items()}
            line.agent, line.is_fresh = enrolment.enrol(**person, by=self.user), True
        except ValidationError as error:
            line.fault("name", error)
        return line.problem is None

    def _enter(self, lines: Sequence[Line]) -> None:
        of_entry = {}
        for line in lines:
            days = days_of_new(line, self.on)
            old = line.may_replace if self.replaces else None
            entry = lifecycle.Entry(line.booth, line.agent, line.kind, in_place_of=old, **days)
            of_entry[id(entry)] = (line, entry)
        refusals: list[ValidationError] = []
        entries = [entry for _line, entry in of_entry.values()]
        lifecycle.enter(entries, by=self.user, refusals=refusals)
        for line, entry in of_entry.values():
            line.appointment = entry.made
        for refusal in refusals:
            line, _entry = of_entry[id(refusal.entry)]
            line.fault("booth", refusal)


def _is_at(appointment: Appointment, line: Line) -> bool:
    booth = appointment.booth
    said = (line.said.get("assembly_seat"), line.said.get("booth"), line.kind)
    return said == (booth.assembly_seat.number, booth.label, appointment.kind)


def _contradicted(line: Line, column: str) -> str:
    return _(
        "Recorded is %(recorded)s. A list does not change that: do it on the page of %(agent)s."
    ) % {
        "recorded": recorded(line.appointment, column),
        "agent": line.agent,
    }


def _withdrew(day: date) -> str:
    return _(
        "A person of this name withdrew consent at this booth on %(day)s. If they agreed again, "
        "write the day into “consent_on”; else leave the numbers empty."
    ) % {"day": date_format(day)}


def _unknown_code() -> str:
    return _("None of your agents has this code. Leave it empty for a new agent.")


def _change(line: Line) -> None:
    agent = line.agent
    for name, (_old, new) in line.changes.items():
        setattr(agent, name, new)
    try:
        agent.full_clean()
    except ValidationError as error:
        line.fault("name", error)
        return
    agent.save(update_fields=with_derived(Agent, line.changes))
