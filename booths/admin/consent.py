"""The part of a form of people that says how they agreed to be kept."""

from django import forms
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import DropdownFilter
from unfold.widgets import UnfoldAdminSelectWidget

from booths import consent
from booths.forms import MODES
from booths.models import Consenting
from zones.admin import ScopedForm

VERSIONS = [("", "-"), *((version, version) for version in consent.VERSIONS)]


class ConsentForm(ScopedForm):
    """What a form of people asks of consent: one tap, and the rest follows."""

    consent_mode = forms.ChoiceField(
        label=gettext_lazy("Consent given"), required=False, widget=UnfoldAdminSelectWidget
    )
    consent_version = forms.ChoiceField(
        label=gettext_lazy("Version of the notice"),
        required=False,
        choices=VERSIONS,
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("Left empty: today, and the version in force."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "consent_mode" not in self.fields:  # a page to be read only
            return
        mode, version = self.instance.consent_mode, self.instance.consent_version
        known = [("", gettext_lazy("Not taken")), *MODES]
        if mode and mode not in Consenting.GIVEN:
            known.append((mode, Consenting.ConsentMode(mode).label))
        self.fields["consent_mode"].choices = known
        if version and version not in consent.VERSIONS:
            self.fields["consent_version"].choices = [*VERSIONS, (version, version)]

    def clean(self):
        """Whoever says only how consent was given means today and the notice in force."""
        data = super().clean() or self.cleaned_data
        if data.get("consent_mode") in Consenting.GIVEN:
            anew = self.initial.get("consent_mode") == Consenting.ConsentMode.WITHDRAWN
            for name, value in consent.recorded(data["consent_mode"], on=self.on).items():
                typed = name in self.changed_data or not anew
                data[name] = (typed and data.get(name)) or value
        if (day := data.get("consent_on")) and day > self.on:
            self.add_error("consent_on", gettext_lazy("This day is still to come."))
        return data


class ConsentFilter(DropdownFilter):
    title = gettext_lazy("consent")
    parameter_name = "consent"

    def lookups(self, request, model_admin):
        unrecorded = Consenting.ConsentMode.UNRECORDED
        return [
            ("given", gettext_lazy("Given")),
            ("none", gettext_lazy("Not taken: name only")),
            (unrecorded.value, gettext_lazy("To be settled: entered before consent was recorded")),
            ("withdrawn", gettext_lazy("Withdrawn")),
        ]

    def queryset(self, request, rows):
        modes = {"given": Consenting.GIVEN, "none": ("",)}
        modes |= {mode: (mode,) for mode in Consenting.ConsentMode.values}
        return rows.filter(consent_mode__in=modes[self.value()]) if self.value() in modes else rows
