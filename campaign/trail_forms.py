"""What the pages of the audit trail can be asked."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.day_fields import day_field
from zones.models import User
from zones.trail import reading

SPAN = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))]


class SpanForm(forms.Form):
    who = forms.CharField(label=gettext_lazy("User name"), max_length=150, required=False)
    since = day_field(gettext_lazy("From day"), required=False, validators=SPAN)
    until = day_field(gettext_lazy("To day"), required=False, validators=SPAN)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def instants(self) -> tuple[datetime | None, datetime | None]:
        """The span as instants: from its first to before its end."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return (
            since and _begins(since),
            until and _begins(until + timedelta(days=1)),
        )

    def doer(self) -> int | None:
        """The id of the account; 0 if there is none of the name."""
        name = self.cleaned_data["who"]
        return id_of(User.objects.filter(username=name)) if name else None


class TrailForm(SpanForm):
    agent = forms.CharField(label=gettext_lazy("Agent code"), max_length=12, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("All")), *reading.EntryKind.choices],
        required=False,
    )
    field_order = ("who", "agent", "kind", "since", "until")


class AffectedForm(SpanForm):
    address = forms.CharField(label=gettext_lazy("From address"), max_length=45, required=False)
    field_order = ("who", "address", "since", "until")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].required = self.fields["until"].required = True

    def clean(self):
        if not (self.cleaned_data.get("who") or self.cleaned_data.get("address")):
            raise forms.ValidationError(_("Name a user, an address, or both."))
        return self.cleaned_data


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def id_of(rows: QuerySet) -> int:
    return rows.values_list("pk", flat=True).first() or 0
