"""Import and export of agents with their appointments."""

from import_export.admin import ExportMixin
from unfold.contrib.import_export.forms import ExportForm

from booths.admin.duplicates import likely_shown
from booths.admin.uploads import SHOWN, ListImport
from booths.imports import FORMATS, AgentResource
from booths.list_places import BESIDE
from booths.models import Agent, ImportJob
from zones.admin import today
from zones.models import Look
from zones.scope import Act, places_served
from zones.trail import looks


class ChosenFormat(ExportForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("format", "0")


class Exports(ExportMixin):
    """Only rows in scope, as CSV that spreadsheets open in Hindi, or XLSX."""

    export_form_class = ChosenFormat
    formats = FORMATS
    to_encoding = "utf-8-sig"

    def get_valid_export_item_pks(self, request):
        return self.get_queryset(request).values_list("pk", flat=True)

    def get_export_queryset(self, request):
        allowed = self.rows(request, self.export_act)
        return super().get_export_queryset(request).filter(allowed)

    def get_export_data(self, file_format, request, queryset, **kwargs):
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        looks.keep(request, Look.What.EXPORT, **looks.people_listed(queryset))
        return data


class AgentLists(ListImport, Exports):
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    content = ImportJob.Content.AGENTS
    resource_classes = [AgentResource]
    export_act = Act.EXPORT_PEOPLE

    def get_export_resource_kwargs(self, request, **kwargs):
        return {"user": request.user, "on": today(request)}

    def preview(self, request, asked):
        foreseen = self.kind.foresee(asked)
        result = foreseen.of
        shown = [row for row in result.rows if row.import_type in ("new", "update")]
        hints, hinted = self._hints(request, result)
        looks.keep(request, Look.What.LIST, agents=_named(result) | hinted)
        places = [line for line in result.lines if line.may_replace]
        return {
            "foreseen": foreseen,
            "ticked": {"replace_seen": bool(asked.confirmed and asked.confirmed["replace"])},
            "result": {"diff_headers": result.diff_headers, "valid_rows": shown[:SHOWN]},
            "shown": SHOWN,
            "total_shown": len(shown),
            "likely": hints,
            "likely_total": len(result.likely),
            "places": [_row(line) | {"old": line.may_replace.agent} for line in places],
            "beside": [_row(each) | {"why": BESIDE[each.beside]} for each in result.beside],
            "name_only": [_left_out(line) for line in result.name_only],
            "may_be_erased": [_row(line) for line in result.lines if line.may_be_erased],
            "nothing": not shown and not places,
        }

    def _hints(self, request, result) -> tuple[list[dict], set[int]]:
        return likely_shown(
            result.likely[:SHOWN],
            seen=self.rows(request, Act.SEE_PEOPLE),
            served=places_served(request.user, Act.SEE_PEOPLE, today(request), prefix="booth__"),
            names={line.row: line.name for line in result.lines},
        )


def _named(result) -> set[int]:
    """Known agents whom the page names: in its rows, in remarks on rows, among those by name only.
    It shows the first of each."""
    done = [line for line in result.lines if line.does in ("new", "update")]
    remarked = [line for line in result.lines if line.problem]
    shown = done[:SHOWN] + remarked[:SHOWN] + result.name_only[:SHOWN]
    giving_way = [line.may_replace for line in result.lines if line.may_replace]
    known = {line.known.pk for line in shown if line.known}
    return known | {each.agent_id for each in giving_way[:SHOWN]}


def _row(line) -> dict:
    return {"row": line.row, "name": line.name}


def _left_out(line) -> dict:
    labels = [str(Agent._meta.get_field(name).verbose_name) for name in line.left_out]
    name = line.agent.name if line.agent else line.said.get("name", "")
    return {"row": line.row, "name": name, "fields": ", ".join(labels)}
