"""Import of booth lists, by the one engine in booths/roll, and their export."""

from booths.admin.agent_lists import Exports
from booths.admin.uploads import SHOWN, ListImport
from booths.imports import BoothResource
from booths.models import ImportJob
from booths.roll.apply import many_retired
from booths.roll.drafts import FIELDS
from booths.roll.problems import Refused
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
        plan = self.kind.read(asked)
        rows = AssemblySeat.objects.filter(pk__in=plan.reading.seat_ids)
        seats = {seat.pk: seat for seat in rows}
        return {
            "counts": plan.counts,
            "problems": plan.reading.problems,
            "fingerprint": plan.fingerprint,
            "needed": _needed(plan),
            "plan": plan,
            "new": [_new(record, seats) for record in plan.new[:SHOWN]],
            "changed": [_changed(change, plan, seats) for change in plan.changed[:SHOWN]],
            "retired": [_gone(gone, seats) for gone in plan.retired[:SHOWN]],
            "spared": [_gone(gone, seats) for gone in plan.spared[:SHOWN]],
            "shown": SHOWN,
            "nothing": plan.changes_nothing,
        }


def _needed(plan) -> dict:
    needed = {}
    if plan.reading.faulty:
        needed["leave_out"] = Refused("faults_forbidden", faulty=plan.reading.faulty)
    if plan.retires_many:
        needed["retire_many"] = many_retired(plan)
    return needed


NAMES = [FIELDS.index(field) for field in ("name_hi", "name_en", "building")]


def _new(record, seats) -> dict:
    name = next(filter(None, (record.values[i] for i in NAMES)), "")
    return {"row": record.row, "seat": seats[record.seat_id], "label": record.label, "name": name}


def _changed(change, plan, seats) -> dict:
    record = change.record
    booth = {"row": record.row, "seat": seats[record.seat_id], "label": record.label}
    return booth | {"fields": plan.shown(change)}


def _gone(gone, seats) -> dict:
    return {"seat": seats[gone.seat_id], "label": gone.label, "name": gone.name}
