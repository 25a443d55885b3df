"""Agents: their own data. Where they stand is written by the acts on appointments."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import DropdownFilter

from booths import enrolment
from booths.admin.agent_lists import AgentLists
from booths.admin.booths import SeatsOfBooths
from booths.admin.consent import ConsentFilter, ConsentForm
from booths.admin.contacts import MaskedContacts
from booths.admin.duplicates import duplicate_warning
from booths.admin.personal import PersonalData
from booths.admin.quick_entry import quick_entry
from booths.models import Agent, Appointment
from zones.admin import PHONE, ReadOnly, ScopedAdmin, ScopedTabularInline, today
from zones.models import Look
from zones.scope import Act, agents_kept, agents_seen, places_served


class AgentForm(ConsentForm):
    """What is cleaned as it is typed is left alone where it was not touched."""

    class Meta:
        widgets = {"mobile": PHONE}

    def clean_name(self):
        return enrolment.clean_name(self.cleaned_data["name"])

    def clean_mobile(self):
        mobile = self.cleaned_data["mobile"]
        return enrolment.clean_mobile(mobile) if "mobile" in self.changed_data else mobile

    def clean_epic_no(self):
        epic = self.cleaned_data["epic_no"]
        return enrolment.clean_epic(epic) if "epic_no" in self.changed_data else epic


class PlacedFilter(DropdownFilter):
    title = gettext_lazy("standing")
    parameter_name = "stands"

    def lookups(self, request, model_admin):
        return [
            ("yes", gettext_lazy("At a booth")),
            ("no", gettext_lazy("At no booth")),
        ]

    def queryset(self, request, rows):
        standing = Exists(Appointment.objects.standing().filter(agent=OuterRef("pk")))
        if self.value() == "yes":
            return rows.filter(standing)
        return rows.filter(~standing) if self.value() == "no" else rows


class PhoneFilter(DropdownFilter):
    title = gettext_lazy("mobile number")
    parameter_name = "phone"

    def lookups(self, request, model_admin):
        return [("no", gettext_lazy("Missing")), ("yes", gettext_lazy("Known"))]

    def queryset(self, request, rows):
        if self.value() == "no":
            return rows.filter(mobile="")
        return rows.filter(mobile__gt="") if self.value() == "yes" else rows


SEAT = "appointments__booth__assembly_seat"


class SeatOfAgents(SeatsOfBooths):
    """Agents who stand in the seat, at a booth in scope."""

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if not self.value().isdecimal() or len(self.value()) > 18:
            return queryset.none()
        served = Appointment.objects.filter(
            places_served(request.user, Act.SEE_PEOPLE, today(request), prefix="booth__"),
            booth__assembly_seat=self.value(),
        )
        return queryset.filter(pk__in=served.standing().values("agent"))


class AppointmentInline(ReadOnly, ScopedTabularInline):
    """The agent's appointments at booths in scope; others stay unseen."""

    model = Appointment
    fields = ("seat", "place", "kind", "status", "proposed_on", "appointed_on", "ended_on")
    readonly_fields = fields
    ordering = ("-pk",)
    show_change_link = True

    def get_queryset(self, request):
        served = places_served(request.user, Act.SEE_PEOPLE, today(request), prefix="booth__")
        rows = super().get_queryset(request).filter(served)
        return rows.select_related("booth__assembly_seat", "agent")

    @admin.display(description=gettext_lazy("assembly seat"))
    def seat(self, appointment):
        return str(appointment.booth.assembly_seat)

    @admin.display(description=gettext_lazy("booth"))
    def place(self, appointment):
        return str(appointment.booth)


@admin.register(Agent)
class AgentAdmin(AgentLists, MaskedContacts, PersonalData, ScopedAdmin):
    form = AgentForm
    list_display = ("name", "relation_name", "mobile_shown", "where", "code")
    list_display_links = ("name",)
    list_select_related = ()
    list_filter = (
        (SEAT, SeatOfAgents),
        PlacedFilter,
        PhoneFilter,
        ConsentFilter,
    )
    search_fields = ("name", "relation_name", "=code", "listed_mobile", "=mobile", "=epic_no")
    search_help_text = gettext_lazy("Name, code, mobile or EPIC")
    readonly_fields = ("code", "entered_by_name", "entered_at")
    autocomplete_fields = ("elector_seat",)
    inlines = (AppointmentInline,)
    fieldsets = (
        (None, {"fields": (("name", "relation_name"), ("mobile", "gender"), "code")}),
        (
            gettext_lazy("Electoral roll"),
            {"fields": ("epic_no", "elector_seat", ("elector_part", "elector_serial"))},
        ),
        (
            gettext_lazy("Consent"),
            {"fields": (("consent_mode", "consent_on"), "consent_version")},
        ),
        (gettext_lazy("Entered"), {"fields": (("entered_by_name", "entered_at"),)}),
    )

    def rows(self, request, act):
        """Seen is whom the scope shows; written is who stands where the act reaches."""
        on = today(request)
        if act in (Act.SEE_PEOPLE, Act.LIST_CONTACTS):
            return agents_seen(request.user, on, Appointment.objects.all(), act)
        return agents_kept(request.user, act, on, Appointment.objects.all())

    def get_urls(self):
        view = self.admin_site.admin_view(self.quick_entry_view)
        return [path("quick/", view, name="quick_entry"), *super().get_urls()]

    def quick_entry_view(self, request):
        return quick_entry(self, request)

    def add_view(self, request, form_url="", extra_context=None):
        return redirect("admin:quick_entry")

    def lookup_allowed(self, lookup, value, request=None):
        """Typed into the address, any other filter by appointments asks those out of scope too."""
        if lookup.partition("__")[0] == "appointments" and lookup != f"{SEAT}__id__exact":
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request):
        served = Appointment.objects.standing().filter(
            places_served(request.user, Act.SEE_PEOPLE, today(request), prefix="booth__")
        )
        here = served.select_related("booth__assembly_seat").order_by("pk")
        rows = super().get_queryset(request).select_related("entered_by", "elector_seat")
        return rows.prefetch_related(Prefetch("appointments", here, to_attr="served"))

    def look_at(self, request, obj):
        """Whom the user calls at a booth today is daily work."""
        called = places_served(request.user, Act.LIST_CONTACTS, today(request), prefix="booth__")
        standing = Appointment.objects.standing().filter(agent=obj)
        if standing.filter(called).exists():
            return ""
        return Look.What.LIST if standing.exists() else Look.What.HISTORY

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        seen = self.rows(request, Act.SEE_PEOPLE)
        if warning := duplicate_warning(obj, seen):
            messages.warning(request, warning)
        if "epic_no" in form.changed_data and enrolment.epic_check_fails(obj.epic_no):
            messages.warning(request, enrolment_check(obj.epic_no))

    @admin.display(description=gettext_lazy("entered by"))
    def entered_by_name(self, agent):
        return agent.entered_by.name if agent.entered_by else "-"

    @admin.display(description=gettext_lazy("stands at"))
    def where(self, agent):
        return (
            ", ".join(
                f"{each.booth.assembly_seat.number} / {each.booth.label}" for each in agent.served
            )
            or "-"
        )


def enrolment_check(epic: str) -> str:
    said = gettext_lazy("The check digit of EPIC %(epic)s is wrong: compare it with the card.")
    return str(said) % {"epic": epic}
