"""Needs of agents, BLA-1 authorisations, and the record of imports."""

from django.contrib import admin, messages
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import lifecycle
from booths.admin.undoing import UndoesImports
from booths.import_progress import COUNTS
from booths.models import AgentNeed, BlaAuthorisation, ImportBatch
from zones.admin import InScope, ReadOnly, ScopedAdmin, today
from zones.models import State
from zones.scope import Act, areas_served


class OfState(ScopedAdmin):
    def rows(self, request, act):
        return areas_served(request.user, act, today(request), State, prefix="state__")


@admin.register(AgentNeed)
class AgentNeedAdmin(OfState):
    list_display = ("kind", "per_booth", "state")
    list_select_related = ("state",)
    fields = ("state", "kind", "per_booth")

    def get_readonly_fields(self, request, obj=None):
        return ("state", "kind") if obj else ()

    def save_model(self, request, obj, form, change):
        need = lifecycle.set_need(
            obj.state, kind=obj.kind, per_booth=obj.per_booth, by=request.user
        )
        obj.pk = need.pk
        messages.info(request, _("The counts of this kind of agent were made anew."))


@admin.register(BlaAuthorisation)
class BlaAuthorisationAdmin(OfState):
    list_display = ("person", "state", "signed_on", "until")
    list_select_related = ("state",)
    search_fields = ("person",)
    fields = ("state", "person", ("signed_on", "until"), "districts", "assembly_seats")


@admin.register(ImportBatch)
class ImportBatchAdmin(UndoesImports, ReadOnly, ScopedAdmin):
    list_display = ("file_name", "content", "came_of_it", "by_name", "at", "undone_at")
    list_select_related = ("state",)
    list_filter = ("content", ("state", InScope))
    search_fields = ("file_name", "by_name")
    fields = ("file_name", "content", "state", "as_of", "is_full", "came_of_it", "told")
    fields += ("by_name", "at", "undone_at", "undone_by_name", "sha256")
    readonly_fields = fields

    def rows(self, request, act):
        """One's own, and for whoever imports for a whole state all of that state."""
        whole = areas_served(
            request.user, Act.IMPORT_BOOTHS, today(request), State, prefix="state__"
        )
        return Q(by=request.user) | whole

    def get_queryset(self, request):
        return super().get_queryset(request).defer("undo", "undoing", "differences")

    @admin.display(description=gettext_lazy("outcome"))
    def came_of_it(self, batch):
        return ", ".join(
            f"{label} {batch.counts[name]}"
            for name, label in COUNTS.items()
            if name in batch.counts
        )

    @admin.display(description=gettext_lazy("problems"))
    def told(self, batch):
        said = [(problem_said(problem),) for problem in batch.problems[:200]]
        return format_html_join("", "<div>{}</div>", said) or "-"


def problem_said(problem: dict) -> str:
    """Of a list of agents only the place is kept: what stood there may name a person."""
    where = _("Row %(row)s, column %(column)s") % {
        "row": problem.get("row", "-"),
        "column": problem.get("column", "-"),
    }
    return problem.get("message", where)
