"""Assembly seats, and the blocks, sectors and teams inside them."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import bookkeeping
from booths.admin.consent import ConsentFilter, ConsentForm
from booths.admin.contacts import MaskedContacts
from booths.admin.personal import PersonalData
from booths.admin.team_lists import TeamLists
from booths.models import Block, Post, Sector, TeamMember
from booths.sectors import dissolve
from zones.admin import PHONE, InScope, Lines, ScopedAdmin, ScopedForm, today
from zones.models import AssemblySeat, Look
from zones.scope import Act, seats_seen, seats_served, teams_served


def seats_within(request, act: Act, prefix: str = "") -> Q:
    """Seats, or through the prefix what is kept by seat, that the act covers."""
    on = today(request)
    if act is Act.SEE_NUMBERS:
        return Q(**{f"{prefix}pk__in": seats_seen(request.user, on).values("pk")})
    return seats_served(request.user, act, on, prefix)


class SeatForm(ScopedForm):
    aliases = Lines(
        label=gettext_lazy("Other spellings"),
        required=False,
        help_text=gettext_lazy("One on a line, as they stand in lists."),
    )


@admin.register(AssemblySeat)
class AssemblySeatAdmin(ScopedAdmin):
    form = SeatForm
    list_display = ("number", "name_hi", "name_en", "reservation", "lok_sabha_seat", "district")
    list_display_links = ("number", "name_hi")
    list_select_related = ("lok_sabha_seat", "district")
    list_filter = (("lok_sabha_seat", InScope), ("district", InScope), "reservation")
    search_fields = ("=number", "name_hi", "name_en")
    fields = ("state", "number", ("name_hi", "name_en"), "reservation", "lok_sabha_seat")
    fields += ("district", "aliases")

    def rows(self, request, act):
        return seats_within(request, act)

    def save_model(self, request, obj, form, change):
        if not change or "district" not in form.changed_data:
            super().save_model(request, obj, form, change)
            return
        # Booths that name no district of their own move with the seat.
        with bookkeeping.recounting(obj.state):
            super().save_model(request, obj, form, change)
        messages.info(request, _("The main district changed: the counts were made anew."))


class OfSeat(ScopedAdmin):
    """What is kept by assembly seat goes with it."""

    to_seat = "assembly_seat__"

    def rows(self, request, act):
        return seats_within(request, act, self.to_seat)

    def get_readonly_fields(self, request, obj=None):
        return ("assembly_seat",) if obj else ()

    def label(self, obj):
        return f"{obj.assembly_seat.number} {obj.assembly_seat.name}: {obj.name}"


@admin.register(Block)
class BlockAdmin(OfSeat):
    list_display = ("name_hi", "name_en", "assembly_seat")
    list_display_links = ("name_hi", "name_en")
    list_select_related = ("assembly_seat",)
    label_select_related = ("assembly_seat",)
    list_filter = (("assembly_seat", InScope),)
    search_fields = ("name_hi", "name_en", "assembly_seat__name_hi", "assembly_seat__name_en")
    fields = ("assembly_seat", "name_hi", "name_en")


class SectorForm(ScopedForm):
    def clean(self):
        super().clean()
        block = self.cleaned_data.get("block")
        seat = self.cleaned_data.get("assembly_seat")
        seat_id = seat.pk if seat else self.instance.assembly_seat_id
        if block and seat_id and block.assembly_seat_id != seat_id:
            self.add_error("block", _("This block lies in another assembly seat."))


@admin.register(Sector)
class SectorAdmin(OfSeat):
    form = SectorForm
    list_display = ("name_hi", "name_en", "assembly_seat", "block")
    list_display_links = ("name_hi", "name_en")
    list_select_related = ("assembly_seat", "block")
    label_select_related = ("assembly_seat",)
    list_filter = (("assembly_seat", InScope),)
    search_fields = ("name_hi", "name_en", "assembly_seat__name_hi", "assembly_seat__name_en")
    autocomplete_fields = ("block",)
    fields = ("assembly_seat", "name_hi", "name_en", "block")

    def delete_model(self, request, obj):
        dissolve(Sector.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        dissolve(queryset)


@admin.register(Post)
class PostAdmin(ScopedAdmin):
    """Posts are the same in every state."""

    list_display = ("name_hi", "name_en", "level", "is_lead", "order")
    list_display_links = ("name_hi", "name_en")
    list_select_related = ()
    list_filter = ("level",)
    search_fields = ("name_hi", "name_en")
    fields = ("level", "name_hi", "name_en", "is_lead", "order")

    def rows(self, request, act):
        return Q()

    def label(self, post):
        return f"{post.get_level_display()}: {post.name}"


class TeamMemberForm(ConsentForm):
    class Meta:
        widgets = {"mobile": PHONE}

    def clean(self):
        data = super().clean()
        post = self.cleaned_data.get("post")
        if post and not self.cleaned_data.get(post.level):
            raise ValidationError(
                _("The post “%(post)s” is one of a %(level)s team: choose that."),
                params={"post": post.name, "level": post.get_level_display()},
            )
        return data


@admin.register(TeamMember)
class TeamMemberAdmin(TeamLists, MaskedContacts, PersonalData, ScopedAdmin):
    form = TeamMemberForm
    list_display = ("name", "post", "team", "mobile_shown", "origin", "since", "until")
    list_select_related = ("post", "zone", "block__assembly_seat", "sector__assembly_seat")
    list_filter = (("post", InScope), "origin", ("sector__assembly_seat", InScope), ConsentFilter)
    search_fields = ("name", "listed_mobile", "=mobile")
    autocomplete_fields = ("block", "sector")
    fieldsets = (
        (None, {"fields": ("name", "mobile", "post", "zone", "block", "sector", "origin")}),
        (None, {"fields": (("since", "until"),)}),
        (gettext_lazy("Consent"), {"fields": (("consent_mode", "consent_on"), "consent_version")}),
    )

    def rows(self, request, act):
        return teams_served(request.user, act, today(request))

    def look_at(self, request, obj):
        """Whom the user calls in a team of today is daily work."""
        if obj.until and obj.until <= today(request):
            return Look.What.HISTORY
        return "" if obj.in_full else Look.What.LIST

    @admin.display(description=gettext_lazy("team"))
    def team(self, member):
        place = member.sector or member.block
        return f"{place.assembly_seat}: {place}" if place else str(member.zone)
