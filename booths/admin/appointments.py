"""Appointments: looked at here, written by the lifecycle alone."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldBooleanWidget

from booths import lifecycle
from booths.admin.acts import ActsOnAppointments
from booths.admin.booths import SeatsOfBooths
from booths.admin.contacts import MaskedContacts
from booths.admin.gone import BoothGoneQueue
from booths.models import Appointment, AppointmentEvent, Booth
from booths.roll import numbers
from zones.admin import (
    ReadOnly,
    ScopedAdmin,
    ScopedForm,
    ScopedTabularInline,
    today,
)
from zones.scope import Act, may, places_served

Status = Appointment.Status
COLOURS = {
    Status.PROPOSED: "warning",
    Status.APPOINTED: "info",
    Status.VERIFIED: "success",
    Status.ENDED: "default",
}


class StatusFilter(DropdownFilter):
    title = gettext_lazy("status")
    parameter_name = "status"
    all_option = ["", gettext_lazy("Standing")]

    def lookups(self, request, model_admin):
        return [*Status.choices, ("gone", _("Standing, booth retired")), ("all", _("All"))]

    def queryset(self, request, rows):
        value = self.value()
        if value == "gone":
            return rows.standing().filter(booth__retired_on__lte=today(request))
        if value == "all":
            return rows
        return rows.filter(status=value) if value else rows.standing()


class PlacingForm(ScopedForm):
    """An agent who is known already, for a booth."""

    keeps_all_constraints = False  # the lifecycle says more: where the agent stands already
    appoint = forms.BooleanField(
        label=gettext_lazy("Appoint at once"),
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
        help_text=gettext_lazy("Without the tick the agent is proposed only."),
    )
    today = None

    def clean_proposed_on(self):
        day = self.cleaned_data["proposed_on"]
        if self.today and day > self.today:
            raise ValidationError(_("This day is still to come."))
        return day


class EventInline(ReadOnly, ScopedTabularInline):
    model = AppointmentEvent
    fields = ("verb", "on", "at", "by_name", "reason", "what")
    readonly_fields = fields
    ordering = ("pk",)
    verbose_name_plural = gettext_lazy("History")

    @admin.display(description=gettext_lazy("changes"))
    def what(self, event):
        fields = Appointment._meta
        return "; ".join(
            f"{fields.get_field(name).verbose_name}: {old} → {new}"
            for name, (old, new) in event.changes.items()
        )


@admin.register(Appointment)
class AppointmentAdmin(BoothGoneQueue, ActsOnAppointments, MaskedContacts, ScopedAdmin):
    form = PlacingForm
    to_mobile = "agent__mobile"
    list_display = ("agent_name", "booth_shown", "seat", "kind", "state", "mobile_shown", "since")
    list_display_links = ("agent_name",)
    list_select_related = ("agent", "booth__assembly_seat")
    label_select_related = ("agent", "booth__assembly_seat")
    list_filter = (
        ("booth__assembly_seat", SeatsOfBooths),
        StatusFilter,
        ("kind", ChoicesDropdownFilter),
    )
    search_fields = ("agent__name", "agent__code", "listed_mobile", "=agent__mobile")
    search_fields += ("booth__name_hi",)
    search_help_text = gettext_lazy("Name, code, mobile or booth number")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("person", "place", ("kind", "status"), ("slot", "predecessor"))}),
        (
            None,
            {
                "fields": (
                    ("proposed_on", "appointed_on"),
                    ("verified_on", "ended_on"),
                    "end_reason",
                )
            },
        ),
    )
    add_fieldsets = ((None, {"fields": ("agent", "booth", "kind", "proposed_on", "appoint")}),)
    autocomplete_fields = ("agent", "booth")
    inlines = (EventInline,)

    def rows(self, request, act):
        return places_served(request.user, act, today(request), prefix="booth__")

    def writing_act(self):
        return Act.PROPOSE

    def label(self, appointment):
        booth = appointment.booth
        return f"{appointment.agent.name} · {booth.assembly_seat.number} / {booth.label}"

    def get_queryset(self, request):
        seen = self.rows(request, Act.SEE_PEOPLE)
        before = Appointment.objects.filter(seen, pk=OuterRef("replaces"))
        rows = super().get_queryset(request).annotate(sees_predecessor=Exists(before))
        return rows.select_related("agent", "booth__assembly_seat", "replaces__agent")

    def has_change_permission(self, request, obj=None):
        return False  # by the acts alone

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def get_readonly_fields(self, request, obj=None):
        shown = ("person", "place", "status", "predecessor")
        return (*shown, "slot", "kind", "end_reason", *Correcting) if obj else shown

    def get_changeform_initial_data(self, request):
        return {"proposed_on": today(request)} | super().get_changeform_initial_data(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.today = today(request)
        return form

    def get_search_results(self, request, queryset, search_term):
        number = numbers.parse(search_term) if search_term else None
        if not isinstance(number, numbers.Number):
            return super().get_search_results(request, queryset, search_term)
        queryset, doubled = super().get_search_results(request, queryset, "")
        return queryset.filter(booth__number=number.number, booth__suffix=number.suffix), doubled

    def save_model(self, request, obj, form, change):
        given = {"kind": obj.kind, "on": obj.proposed_on, "by": request.user}
        at_once = form.cleaned_data["appoint"]
        if at_once and not may(request.user, Act.APPOINT, obj.booth, on=today(request)):
            raise ValidationError(_("Your posting does not allow you to appoint at this booth."))
        act = lifecycle.appoint_at if at_once else lifecycle.propose
        obj.pk = act(obj.booth, obj.agent, **given).pk
        obj.refresh_from_db()

    # Columns

    @admin.display(description=gettext_lazy("agent"), ordering="agent__name")
    def agent_name(self, appointment):
        return appointment.agent.name

    @admin.display(description=gettext_lazy("booth"), ordering="booth__number")
    def booth_shown(self, appointment):
        return str(appointment.booth)

    @admin.display(description=gettext_lazy("assembly seat"), ordering="booth__assembly_seat")
    def seat(self, appointment):
        return str(appointment.booth.assembly_seat)

    @display(description=gettext_lazy("status"), ordering="status", label=COLOURS)
    def state(self, appointment):
        return appointment.status, appointment.get_status_display()

    @admin.display(description=gettext_lazy("since"), ordering="proposed_on")
    def since(self, appointment):
        return appointment.appointed_on or appointment.proposed_on

    # The page of one

    @admin.display(description=gettext_lazy("agent"))
    def person(self, appointment):
        return _link("agent", appointment.agent_id, str(appointment.agent))

    @admin.display(description=gettext_lazy("booth"))
    def place(self, appointment):
        booth: Booth = appointment.booth
        return _link("booth", booth.pk, f"{booth.assembly_seat}: {booth}")

    @admin.display(description=gettext_lazy("in place of"))
    def predecessor(self, appointment):
        before = appointment.replaces if appointment.sees_predecessor else None
        return _link("appointment", before.pk, before.agent.name) if before else "-"


Correcting = ("proposed_on", "appointed_on", "verified_on", "ended_on")


def _link(model: str, pk: int, text: str):
    link = reverse(f"admin:booths_{model}_change", args=[pk])
    return format_html('<a class="text-link" href="{}">{}</a>', link, text)
