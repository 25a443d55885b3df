"""Lists of agents and booths as files, through django-import-export: columns, export, preview,
import. What a row of agents means and does is worked out in agent_comparison.

As the library ships, formulas reach the spreadsheet, an import can write half a file, and it tells
of success after a rollback; here an import is all of it or nothing and says what came of it.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.formats import base_formats
from import_export.results import RowResult

from booths.agent_comparison import Comparison
from booths.agent_list import COLUMNS, PERSON, PLACE, Line, meanings
from booths.agent_outcome import AgentResult, counts_of, fingerprint_of, keep
from booths.how_read import AS_IT_SAYS, HowRead
from booths.likely_duplicates import likely_duplicates
from booths.list_consent import OfList
from booths.masking import covered, masked, shown
from booths.models import Agent, Appointment, Booth, Kind
from booths.people_sheets import even, lines_of, table_of
from booths.roll.decode import decode
from booths.spreadsheets import harmless
from zones.models import User
from zones.scope import Act, may, places_served
from zones.trail import versions

NUMBERS = ("mobile", "epic_no")
SHOWN = ("code", "assembly_seat", "booth", "kind", "name", "relation_name", "mobile", "epic_no")


# Formats


class Harmless:
    """Cells that a spreadsheet would run are made harmless, and can be read back."""

    def export_data(self, dataset, **kwargs):
        headers = [_harmless(heading) for heading in dataset.headers]
        safe = tablib.Dataset(headers=headers, title=_("List"))
        for row in dataset:
            safe.append(["" if cell is None else _harmless(cell) for cell in row])
        return super().export_data(safe, **kwargs)

    def _escape_formulae(self, dataset):
        """The library's own would take the first sign away, and write None as a word."""


def _harmless(cell: Any) -> Any:
    return harmless(cell) if isinstance(cell, str) else cell


class CSV(Harmless, base_formats.CSV):
    pass


class XLSX(Harmless, base_formats.XLSX):
    pass


FORMATS = [CSV, XLSX]


def dataset_of(data: bytes, how: HowRead = AS_IT_SAYS) -> tablib.Dataset:
    """A file of agents as the library has it, with its `table`. Raises ValidationError where the
    file is none; see people_sheets."""
    such_as = "assembly_seat, booth, name, mobile"
    table = even(table_of(decode(data), meanings(), such_as, how))
    dataset = tablib.Dataset(*table.rows, headers=table.columns.headings)
    dataset.table = table
    return dataset


# Agents


@dataclass(frozen=True)
class Placing:
    """A row of the list: an agent with one appointment, or with none."""

    agent: Agent
    appointment: Appointment | None


@dataclass(frozen=True)
class Exported:
    """What a user takes out in a list: the appointments, and which of them with the mobile and
    with the EPIC number in full. Filters on appointments, and what holds for agents of no booth."""

    appointments: Q
    with_mobile: Q
    with_epic: Q
    unplaced: tuple[bool, bool] = (False, False)

    @classmethod
    def by(cls, user, on: date) -> "Exported":
        """Each row by one posting that covers its booth."""
        acts = (Act.EXPORT_PEOPLE, Act.LIST_CONTACTS, Act.ENTER_PEOPLE)
        served = [places_served(user, act, on, prefix="booth__") for act in acts]
        return cls(*served, unplaced=tuple(may(user, act, on=on) for act in acts[1:]))


def _with_masks(agent: Agent, mobile: bool, epic: bool) -> Agent:
    agent = copy(agent)
    agent.mobile, agent.epic_no = shown(agent.mobile, mobile), shown(agent.epic_no, epic)
    return agent


class Iso(widgets.DateWidget):
    def render(self, value, obj=None, **kwargs):
        return value.isoformat() if value else ""


def _columns() -> dict[str, fields.Field]:
    paths = {
        "state": "appointment__booth__assembly_seat__state__code",
        "assembly_seat": "appointment__booth__assembly_seat__number",
        "booth": "appointment__booth__label",
        "elector_seat": "agent__elector_seat__number",
    }
    found = {}
    for name in COLUMNS:
        of_agent = name == "code" or name in PERSON
        path = paths.get(name) or (f"agent__{name}" if of_agent else f"appointment__{name}")
        widget = Iso() if name.endswith("_on") else widgets.Widget()
        found[name] = fields.Field(attribute=path, column_name=name, widget=widget)
    return found


AgentColumns: Any = type(resources.Resource)("AgentColumns", (resources.Resource,), _columns())


