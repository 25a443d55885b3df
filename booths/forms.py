"""Forms on agents and their appointments: picking a booth by its number, taking an agent in, and
the acts on an appointment."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from booths import consent, enrolment
from booths.models import Agent, Appointment, Booth
from booths.roll import numbers
from booths.roll.problems import FAULTS
from zones.models import AssemblySeat
from zones.scope import Act, may, places_served

NEAREST = 4
PHONE = {"inputmode": "tel", "autocomplete": "off"}


def seats_with_booths(user, act: Act, on: date) -> QuerySet[AssemblySeat]:
    """The seats in which the act reaches a booth."""
    served = Booth.objects.present().filter(places_served(user, act, on))
    return AssemblySeat.objects.filter(Exists(served.filter(assembly_seat=OuterRef("pk"))))


class PastDay(forms.DateField):
    """A day that is not in the future; today unless told."""

    widget = UnfoldAdminDateWidget

    def __init__(self, **kwargs):
        super().__init__(label=kwargs.pop("label", gettext_lazy("Day")), **kwargs)
        self.today: date | None = None

    def clean(self, value):
        day = super().clean(value)
        if day and self.today and day > self.today:
            raise ValidationError(_("This day is still to come."))
        return day


class Dated(forms.Form):
    """A form filled in by a user on a day; both are given by the view."""

    def __init__(self, *args, user, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.on = user, on
        for field in self.fields.values():
            if isinstance(field, PastDay):
                field.today = on


class BoothPicker(Dated):
    """A booth by its seat and number, among those that the act reaches."""

    act = Act.APPOINT
    seat = forms.ModelChoiceField(
        AssemblySeat.objects.none(),
        label=gettext_lazy("Assembly seat"),
        widget=UnfoldAdminSelectWidget,
        empty_label=gettext_lazy("Choose the seat"),
    )
    booth = forms.CharField(
        label=gettext_lazy("Booth number"),
        max_length=20,
        widget=UnfoldAdminTextInputWidget(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "enterkeyhint": "next"}
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats_with_booths(self.user, self.act, self.on)

    def clean_booth(self) -> Booth:
        served = Booth.objects.present().filter(places_served(self.user, self.act, self.on))
        return booth_named(self.cleaned_data["booth"], self.cleaned_data.get("seat"), served)


def booth_named(written: str, seat: AssemblySeat | None, served: QuerySet[Booth]) -> Booth:
    """The booth of the number in the seat, as somebody wrote it, among those served."""
    number = numbers.parse(written)
    if isinstance(number, numbers.BadNumber):
        # Doubled print is a fault of copied lists; nobody types so.
        reason = number.reason.replace("number_doubled", "number_too_large")
        raise ValidationError(FAULTS[reason], params={"limit": numbers.LIMIT})
    if seat is None:
        raise ValidationError(_("Choose the seat first."))
    of_seat = served.filter(assembly_seat=seat)
    booth = of_seat.filter(number=number.number, suffix=number.suffix).first()
    if booth is None:
        raise _unknown_booth(number, seat, of_seat)
    booth.assembly_seat = seat
    return booth


def _unknown_booth(number, seat: AssemblySeat, served: QuerySet[Booth]) -> ValidationError:
    labels = list(served.order_by().values_list("number", "suffix"))
    labels.sort(key=lambda pair: (abs(pair[0] - number.number), pair))
    near = sorted(labels[:NEAREST])
    return ValidationError(
        _("Seat %(seat)s has no booth %(booth)s in your area. The nearest are %(near)s."),
        params={
            "seat": seat,
            "booth": number.label,
            "near": ", ".join(f"{n}{suffix}" for n, suffix in near),
        },
    )


MODES = [(mode.value, mode.label) for mode in Agent.GIVEN]  # as they may be newly given
NOT_TAKEN = "none"


class NewAgent(forms.Form):
    """The name and phone of a person who is taken in, and whether they agreed to it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    relation_name = forms.CharField(
        label=gettext_lazy("Father's/husband's name"),
        max_length=120,
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    mobile = forms.CharField(
        label=gettext_lazy("Mobile number"),
        max_length=20,
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs=PHONE | {"enterkeyhint": "done"}),
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("Consent"),
        choices=[*MODES, (NOT_TAKEN, gettext_lazy("Not taken"))],
        widget=UnfoldAdminRadioSelectWidget(radio_style=1),
        error_messages={"required": gettext_lazy("Say whether the person agreed.")},
    )

    def clean_name(self):
        return enrolment.clean_name(self.cleaned_data["name"])

    def clean_relation_name(self):
        return " ".join(self.cleaned_data["relation_name"].split())

    def clean_mobile(self):
        return enrolment.clean_mobile(self.cleaned_data["mobile"])

    def clean(self):
        data = super().clean()
        if data.get("consent") == NOT_TAKEN and data.get("mobile"):
            self.add_error(
                "consent",
                _(
                    "Without consent no mobile number is kept. Say how consent was given, or leave "
                    "the number empty: then only the name is entered."
                ),
            )
        return data

    @property
    def person(self) -> dict:
        """What enrolment.enrol() takes; whoever enters it says that consent was given today."""
        data = self.cleaned_data
        mode = data["consent"] if data["consent"] != NOT_TAKEN else ""
        typed = {name: data[name] for name in ("name", "relation_name", "mobile")}
        return typed | consent.recorded(mode, on=self.on)


