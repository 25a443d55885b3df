"""Forms of teams: a member entered on the phone, and one who leaves."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from booths.forms import MODES
from booths.membership import Left, clean_name
from booths.models import Post, TeamMember
from campaign.day_fields import day_field
from zones.mobiles import clean_mobile


class PastDays(forms.Form):
    """Days of what has happened: none is still to come."""

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on, self.label_suffix = on, ""

    def past(self, name: str) -> date:
        day = self.cleaned_data[name]
        if day > self.on:
            raise ValidationError(_("This day is still to come."))
        return day


class MemberForm(PastDays):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    post = forms.ModelChoiceField(Post.objects.none(), label=_("Post"), empty_label=None)
    origin = forms.ChoiceField(
        label=_("From"), choices=TeamMember.Origin.choices, initial=TeamMember.Origin.LOCAL
    )
    mobile = forms.CharField(
        label=_("Mobile number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "type": "tel", "autocomplete": "off"}),
    )
    consent_mode = forms.ChoiceField(
        label=_("Consent given"),
        required=False,
        choices=[("", _("Not taken")), *MODES],
        help_text=_("The mobile is kept only with consent."),
    )
    since = day_field(_("Since"))

    def __init__(self, *args, level: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.filter(level=level)
        self.fields["post"].label_from_instance = lambda post: post.name
        self.fields["since"].initial = self.on
        if level != Post.Level.ZONE:
            del self.fields["origin"]

    def clean_name(self):
        return clean_name(self.cleaned_data["name"])

    def clean_mobile(self):
        return clean_mobile(self.cleaned_data["mobile"])

    def clean_since(self):
        return self.past("since")

    def clean(self):
        said = super().clean()
        if said.get("mobile") and not said.get("consent_mode"):
            self.add_error(
                "consent_mode",
                _(
                    "Without consent only the name is kept. Say how consent was given, or leave "
                    "the mobile empty."
                ),
            )
        return said


class LeaveForm(PastDays):
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose …")), *Left.choices])
    until = day_field(_("Ends on"), _("The first day on which it no longer holds."))

    def clean_until(self):
        return self.past("until")
