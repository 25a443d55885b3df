"""What is asked beside an uploaded list, and before it is imported."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminFileFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from booths.forms import MODES, PastDay
from booths.roll.decode import too_large
from booths.roll.limits import MAX_BYTES
from zones.models import AssemblySeat, State


class UploadForm(forms.Form):
    import_file = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy("CSV, XLSX, XLS or ODS"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file and file.size > MAX_BYTES:
            raise too_large(file.size)
        return file


class ConfirmForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)
    fingerprint = forms.CharField(widget=forms.HiddenInput)
    leave_out = forms.BooleanField(
        label=gettext_lazy("Leave the faulty rows out and import the others"),
        required=False,
        widget=UnfoldBooleanWidget,
    )
    retire_many = forms.BooleanField(
        label=gettext_lazy("Yes, retire so many booths"),
        required=False,
        widget=UnfoldBooleanWidget,
    )

    @property
    def decides_otherwise(self) -> bool:
        """Whether what was ticked is not what the preview was made with."""
        return False


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


class AgentConfirm(ConfirmForm):
    replace = forms.BooleanField(
        label=gettext_lazy("Yes, they take these places, and who stands there now is replaced"),
        required=False,
        widget=UnfoldBooleanWidget,
    )
    replace_seen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def decides_otherwise(self):
        return self.cleaned_data["replace"] != self.cleaned_data["replace_seen"]


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
        widget=UnfoldAdminRadioSelectWidget(),
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


class AgentUpload(UploadForm):
    """A list, and what is said once of all people on it."""

    consent = forms.ChoiceField(
        label=gettext_lazy("Consent of the people on this list"),
        required=False,
        choices=[("", gettext_lazy("As the list says; without it only names")), *MODES],
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy(
            "For everybody whose row says nothing of it and of whom none is recorded. Numbers of "
            "people without consent are not entered."
        ),
    )
    consent_on = PastDay(label=gettext_lazy("Consent given on"), required=False)

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent_on"].today = on

    def clean(self):
        data = super().clean()
        if data.get("consent") and "consent_on" not in self.errors and not data["consent_on"]:
            self.add_error("consent_on", _("Write the day on which they agreed."))
        return data