class QuickEntry(BoothPicker, NewAgent):
    """One agent at one booth, in one go."""

    day = PastDay(label=gettext_lazy("Appointed on"))
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)
    field_order = ("seat", "booth", "name", "relation_name", "mobile", "consent", "day", "token")


# Acts on an appointment


class OnADay(Dated):
    day = PastDay()


class Ending(OnADay):
    # Replacing and moving end an appointment too, but by acts of their own.
    REASONS = [
        (value, label)
        for value, label in Appointment.EndReason.choices
        if value not in (Appointment.EndReason.REPLACED, Appointment.EndReason.MOVED)
    ]
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=REASONS, widget=UnfoldAdminSelectWidget
    )
    note = forms.CharField(
        label=gettext_lazy("Remarks"),
        max_length=300,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )
    field_order = ("reason", "day", "note")


class Replacing(NewAgent, OnADay):
    note = Ending.base_fields["note"]
    field_order = ("name", "relation_name", "mobile", "consent", "day", "note")


class Moving(BoothPicker):
    act = Act.MOVE
    day = PastDay()
    note = Ending.base_fields["note"]


class Correcting(BoothPicker):
    """Puts a wrongly typed booth or day right; a day that the appointment has not is not asked."""

    act = Act.CORRECT
    DAYS = ("proposed_on", "appointed_on", "verified_on", "ended_on")
    proposed_on = PastDay(label=gettext_lazy("Proposed on"))
    appointed_on = PastDay(label=gettext_lazy("Appointed on"))
    verified_on = PastDay(label=gettext_lazy("Verified on"))
    ended_on = PastDay(label=gettext_lazy("Ended on"))
    reason = forms.CharField(
        label=gettext_lazy("What was wrong"), max_length=300, widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, *args, appointment: Appointment, **kwargs):
        days = {name: getattr(appointment, name) for name in self.DAYS}
        kwargs["initial"] = {
            "seat": appointment.booth.assembly_seat_id,
            "booth": appointment.booth.label,
            **days,
        }
        super().__init__(*args, **kwargs)
        self.appointment = appointment
        may_verify = may(kwargs["user"], Act.VERIFY, appointment.booth, on=kwargs["on"])
        for name, day in days.items():
            if day is None or (name == "verified_on" and not may_verify):
                del self.fields[name]

    def clean_booth(self):
        # Left as it is, also a booth that is no longer on the list.
        if not {"seat", "booth"} & set(self.changed_data):
            return self.appointment.booth
        return super().clean_booth()

    @property
    def values(self) -> dict:
        return {
            name: self.cleaned_data[name] for name in ("booth", *self.DAYS) if name in self.fields
        }
