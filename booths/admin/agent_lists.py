"""Import and export of agents with their appointments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.admin import ExportMixin
from unfold.contrib.import_export.forms import ExportForm

from booths.admin.uploads import SHOWN, ListImport
from booths.imports import FORMATS, AgentResource, dataset_of
from booths.models import Agent
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
    resource_classes = [AgentResource]
    export_act = Act.EXPORT_PEOPLE

    def get_export_resource_kwargs(self, request, **kwargs):
        act, on = Act.EXPORT_PEOPLE, today(request)
        return {"served": places_served(request.user, act, on, prefix="booth__")}

    def preview(self, request, upload, options):
        result = self._import(request, upload, dry_run=True)
        shown = [row for row in result.rows if row.import_type in ("new", "update")]
        seen = set()
        others = {other.pk for _line, shared in result.shared for other in shared}
        if others:
            rows = Agent.objects.filter(self.rows(request, Act.SEE_PEOPLE), pk__in=others)
            seen = set(rows.values_list("pk", flat=True))
        return {
            "counts": result.counts,
            "problems": result.problems,
            "fingerprint": result.fingerprint,
            "result": {"diff_headers": result.diff_headers, "valid_rows": shown[:SHOWN]},
            "shown": SHOWN,
            "total_shown": len(shown),
            "unread": result.unread,
            "shared": [_shared(line, agents, seen) for line, agents in result.shared[:SHOWN]],
            "nothing": not shown,
        }

    def carry_out(self, request, upload, options, confirmed):
        result = self._import(
            request,
            upload,
            dry_run=False,
            leave_out=confirmed["leave_out"],
            expected=confirmed["fingerprint"],
        )
        if result.invalid_rows:
            raise ValidationError(_("Some rows have faults; nothing was imported."))
        return result.counts

    def said(self, counts):
        return _(
            "Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, "
            "%(faulty)s faulty rows left out."
        ) % {name: counts[name] for name in ("new", "changed", "unchanged", "faulty")}

    def _import(self, request, upload, **given):
        return AgentResource(user=request.user, on=today(request)).import_data(
            dataset_of(upload.data),
            rollback_on_validation_errors=True,
            file_name=upload.file_name,
            data=upload.data,
            **given,
        )


def _shared(line, agents, seen) -> dict:
    known = [str(agent) for agent in agents if agent.pk in seen]
    return {
        "row": line.row,
        "name": line.said["name"],
        "known": ", ".join(known),
        "unseen": len(agents) - len(known),
    }
