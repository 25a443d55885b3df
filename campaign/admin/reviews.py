"""Review meetings, with what was decided and promised there."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from campaign.admin.campaigns import OfCampaign
from campaign.models import Commitment, Decision, ReviewMeeting
from zones.admin import InScope, ScopedStackedInline


class DecisionInline(ScopedStackedInline):
    model = Decision
    fields = ("text", "owner", ("due_on", "done_on"), ("zone", "lok_sabha_seat"), "assembly_seat")


class CommitmentInline(ScopedStackedInline):
    model = Commitment
    fields = (("user", "number"), ("zone", "assembly_seat"))


@admin.register(ReviewMeeting)
class ReviewMeetingAdmin(OfCampaign):
    list_display = ("kind", "number", "campaign", "status", "window_start", "window_end", "held_on")
    list_display_links = ("kind", "number")
    list_select_related = ("campaign",)
    list_filter = (("campaign", InScope), "kind", "status")
    fieldsets = (
        (None, {"fields": ("campaign", ("kind", "number"), "status")}),
        (None, {"fields": (("window_start", "window_end"), "held_on", "attendees", "minutes")}),
    )
    # Held and cancelled on the page of the meeting, which freezes the numbers in the same step.
    readonly_fields = ("status", "held_on")
    inlines = (DecisionInline, CommitmentInline)

    def label(self, meeting):
        return f"{meeting} · {meeting.campaign.name}"

    label_select_related = ("campaign",)


class DoneFilter(DropdownFilter):
    title = _("done")
    parameter_name = "done"

    def lookups(self, request, model_admin):
        return [("no", _("Not yet")), ("yes", _("Done"))]

    def queryset(self, request, rows):
        return rows.filter(done_on__isnull=self.value() == "no") if self.value() else rows


@admin.register(Decision)
class DecisionAdmin(OfCampaign):
    to_state = "meeting__campaign__state__"
    list_display = ("text", "owner_name", "due_on", "done_on", "meeting")
    list_select_related = ("owner", "meeting__campaign")
    list_filter = (("meeting", InScope), DoneFilter)
    search_fields = ("text",)
    fields = ("meeting", *DecisionInline.fields)

    @admin.display(description=_("owner"))
    def owner_name(self, decision):
        return decision.owner.name


@admin.register(Commitment)
class CommitmentAdmin(OfCampaign):
    to_state = "meeting__campaign__state__"
    list_display = ("meeting", "user_name", "zone", "assembly_seat", "number")
    list_select_related = ("user", "meeting", "zone", "assembly_seat")
    list_filter = (("meeting", InScope),)
    fields = ("meeting", *CommitmentInline.fields)

    def label(self, commitment):
        return f"{commitment.user.name}: {commitment.zone or commitment.assembly_seat}"

    @admin.display(description=_("by"))
    def user_name(self, commitment):
        return commitment.user.name
