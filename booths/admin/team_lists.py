"""Import and export of the members of teams."""

from django.utils.html import format_html
from import_export.results import RowResult

from booths.admin.agent_lists import Exports
from booths.admin.uploads import SHOWN, ListImport
from booths.masking import masked
from booths.models import ImportJob
from booths.team_export import TeamMemberResource
from booths.team_list import COLUMNS, MemberLine, label_of
from zones.admin import today
from zones.models import Look
from zones.scope import Act
from zones.trail import looks


class TeamLists(ListImport, Exports):
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    resource_classes = [TeamMemberResource]
    content = ImportJob.Content.TEAMS
    export_act = Act.EXPORT_PEOPLE

    def get_export_resource_kwargs(self, request, **kwargs):
        return {"user": request.user, "on": today(request)}

    def get_export_queryset(self, request):
        """Who is in a team today; who has left it stays behind."""
        return super().get_export_queryset(request).current(today(request))

    def preview(self, request, asked):
        foreseen = self.kind.foresee(asked)
        lines = foreseen.of.lines
        done = [line for line in lines if line.does in ("new", "update")]
        faulty = [line for line in lines if line.problem]
        looks.keep(request, Look.What.LIST, members=_known(done[:SHOWN] + faulty[:SHOWN]))
        return {
            "foreseen": foreseen,
            "result": {
                "diff_headers": [label_of(name) for name in COLUMNS],
                "valid_rows": [_shown(line) for line in done[:SHOWN]],
            },
            "shown": SHOWN,
            "total_shown": len(done),
            "nothing": not done,
        }


def _known(lines: list[MemberLine]) -> set[int]:
    return {line.member.pk for line in lines if line.member}


def _shown(line: MemberLine) -> RowResult:
    row = RowResult()
    row.import_type, row.number = line.does, line.row
    row.diff = [_cell(line, name) for name in COLUMNS]
    return row


def _cell(line: MemberLine, name: str) -> str:
    """What is, and what it becomes; a list is not to bring out a number."""
    old, new = line.changes.get(name, ("", ""))
    if name == "post":
        old, new = (post and post.name for post in (old, new))
    if not old:
        return line.cells.get(name, "")
    return format_html("<del>{}</del> <ins>{}</ins>", masked(old) if name == "mobile" else old, new)
