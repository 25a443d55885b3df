"""Reading a list of agents: what each row says, whom it means, and what importing it would do.

A row with a code is that agent. A row without one means whoever of that name stands at the same
booth for the same kind, else a new agent. An empty cell says nothing and wipes nothing. Whoever
stands already keeps status and days: those change by the acts on an appointment, not by a list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from booths import agent_columns, consent, enrolment
from booths.masking import is_masked, masked
from booths.matching import differs_in_title
from booths.models import Agent, Appointment, Booth, Kind
from booths.roll import numbers
from booths.roll.problems import FAULTS
from booths.roll.text import DEVANAGARI_DIGITS, folded, tidy
from zones.models import AssemblySeat, State

Status = Appointment.Status
PLACE = ("state", "assembly_seat", "booth", "kind")
DAYS = ("proposed_on", "appointed_on", "verified_on", "ended_on")
STANDING = ("status", *DAYS, "end_reason")
PERSON = ("name", "relation_name", "gender", "mobile", "epic_no")
PERSON += ("elector_seat", "elector_part", "elector_serial")
PERSON += ("consent_version", "consent_on", "consent_mode")
NAMES = ("name", "relation_name")
COLUMNS = ("code", *PLACE, *STANDING, *PERSON)
ORDER = (Status.PROPOSED, Status.APPOINTED, Status.VERIFIED)

# A new agent takes some ten milliseconds, during which others wait for the booths of the list.
MAX_NEW = 2000
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True, slots=True)
class Problem:
    row: int
    column: str
    value: str
    advice: str
    field: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As it is kept: where, but not what, since value and advice may name a person, and so may
        what stands where headings are expected."""
        return {"row": self.row, "column": self.field}


@dataclass
class Row:
    """A row of a list: its cells as written, what they say, and what is wrong with it."""

    row: int
    cells: dict[str, str]
    said: dict[str, Any] = field(default_factory=dict)
    problem: Problem | None = None
    headings: dict[str, str] = field(default_factory=dict)  # of the file, by column

    def fault(self, column: str, error: ValidationError | str) -> None:
        """Keeps the first fault of a row."""
        if self.problem is None:
            advice = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            heading = self.headings.get(column, column)
            value = self.cells.get(column, "")[:100]
            self.problem = Problem(self.row, heading, value, advice, column)


@dataclass
class Line(Row):
    """A row of agents: whom it means, and what comes of it."""

    agent: Agent | None = None
    booth: Booth | None = None
    appointment: Appointment | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    places: bool = False  # whether the agent is to be stood at the booth
    is_fresh: bool = False  # whether the list itself makes the agent
    may_be_erased: bool = False  # whether somebody who stood at the booth is erased
    repeats: int = 0  # the row that says the same
    may_replace: Appointment | None = None  # see list_places
    beside: str = ""
    left_out: list[str] = field(default_factory=list)  # of a person without consent

    @property
    def kind(self) -> str:
        """As the row says, else as the heading of the names does."""
        return self.said.get("kind", self.kind_of_list or Kind.BOOTH_AGENT)

    @property
    def kind_of_list(self) -> str:
        return agent_columns.kind_named_by(self.headings.get("name", ""))

    @property
    def name(self) -> str:
        return self.said.get("name") or (self.agent.name if self.agent else "")

    @property
    def relation_name(self) -> str:
        return self.said.get("relation_name") or (self.agent.relation_name if self.agent else "")

    @property
    def known(self) -> Agent | None:
        """Whom the program knew before the list."""
        return None if self.is_fresh else self.agent

    @property
    def replaced(self) -> Appointment | None:
        """Whom the list has ended for this agent."""
        made = self.appointment if self.does == "new" else None
        return made.replaces if made else None

    @property
    def does(self) -> str:
        """One of the library's types of row: new, update, skip, invalid."""
        if self.problem:
            return "invalid"
        return "new" if self.places else "update" if self.changes else "skip"


# Headings


@cache
def _labels() -> dict[str, Any]:
    """What the pages call each column, in the language of the reader."""
    labels: dict[str, Any] = {
        "booth": Booth._meta.verbose_name,
        "assembly_seat": AssemblySeat._meta.verbose_name,
        "state": State._meta.verbose_name,
    }
    for model in (Agent, Appointment):
        for of in model._meta.concrete_fields:
            if of.name in COLUMNS:
                labels.setdefault(of.name, of.verbose_name)
    return labels


def label_of(column: str) -> str:
    return str(_labels()[column])


@cache
def meanings() -> dict[str, str]:
    """Columns by their folded heading: the field's own name, what the pages call it, or what the
    districts do."""
    found = {folded(name): name for name in COLUMNS}
    for language in ("hi", "en"):
        with override(language):
            for name, label in _labels().items():
                found.setdefault(folded(str(label)), name)
    return agent_columns.of_synonyms() | found


# What a cell says


def day(text: str) -> date:
    written = text.translate(DEVANAGARI_DIGITS).removesuffix(" 00:00:00")
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    raise ValidationError(_("This is not a date. Write one such as 31/08/2018."))


