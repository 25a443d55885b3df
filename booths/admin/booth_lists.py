"""Import of booth lists, by the one engine in booths/roll, and their export."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from booths import roll
from booths.admin import plan_shown
from booths.admin.agent_lists import Exports
from booths.admin.uploads import SHOWN, ConfirmForm, ListImport, UploadForm
from booths.imports import BoothResource
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
    is_full = forms.TypedChoiceField(
        label=gettext_lazy("What the file is"),
        choices=[
            ("full", gettext_lazy("The full list: booths of its seats that it lacks are retired")),
            ("part", gettext_lazy("A part of the list: nothing is retired")),
        ],
        coerce=lambda chosen: chosen == "full",
        widget=UnfoldAdminRadioSelectWidget(radio_style=1),
        error_messages={"required": gettext_lazy("Say whether the list is full.")},
    )
    field_order = ("import_file", "state", "seat", "as_of", "is_full")

    def __init__(self, *args, states, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats
        self.fields["state"].queryset = states
        if len(found := list(states[:2])) == 1:
            self.fields["state"].widget = forms.HiddenInput()
            self.initial.setdefault("state", found[0].pk)


class Ticks(forms.Field):
    """Any number of boxes of one name; what each stands for is said by its value."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        return sorted(set(value or []))


class BoothConfirm(ConfirmForm):
    """What of a plan is confirmed: each renumbering, or the sure ones of a seat at once."""

    renumber = Ticks(required=False)
    seen = Ticks(required=False)  # the boxes that were ticked in the preview
    leave_agents = forms.BooleanField(
        label=gettext_lazy("Yes, these agents lose their booth and wait to be moved"),
        required=False,
        widget=UnfoldBooleanWidget,
    )

    by_number = forms.BooleanField(
        label=gettext_lazy("Yes, they go by their old numbers"),
        required=False,
        widget=UnfoldBooleanWidget,
    )

    @property
    def decides_otherwise(self):
        return self.cleaned_data["renumber"] != self.cleaned_data["seen"]


TICKS = ("retire_many", "leave_agents", "by_number")


class BoothLists(ListImport, Exports):
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    resource_classes = [BoothResource]
    upload_form = BoothListForm
    confirm_form_class = BoothConfirm
    export_act = Act.SEE_NUMBERS

    def upload_form_kwargs(self, request):
        user, on = request.user, today(request)
        seats = AssemblySeat.objects.filter(seats_served(user, Act.IMPORT_BOOTHS, on))
        states = State.objects.filter(pk__in=seats.order_by().values("state"))
        return {"states": states, "seats": seats, "initial": {"as_of": self.first_day(states, on)}}

    def first_day(self, states, on):
        """The day from which a list holds, unless the user chooses another."""
        return on

    def preview(self, request, upload, options, confirmed):
        plan = self._plan(request, upload, options, confirmed)
        seats = {seat.pk: seat for seat in self._seats(plan)}
        shown = plan_shown.shown(plan, seats, most=SHOWN)
        return shown | {
            "counts": plan.counts,
            "problems": plan.reading.problems,
            "fingerprint": plan.fingerprint,
            "plan": plan,
            "shown": SHOWN,
            "nothing": plan.changes_nothing,
        }

    def carry_out(self, request, upload, options, confirmed):
        plan = self._plan(request, upload, options, confirmed)
        if plan.fingerprint != confirmed["fingerprint"]:
            raise roll.Refused("booths_changed")
        if plan.reading.faulty and not confirmed["leave_out"]:
            raise roll.Refused("faults_forbidden", faulty=plan.reading.faulty)
        ticks = {name: confirmed[name] for name in TICKS}
        roll.apply(plan, by=request.user, **ticks)
        return plan.counts

    def said(self, counts):
        said = _(
            "Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, "
            "%(retired)s retired, %(faulty)s faulty rows left out."
        )
        return said % {name: counts[name] for name in counts if f"%({name})s" in said}

    def _plan(self, request, upload, options, confirmed) -> roll.Plan:
        seat = options["seat"]
        reading = roll.read(
            upload.data,
            upload.file_name,
            state=options["state"],
            seat=seat.number if seat else None,
        )
        self._refuse_strangers(request, reading)
        ticks = confirmed["renumber"] if confirmed else None
        return roll.compare(
            reading,
            as_of=options["as_of"],
            is_full=options["is_full"],
            renumber=lambda proposed: plan_shown.confirms(ticks, proposed),
        )

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
