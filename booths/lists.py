"""The kinds of list that are taken from a file: what is asked beside each, how it is read, and
writing what was previewed.

`read` writes nothing and may take long; `foresee` says what importing would do, and writes nothing
either; `write` is called in the transaction that also says that the list is imported, and refuses
what is no longer as it was previewed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from booths import roll, team_comparison, team_list
from booths.agent_list import Line
from booths.how_read import AS_IT_SAYS, HowRead
from booths.imports import AgentResource, dataset_of
from booths.list_consent import OfList
from booths.models import ImportBatch, ImportJob
from booths.roll.apply import TICKS, must_be_said
from booths.roll.plan import box, confirms
from booths.roll.problems import FAULT
from booths.roll.table import Table
from booths.upload_forms import (
    AgentConfirm,
    AgentUpload,
    BoothConfirm,
    BoothListForm,
    ConfirmForm,
    UploadForm,
)
from zones.models import AssemblySeat, State, User
from zones.scope import Act, seats_served

Tell = Callable[[int, int], None]  # rows done, rows in all
EVERY = 100  # rows between two tellings


def silent(done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Asked:
    """An uploaded list with what was chosen beside it, for its user on a day."""

    file_name: str
    data: bytes
    options: dict[str, Any]
    user: User
    on: date
    how: HowRead = AS_IT_SAYS
    confirmed: dict[str, Any] | None = None  # of its preview; None before there was one


@dataclass(frozen=True)
class Foreseen:
    """What importing a list would do. `of` is the plan, the library's result or the comparison;
    `needed` are by name the ticks without which it is not imported, with what is said then."""

    of: Any
    table: Any  # how it was read: sheet, columns, samples
    counts: dict[str, int]
    problems: Sequence[Any]
    fingerprint: str
    needed: dict[str, ValidationError]
    named: dict[str, set[int]] = field(default_factory=dict)  # the people whom problems are about

    @property
    def faults(self) -> list[Any]:
        """The problems for which a row is not taken."""
        return [each for each in self.problems if getattr(each, "level", FAULT) == FAULT]


@dataclass(frozen=True)
class Outcome:
    counts: dict[str, int]
    batch: ImportBatch | None = None


class ListKind:
    act: Act
    form: type[UploadForm] = UploadForm
    confirm_form: type[ConfirmForm] = ConfirmForm

    def form_kwargs(self, user: User, on: date) -> dict[str, Any]:
        return {}

    def chosen(self, posted: dict, user: User, on: date) -> dict[str, Any]:
        """What was chosen, as far as the user may still choose it."""
        form = self.form(posted, **self.form_kwargs(user, on))
        form.fields["import_file"].required = False
        if not form.is_valid():
            raise ValidationError([str(each) for errors in form.errors.values() for each in errors])
        return form.cleaned_data

    def read(self, asked: Asked, tell: Tell = silent) -> Any:
        raise NotImplementedError

    def foresee(self, asked: Asked) -> Foreseen:
        raise NotImplementedError

    def choices(self, foreseen: Foreseen) -> dict[str, Any]:
        """What else a tick may choose, for a program."""
        return {}

    def table(self, asked: Asked, foreseen: Foreseen) -> Table:
        """The rows of the file below their headings, as they were understood."""
        return foreseen.table

    def write(self, asked: Asked, read: Any, tell: Tell = silent) -> Outcome:
        raise NotImplementedError


class BoothList(ListKind):
    act = Act.IMPORT_BOOTHS
    form = BoothListForm
    confirm_form = BoothConfirm

    def form_kwargs(self, user, on):
        seats = AssemblySeat.objects.filter(seats_served(user, Act.IMPORT_BOOTHS, on))
        return {
            "seats": seats,
            "states": State.objects.filter(pk__in=seats.order_by().values("state")),
        }

    def read(self, asked, tell=silent) -> roll.Plan:
        seat = asked.options["seat"]
        reading = roll.read(
            asked.data,
            asked.file_name,
            state=asked.options["state"],
            seat=seat.number if seat else None,
            sheet=asked.how.sheet,
            columns=asked.how.columns,
            has_headings=asked.how.has_headings,
            kruti_dev=asked.how.kruti_dev,
            watch=told_of(tell),
        )
        _refuse_strangers(asked, reading)
        ticks = asked.confirmed["renumber"] if asked.confirmed else None
        return roll.compare(
            reading,
            as_of=asked.options["as_of"],
            is_full=asked.options["is_full"],
            renumber=lambda proposed: confirms(ticks, proposed),
        )

    def foresee(self, asked):
        plan = self.read(asked)
        reading = plan.reading
        return Foreseen(
            plan, reading, plan.counts, reading.problems, plan.fingerprint, needed(plan)
        )

    def choices(self, foreseen):
        proposed = foreseen.of.proposed
        return {
            "renumber": [
                {"box": box(each), "old": each.old_label, "new": each.record.label}
                for each in proposed
            ]
        }

    def table(self, asked, foreseen):
        how = asked.how
        table, _converted = roll.table_of(
            asked.data, how.sheet, how.columns, how.has_headings, how.kruti_dev
        )
        return replace(table, columns=foreseen.table.columns)

    def write(self, asked, read, tell=silent):
        if read.fingerprint != asked.confirmed["fingerprint"]:
            raise roll.Refused("booths_changed")
        if "leave_out" in needed(read) and not asked.confirmed["leave_out"]:
            raise needed(read)["leave_out"]
        said = {name for name in TICKS if asked.confirmed[name]}
        batch = roll.apply(read, by=asked.user, tell=tell, said=said)
        return Outcome(read.counts, batch)


def needed(plan: roll.Plan) -> dict[str, roll.Refused]:
    """By name the ticks without which a plan is not imported, with what is said then."""
    found = must_be_said(plan.losses)
    if plan.reading.faulty:
        found["leave_out"] = roll.Refused("faults_forbidden", faulty=plan.reading.faulty)
    return found


def needed_of_people(counts: dict[str, int]) -> dict[str, ValidationError]:
    said = ValidationError(_("Some rows have faults; nothing was imported."))
    return {"leave_out": said} if counts["faulty"] else {}


def _refuse_strangers(asked: Asked, reading: roll.Reading) -> None:
    served = seats_served(asked.user, Act.IMPORT_BOOTHS, asked.on)
    seats = AssemblySeat.objects.filter(pk__in=reading.seat_ids)
    if strangers := seats.exclude(pk__in=AssemblySeat.objects.filter(served).values("pk")):
        raise ValidationError(
            _("The list has booths of assembly seats outside your area: %(seats)s."),
            params={"seats": ", ".join(map(str, strangers))},
        )


class AgentList(ListKind):
    act = Act.IMPORT_AGENTS
    form = AgentUpload
    confirm_form = AgentConfirm

    def form_kwargs(self, user, on):
        return {"on": on}

    def read(self, asked, tell=silent):
        return dataset_of(asked.data, asked.how)

    def foresee(self, asked):
        dataset = self.read(asked)
        result = self.result(asked, dataset, dry_run=True)
        needed = needed_of_people(result.counts)
        return Foreseen(
            *(result, dataset.table, result.counts, result.problems, result.fingerprint, needed),
            {"agents": _named(result.lines)},
        )

    def choices(self, foreseen):
        lines = [line for line in foreseen.of.lines if line.may_replace]
        return {
            "replace": [{"row": line.row, "agent": line.may_replace.agent.code} for line in lines]
        }

    def write(self, asked, read, tell=silent):
        result = self.result(
            asked,
            read,
            dry_run=False,
            leave_out=asked.confirmed["leave_out"],
            expected=asked.confirmed["fingerprint"],
            watch=told_of(tell),
        )
        if result.invalid_rows:
            raise needed_of_people(result.counts)["leave_out"]
        counts = result.counts | {"name_only": len(result.name_only)}
        return Outcome(counts, result.batch)

    def result(self, asked: Asked, read, **given):
        """What importing it does, or on a dry run would do."""
        consent = OfList(asked.options.get("consent", ""), asked.options.get("consent_on"))
        resource = AgentResource(
            user=asked.user,
            on=asked.on,
            consent=consent,
            replaces=bool(asked.confirmed and asked.confirmed.get("replace")),
        )
        return resource.import_data(
            read,
            rollback_on_validation_errors=True,
            file_name=asked.file_name,
            data=asked.data,
            **given,
        )


def _named(lines: Iterable[Line]) -> set[int]:
    """Known agents whom faults and places are about."""
    about = {line.known.pk for line in lines if line.problem and line.known}
    return about | {line.may_replace.agent_id for line in lines if line.may_replace}


class MemberList(ListKind):
    act = Act.EDIT_TEAMS

    def read(self, asked, tell=silent):
        return team_list.read(asked.data, asked.how)

    def foresee(self, asked):
        lines, table = self.read(asked)
        comparison = team_comparison.Comparison(lines, asked.user, asked.on)
        with transaction.atomic():
            comparison.compare()
            fingerprint = comparison.fingerprint
            comparison.write()
            transaction.set_rollback(True)
        problems = [line.problem for line in lines if line.problem]
        needed = needed_of_people(comparison.counts)
        return Foreseen(
            *(comparison, table, comparison.counts, problems, fingerprint, needed),
            {"members": {line.member.pk for line in lines if line.problem and line.member}},
        )

    def write(self, asked, read, tell=silent):
        lines, _table = read
        comparison = team_comparison.Comparison(lines, asked.user, asked.on)
        comparison.compare()
        if comparison.fingerprint != asked.confirmed["fingerprint"]:
            raise ValidationError(
                _(
                    "Somebody changed these teams after the preview. Nothing was imported; look again."
                )
            )
        comparison.write()
        needed = needed_of_people(comparison.counts)
        if "leave_out" in needed and not asked.confirmed["leave_out"]:
            raise needed["leave_out"]
        batch = comparison.keep(asked.file_name, asked.data)
        return Outcome(comparison.counts, batch)


KINDS: dict[str, ListKind] = {
    ImportJob.Content.BOOTHS: BoothList(),
    ImportJob.Content.AGENTS: AgentList(),
    ImportJob.Content.TEAMS: MemberList(),
}


def told_of(tell: Tell) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """Rows that tell how many of them are done; put around them as tqdm is."""

    def watch(rows: Sequence[Any]) -> Iterable[Any]:
        for done, row in enumerate(rows):
            if done % EVERY == 0:
                tell(done, len(rows))
            yield row

    return watch
