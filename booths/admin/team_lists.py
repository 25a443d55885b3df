"""Import and export of the members of teams."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from import_export.results import RowResult

from booths.admin.agent_lists import Exports
from booths.admin.uploads import SHOWN, ListImport
from booths.team_export import TeamMemberResource
from booths.team_list import COLUMNS, Comparison, MemberLine, label_of, read
from zones.admin import today
from zones.models import Look
from zones.scope import Act
from zones.trail import looks


class TeamLists(ListImport, Exports):
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    resource_classes = [TeamMemberResource]
    export_act = Act.EXPORT_PEOPLE

    def get_export_resource_kwargs(self, request, **kwargs):
        return {"user": request.user, "on": today(request)}

    def get_export_queryset(self, request):
        """Who is in a team today; who has left it stays behind."""
        return super().get_export_queryset(request).current(today(request))

    def preview(self, request, upload, options, confirmed):
        lines, unread = read(upload.data)
        comparison = Comparison(lines, request.user, today(request))
        with transaction.atomic():
            comparison.compare()
            fingerprint = comparison.fingerprint
            comparison.write()
            transaction.set_rollback(True)
        new = [line for line in lines if line.does == "new"]
        faulty = [line for line in lines if line.problem]
        looks.keep(request, Look.What.LIST, members=_known(faulty[:SHOWN]))
        return {
            "counts": comparison.counts,
            "problems": [line.problem for line in faulty],
            "fingerprint": fingerprint,
            "result": {
                "diff_headers": [label_of(name) for name in COLUMNS],
                "valid_rows": [_shown(line) for line in new[:SHOWN]],
            },
            "shown": SHOWN,
            "total_shown": len(new),
            "unread": unread,
            "nothing": not new,
        }

    @transaction.atomic
    def carry_out(self, request, upload, options, confirmed):
        lines, _unread = read(upload.data)
        comparison = Comparison(lines, request.user, today(request))
        comparison.compare()
        if comparison.fingerprint != confirmed["fingerprint"]:
            raise ValidationError(
                _(
                    "Somebody changed these teams after the preview. Nothing was imported; look again."
                )
            )
        comparison.write()
        if comparison.counts["faulty"] and not confirmed["leave_out"]:
            raise ValidationError(_("Some rows have faults; nothing was imported."))
        return comparison.counts

    def said(self, counts):
        return _(
            "Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, "
            "%(faulty)s faulty rows left out."
        ) % {name: counts[name] for name in ("new", "changed", "unchanged", "faulty")}


def _known(lines: list[MemberLine]) -> set[int]:
    return {line.member.pk for line in lines if line.member}


def _shown(line: MemberLine) -> RowResult:
    row = RowResult()
    row.import_type, row.number = line.does, line.row
    row.diff = [line.cells.get(name, "") for name in COLUMNS]
    return row
