"""Import of booth lists, by the one engine in booths/roll, and their export."""

from booths.admin import plan_shown
from booths.admin.agent_lists import Exports
from booths.admin.uploads import SHOWN, ListImport
from booths.imports import BoothResource
from booths.models import ImportJob
from zones.admin import today
from zones.models import AssemblySeat
from zones.scope import Act


class BoothLists(ListImport, Exports):
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    resource_classes = [BoothResource]
    content = ImportJob.Content.BOOTHS
    export_act = Act.SEE_NUMBERS

    def upload_form_kwargs(self, request):
        known = super().upload_form_kwargs(request)
        first = self.first_day(known["states"], today(request))
        return known | {"initial": {"as_of": first}}

    def first_day(self, states, on):
        """The day from which a list holds, unless the user chooses another."""
        return on

    def preview(self, request, asked):
        foreseen = self.kind.foresee(asked)
        plan = foreseen.of
        rows = AssemblySeat.objects.filter(pk__in=plan.reading.seat_ids)
        seats = {seat.pk: seat for seat in rows}
        shown = plan_shown.shown(plan, seats, most=SHOWN)
        return shown | {
            "foreseen": foreseen,
            "plan": plan,
            "shown": SHOWN,
            "nothing": plan.changes_nothing,
        }