class AgentResource(AgentColumns):
    """Rows of agents with their appointments, imported or exported by the user of the request on
    its day. `consent` is what is said of all people of an imported list, `replaces` whether its new
    agents take the places of others at full booths."""

    def __init__(
        self,
        user: User | None = None,
        on: date | None = None,
        consent: OfList | None = None,
        replaces: bool = False,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.user, self.on, self.consent = user, on, consent or OfList()
        self.replaces = replaces

    @classmethod
    def get_result_class(cls):
        return AgentResult

    @classmethod
    def get_display_name(cls):
        return Agent._meta.verbose_name_plural

    @classmethod
    def get_db_connection_name(cls):
        return "default"

    def get_export_order(self):
        return COLUMNS

    def iter_queryset(self, queryset):
        """Agents, each once for every appointment at a served booth."""
        if self.user is None or self.on is None:
            return
        exported = Exported.by(self.user, self.on)
        served = Appointment.objects.filter(exported.appointments).annotate(
            with_mobile=covered(exported.with_mobile), with_epic=covered(exported.with_epic)
        )
        places = served.select_related("booth__assembly_seat__state").order_by("pk")
        rows = queryset.select_related("elector_seat").prefetch_related(None)
        for chunk in _chunks(rows.values_list("pk", flat=True)):
            theirs: dict[int, list[Appointment]] = {}
            for appointment in places.filter(agent__in=chunk):
                theirs.setdefault(appointment.agent_id, []).append(appointment)
            agents = rows.in_bulk(chunk)
            for pk in chunk:
                for each in theirs.get(pk, [None]):
                    in_full = (each.with_mobile, each.with_epic) if each else exported.unplaced
                    yield Placing(_with_masks(agents[pk], *in_full), each)

    def import_data_inner(
        self,
        dataset,
        dry_run,
        raise_errors,
        using_transactions,
        collect_failed_rows,
        leave_out=False,
        expected="",
        file_name="",
        data=b"",
        watch=iter,
        **kwargs,
    ):
        """Compares and writes the whole list; the caller rolls back a dry run, and whatever has a
        fault unless `leave_out`. `expected` is the fingerprint of the preview; `watch` is put around
        the rows to show the progress."""
        lines = lines_of(Line, dataset.table)
        comparison = Comparison(
            lines, self.user, self.on, self.consent, replaces=self.replaces, watch=watch
        )
        comparison.compare()
        known = {line.known.pk for line in lines if line.changes and line.known}
        before = versions.last_versions(Agent, known)
        comparison.write()
        result = self._result(lines, dataset, faults_count=not leave_out)
        if expected and result.fingerprint != expected:
            raise ValidationError(_changed_since())
        if not dry_run and not result.invalid_rows:
            result.batch = keep(comparison, result, file_name, data, before)
        return result

    def _result(self, lines: list[Line], dataset, faults_count: bool) -> AgentResult:
        result = AgentResult()
        labels = _labels()
        result.diff_headers = [labels[name] for name in SHOWN]
        result.lines, result.total_rows = lines, len(lines)
        for line in lines:
            row = RowResult()
            row.import_type = line.does
            row.diff = [_shown(line, name) for name in SHOWN]
            row.number = line.row
            result.append_row_result(row)
            result.increment_row_result_total(row)
            if line.problem and faults_count:
                result.append_invalid_row(line.row, {}, ValidationError(line.problem.advice))
        result.problems = [line.problem for line in lines if line.problem]
        result.counts = counts_of(lines)
        result.likely = likely_duplicates(lines)
        result.name_only = [line for line in lines if line.left_out and not line.problem]
        result.fingerprint = fingerprint_of(lines)
        return result


def _chunks(pks, size=2000):
    pks = list(pks)
    for start in range(0, len(pks), size):
        yield pks[start : start + size]


def _labels() -> dict[str, str]:
    booth, seat = Booth._meta.verbose_name, Booth._meta.get_field("assembly_seat").verbose_name
    found = {"booth": booth, "assembly_seat": seat, "kind": _("kind")}
    for name in SHOWN:
        if name not in found:
            found[name] = Agent._meta.get_field(name).verbose_name
    return {name: str(label) for name, label in found.items()}


def _shown(line: Line, name: str):
    """A cell of the preview: what is, and what it becomes. A file of codes is not to bring out the
    numbers behind them."""
    hidden = masked if name in NUMBERS else str
    if name in line.changes:
        old, new = line.changes[name]
        return format_html("<del>{}</del> <ins>{}</ins>", hidden(old), new) if old else str(new)
    if name == "kind" and not line.cells.get(name):
        return str(Kind(line.kind_of_list).label) if line.kind_of_list else ""
    if name in PLACE or not line.agent:
        return line.cells.get(name, "")
    if name in NUMBERS and line.cells.get(name):
        return line.cells[name]
    return hidden(getattr(line.agent, name) or "")


def _changed_since() -> str:
    return _("Somebody changed these agents after the preview. Nothing was imported; look again.")


# Booths


class BoothResource(resources.ModelResource):
    """The booth list as it can be imported again: read by booths/roll, so export only."""

    assembly_seat = fields.Field(attribute="assembly_seat__number", column_name="assembly_seat")
    number = fields.Field(attribute="label", column_name="number")
    district = fields.Field(attribute="district__name", column_name="district")
    sector = fields.Field(attribute="sector__name", column_name="sector")

    class Meta:
        model = Booth
        fields = ("assembly_seat", "number", "name_hi", "name_en", "building", "locality")
        fields += ("district", "sector", "electors_male", "electors_female", "electors_third")
        fields += ("electors_total", "latitude", "longitude")
        export_order = fields
        chunk_size = 2000

    def filter_export(self, queryset, **kwargs):
        return queryset.select_related("assembly_seat", "district", "sector")

    @classmethod
    def get_display_name(cls):
        return Booth._meta.verbose_name_plural
