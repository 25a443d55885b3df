"""Import and export of the members of teams."""

from booths.admin.agent_lists import Exports
from booths.team_export import TeamMemberResource
from zones.admin import today
from zones.scope import Act


class TeamLists(Exports):
    import_export_change_list_template = "admin/import_export/change_list_export.html"
    resource_classes = [TeamMemberResource]
    export_act = Act.EXPORT_PEOPLE

    def get_export_resource_kwargs(self, request, **kwargs):
        return {"user": request.user, "on": today(request)}

    def get_export_queryset(self, request):
        """Who is in a team today; who has left it stays behind."""
        return super().get_export_queryset(request).current(today(request))
