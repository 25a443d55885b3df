"""Import of booth lists, by the one engine in booths/roll, and their export."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminSelectWidget, UnfoldBooleanWidget

from booths import roll
from booths.admin.agent_lists import Exports
from booths.admin.uploads import SHOWN, ListImport, UploadForm
from booths.imports import BoothResource
from booths.roll.drafts import FIELDS
from zones.admin import today
from zones.models import AssemblySeat, State
from zones.scope import Act, seats_served


class BoothListForm(UploadForm):
    state = forms.ModelChoiceField(
        State.objects.none(), label=gettext_lazy("State"), widget=UnfoldAdminSelectWidget
    )
    seat = forms.ModelChoiceField(
        AssemblySeat.objects.none(),
        label=gettext_lazy("Assembly seat"),
        required=False,
        empty_label=gettext_lazy("As the list says"),
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("Only where the list does not name the seat."),
    )
    as_of = forms.DateField(
        label=gettext_lazy("Holds from"),
        widget=UnfoldAdminDateWidget,
        help_text=gettext_lazy("The day from which new booths are on the list."),
    )
    is_full = forms.BooleanField(
        label=gettext_lazy("This is the full list of its seats"),
        required=False,
        widget=UnfoldBooleanWidget,
        help_text=gettext_lazy("Only then are booths retired that it does not have."),
    )
    field_order = ("import_file", "state", "seat", "as_of", "is_full")

    def __init__(self, *args, states, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats
        self.fields["state"].queryset = states
        if len(found := list(states[:2])) == 1:
            self.fields["state"].widget = forms.HiddenInput()
            self.initial.setdefault("state", found[0].pk)


class BoothLists(ListImport, Exports):
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    resource_classes = [BoothResource]
    upload_form = BoothListForm
    export_act = Act.SEE_NUMBERS

    def upload_form_kwargs(self, request):
        user, on = request.user, today(request)
        seats = AssemblySeat.objects.filter(seats_served(user, Act.IMPORT_BOOTHS, on))
        states = State.objects.filter(pk__in=seats.order_by().values("state"))
        return {"states": states, "seats": seats, "initial": {"as_of": self.first_day(states, on)}}

    def first_day(self, states, on):
        """The day from which a list holds, unless the user chooses another."""
        return on

    def preview(self, request, upload, options):
        plan = self._plan(request, upload, options)
        seats = {seat.pk: seat for seat in self._seats(plan)}
        return {
            "counts": plan.counts,
            "problems": plan.reading.problems,
            "fingerprint": plan.fingerprint,
            "plan": plan,
            "new": [_new(record, seats) for record in plan.new[:SHOWN]],
            "changed": [_changed(change, plan, seats) for change in plan.changed[:SHOWN]],
            "retired": [_gone(gone, seats) for gone in plan.retired[:SHOWN]],
            "spared": [_gone(gone, seats) for gone in plan.spared[:SHOWN]],
            "shown": SHOWN,
            "nothing": plan.changes_nothing,
        }

    def carry_out(self, request, upload, options, confirmed):
        plan = self._plan(request, upload, options)
        if plan.fingerprint != confirmed["fingerprint"]:
            raise roll.Refused("booths_changed")
        if plan.reading.faulty and not confirmed["leave_out"]:
            raise roll.Refused("faults_forbidden", faulty=plan.reading.faulty)
        roll.apply(plan, by=request.user, retire_many=confirmed["retire_many"])
        return plan.counts

    def said(self, counts):
        return _(
            "Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, "
            "%(retired)s retired, %(faulty)s faulty rows left out."
        ) % {name: counts[name] for name in ("new", "changed", "unchanged", "retired", "faulty")}

    def _plan(self, request, upload, options) -> roll.Plan:
        seat = options["seat"]
        reading = roll.read(
            upload.data,
            upload.file_name,
            state=options["state"],
            seat=seat.number if seat else None,
        )
        self._refuse_strangers(request, reading)
        return roll.compare(reading, as_of=options["as_of"], is_full=options["is_full"])

    def _refuse_strangers(self, request, reading) -> None:
        served = seats_served(request.user, Act.IMPORT_BOOTHS, today(request))
        seats = AssemblySeat.objects.filter(pk__in=reading.seat_ids)
        if strangers := seats.exclude(pk__in=AssemblySeat.objects.filter(served).values("pk")):
            raise ValidationError(
                _("The list has booths of assembly seats outside your area: %(seats)s."),
                params={"seats": ", ".join(map(str, strangers))},
            )

    def _seats(self, plan):
        return AssemblySeat.objects.filter(pk__in=plan.reading.seat_ids)


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
