"""Campaigns, their directives, the readings of those kept by hand, and which seats are contested."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booths.admin.booths import BoothAdmin
from booths.admin.places import seats_within
from booths.models import Booth
from campaign.models import Campaign, Directive, DirectiveReading, SeatContest
from zones.admin import InScope, ScopedAdmin, ScopedForm, today
from zones.models import State
from zones.scope import Act, areas_served, states_seen
from zones.trail.keeping import keep_ids

LOOKING = (Act.SEE_NUMBERS, Act.ENTER_READINGS)


class OfCampaign(ScopedAdmin):
    """What is kept by campaign goes with the campaign's state."""

    to_state = "campaign__state__"

    def rows(self, request, act):
        user, on = request.user, today(request)
        if act in LOOKING:
            return Q(**{f"{self.to_state}pk__in": states_seen(user, on).values("pk")})
        return areas_served(user, act, on, State, prefix=self.to_state)


@admin.register(Campaign)
class CampaignAdmin(OfCampaign):
    to_state = "state__"
    list_display = ("name_hi", "name_en", "state", "election", "starts_on", "is_current")
    list_display_links = ("name_hi", "name_en")
    list_select_related = ("state",)
    list_filter = (("state", InScope), "election")
    search_fields = ("name_hi", "name_en", "slug")
    fieldsets = (
        (None, {"fields": ("state", ("name_hi", "name_en"), "slug", ("party_hi", "party_en"))}),
        (None, {"fields": (("election", "starts_on"), "is_current")}),
        (
            gettext_lazy("Sizes and rules"),
            {
                "fields": (
                    "sector_size",
                    ("sector_team_size", "block_team_size"),
                    ("state_in_charges", "bla_rules"),
                )
            },
        ),
    )


@admin.register(Directive)
class DirectiveAdmin(OfCampaign):
    list_display = ("number", "text", "campaign", "measure", "issued_on", "due_on")
    list_display_links = ("number", "text")
    list_select_related = ("campaign",)
    list_filter = (("campaign", InScope), "measure")
    search_fields = ("text_hi", "text_en")
    fields = ("campaign", "number", "text_hi", "text_en")
    fields += (("issued_by_hi", "issued_by_en"), ("issued_on", "due_on"))
    fields += ("measure", "kind", "target_percent")

    @admin.display(description=gettext_lazy("directive"))
    def text(self, directive):
        return directive.text


class ReadingForm(ScopedForm):
    def clean(self):
        super().clean()
        directive = self.cleaned_data.get("directive")
        seat = self.cleaned_data.get("assembly_seat")
        if directive and directive.measure != Directive.Measure.BY_HAND:
            self.add_error("directive", _("This directive is counted, not entered by hand."))
        if directive and seat and directive.campaign.state_id != seat.state_id:
            self.add_error("assembly_seat", _("This seat lies in another state."))


@admin.register(DirectiveReading)
class DirectiveReadingAdmin(ScopedAdmin):
    form = ReadingForm
    list_display = ("directive", "assembly_seat", "on", "percent", "by_name")
    list_select_related = ("directive", "assembly_seat", "by")
    list_filter = (("directive", InScope), ("assembly_seat", InScope))
    fields = ("directive", "assembly_seat", "on", "percent")

    def rows(self, request, act):
        return seats_within(request, act, "assembly_seat__")

    def label(self, reading):
        return f"{reading.assembly_seat}: {reading.percent}%"

    def get_changeform_initial_data(self, request):
        return {"on": today(request)} | super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("by"))
    def by_name(self, reading):
        return reading.by.name


@admin.register(SeatContest)
class SeatContestAdmin(OfCampaign):
    list_display = ("assembly_seat", "status", "campaign")
    list_select_related = ("assembly_seat", "campaign")
    list_filter = (("campaign", InScope), "status")
    search_fields = ("=assembly_seat__number", "assembly_seat__name_hi", "assembly_seat__name_en")
    fields = ("campaign", "assembly_seat", "status")
    actions = ("contest", "give_to_ally", "leave_open")

    def rows(self, request, act):
        if act is Act.SEE_NUMBERS:
            return seats_within(request, act, "assembly_seat__")
        return super().rows(request, act)

    def label(self, contest):
        return f"{contest.assembly_seat}: {contest.get_status_display()}"

    @admin.action(description=SeatContest.Status.OURS.label, permissions=["change"])
    def contest(self, request, queryset):
        self._set(request, queryset, SeatContest.Status.OURS)

    @admin.action(description=SeatContest.Status.ALLY.label, permissions=["change"])
    def give_to_ally(self, request, queryset):
        self._set(request, queryset, SeatContest.Status.ALLY)

    @admin.action(description=SeatContest.Status.OPEN.label, permissions=["change"])
    def leave_open(self, request, queryset):
        self._set(request, queryset, SeatContest.Status.OPEN)

    def _set(self, request, queryset, contest):
        allowed = self.rows(request, Act.MANAGE_CAMPAIGNS)
        chosen = SeatContest.objects.filter(allowed, pk__in=queryset.order_by().values("pk"))
        with transaction.atomic():
            ids = list(chosen.values_list("pk", flat=True))
            done = SeatContest.objects.filter(pk__in=ids).update(status=contest)
            keep_ids(SeatContest, ids, "~")
        said = ngettext("%(count)s seat: %(status)s.", "%(count)s seats: %(status)s.", done)
        messages.success(request, said % {"count": done, "status": contest.label})


admin.site.unregister(Booth)


@admin.register(Booth)
class BoothOfCampaignAdmin(BoothAdmin):
    """A booth list holds from the first day of the current campaign, unless chosen otherwise."""

    def first_day(self, states, on):
        current = Campaign.objects.filter(state__in=states, is_current=True).first()
        return current.starts_on if current else on