def choice(choices, also: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """`also` are more words for them, folded."""

    def read(text: str) -> str:
        spelt = dict(also or {}) | _spelt(choices)
        if folded(text) in spelt:
            return spelt[folded(text)]
        known = ", ".join(f"{value} ({label})" for value, label in choices.choices)
        raise ValidationError(_("Write one of these: %(known)s."), params={"known": known})

    return read


@cache
def _spelt(choices) -> dict[str, str]:
    found = {folded(value): value for value in choices.values}
    for language in ("hi", "en"):
        with override(language):
            found |= {folded(str(label)): value for value, label in choices.choices}
    return found


def _label(text: str) -> str:
    number = numbers.parse(text)
    if isinstance(number, numbers.BadNumber):
        facts = {"meant": number.meant, "limit": numbers.LIMIT}
        raise ValidationError(FAULTS[number.reason], params=facts)
    return number.label


def seat_number(text: str) -> int:
    first = next(iter(text.translate(DEVANAGARI_DIGITS).split()), "")
    digits = first.rstrip(".-")
    if digits.isdecimal() and len(digits) <= 4:
        return int(digits)
    raise ValidationError(_("Write the number of the assembly seat."))


READ: dict[str, Callable[[str], Any]] = {
    "state": str.upper,
    "code": str.upper,
    "assembly_seat": seat_number,
    "elector_seat": seat_number,
    "booth": _label,
    "kind": choice(Kind, agent_columns.by_word(agent_columns.KIND_WORDS)),
    "status": choice(Status),
    "end_reason": choice(Appointment.EndReason),
    "gender": choice(Agent.Gender),
    "consent_mode": choice(Agent.ConsentMode),
    "consent_on": day,
    **dict.fromkeys(DAYS, day),
}
CLEAN: dict[str, Callable[[str], str]] = {
    "name": enrolment.clean_name,
    "mobile": enrolment.clean_mobile,
    "epic_no": enrolment.clean_epic,
    "consent_version": consent.clean_version,
}


def listen(line: Line, on: date) -> None:
    """Fills in what the cells say; what cannot be read is a fault of the row."""
    for name, text in line.cells.items():
        if not text:
            continue
        try:
            line.said[name] = READ[name](text) if name in READ else tidy(text)
        except ValidationError as error:
            line.fault(name, error)
    for name in (*DAYS, "consent_on"):
        if name in line.said and line.said[name] > on:
            line.fault(name, _("This day is still to come."))


# What it would do to whoever is known


def differences(line: Line, agent: Agent) -> dict[str, tuple[Any, Any]]:
    """(old, new) of each field of the agent of which the row says something else."""
    found = {}
    for name in PERSON:
        if name not in line.said:
            continue
        stored = getattr(agent, name)
        said = line.said[name]
        written = line.cells.get(name) or said  # what is said for the whole list has no cell
        if stored in (said, written) or _is_masked_form(said, stored):
            continue
        if name in NAMES and "code" not in line.said and differs_in_title(said, stored):
            continue
        said = cleaned(line, name)
        if said is not None and said != stored:
            found[name] = (stored, said)
    return found


def _is_masked_form(said: Any, stored: Any) -> bool:
    """A list that was exported with masked numbers says nothing of them."""
    return isinstance(said, str) and is_masked(said) and said == masked(str(stored))


def new_person(line: Line) -> dict[str, tuple[Any, Any]]:
    """What the row says of an agent who is not known yet, as differences from nothing."""
    said = {name: cleaned(line, name) for name in PERSON if name in line.said}
    return {name: ("", value) for name, value in said.items() if value is not None}


def cleaned(line: Line, name: str) -> Any:
    """What the row says of a field, as it is stored; None, and a fault, if it cannot be."""
    try:
        return CLEAN[name](line.said[name]) if name in CLEAN else line.said[name]
    except ValidationError as error:
        line.fault(name, error)
        return None


def contradiction(line: Line, appointment: Appointment) -> str:
    """The first column in which the row says something else of the standing than is recorded.

    A list that was written before the agent was appointed or verified contradicts nothing.
    """
    said = line.said.get("status")
    if said and said != appointment.status and not _earlier(said, appointment.status):
        return "status"
    for name in (*DAYS, "end_reason"):
        if name in line.said and line.said[name] != getattr(appointment, name):
            return name
    return ""


def _earlier(said: str, status: str) -> bool:
    return said in ORDER and status in ORDER and ORDER.index(said) < ORDER.index(status)


def recorded(appointment: Appointment, column: str) -> str:
    """What is recorded, for the reader."""
    value = getattr(appointment, column)
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(getattr(appointment, f"get_{column}_display", lambda: value or "-")() or "-")


def days_of_new(line: Line, on: date) -> dict[str, date | None]:
    """The days with which a new appointment begins: appointed, unless the row says otherwise."""
    said = line.said
    reached = [name for name in DAYS[:3] if name in said]
    status = said.get("status") or (reached[-1].removesuffix("_on") if reached else "appointed")
    days = {name: said.get(name) for name in DAYS[:3]}
    if status == Status.PROPOSED:
        days["proposed_on"] = days["proposed_on"] or on
    elif days["appointed_on"] is None:
        days["appointed_on"] = days["verified_on"] or on
    if status == Status.VERIFIED:
        days["verified_on"] = days["verified_on"] or on
    return days
