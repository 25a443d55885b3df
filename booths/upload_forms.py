"""What is asked beside an uploaded list, and before it is imported."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminFileFieldWidget,
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
