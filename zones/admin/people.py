"""Accounts and postings, to look them up. They are made, changed and ended on the office's pages
(zones/staffing.py), whose rules a form of the admin would go past."""

from django.contrib import admin
from django.contrib.auth import admin as auth_admin  # registers Group, before it is taken out
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter

from zones.admin.scoped import (
    NOTHING,
    InScope,
    ReadOnly,
    ScopedAdmin,
    ScopedStackedInline,
    today,
)
from zones.models import (
    POSTING_AREAS,
    AssemblySeat,
    District,
    LokSabhaSeat,
    Posting,
    State,
    User,
    Zone,
)
from zones.scope import Act, areas_served, postings_served, users_served

AREAS = dict(zip(POSTING_AREAS, (State, Zone, LokSabhaSeat, District, AssemblySeat), strict=True))

AREA_ROWS = (("state", "zone"), ("lok_sabha_seat", "district"), "assembly_seat")

# Rights follow from postings alone; Django's groups would only mislead.
admin.site.unregister(auth_admin.Group)


class PostingInline(ScopedStackedInline):
    model = Posting
    fields = ("role", *AREA_ROWS, ("since", "until"))


@admin.register(User)
class UserAdmin(ReadOnly, ScopedAdmin):
    change_form_outer_before_template = "admin/zones/managed.html"
    list_display = ("username", "full_name", "mobile", "posted_as", "is_active")
    list_display_links = ("username", "full_name")
    list_select_related = ()
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "last_name", "mobile")
    ordering = ("username",)
    inlines = (PostingInline,)
    fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"))}),
        (None, {"fields": (("mobile", "language"), "is_active", ("last_login", "date_joined"))}),
    )

    def rows(self, request, act):
        """Accounts that the user manages; for any other act, whoever is posted in its reach."""
        on = today(request)
        if act is Act.MANAGE_USERS:
            return users_served(request.user, on)
        posted = NOTHING
        for field, area in AREAS.items():
            posted |= areas_served(request.user, act, on, area, prefix=f"{field}__")
        return Q(pk__in=Posting.objects.filter(posted).values("user"))

    def label(self, user):
        return user.name

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("postings")

    @admin.display(description=_("name"), ordering="first_name")
    def full_name(self, user):
        return user.name

    @admin.display(description=_("posted as"))
    def posted_as(self, user):
        roles = {posting.get_role_display() for posting in user.postings.all()}
        return ", ".join(sorted(roles)) or "-"


class Holding(DropdownFilter):
    title = _("holding")
    parameter_name = "holding"

    def lookups(self, request, model_admin):
        return [("now", _("Now")), ("past", _("Past"))]

    def queryset(self, request, rows):
        current = Posting.objects.current(today(request)).values("pk")
        if self.value() == "now":
            return rows.filter(pk__in=current)
        return rows.exclude(pk__in=current) if self.value() == "past" else rows


@admin.register(Posting)
class PostingAdmin(ReadOnly, ScopedAdmin):
    change_form_outer_before_template = "admin/zones/managed.html"
    list_display = ("user_name", "role", "place", "since", "until")
    list_select_related = ("user", *POSTING_AREAS)
    list_filter = (Holding, ("role", ChoicesDropdownFilter), ("district", InScope))
    search_fields = ("user__username", "user__first_name", "user__last_name", "=user__mobile")
    fields = ("user", "role", *AREA_ROWS, ("since", "until"))

    def rows(self, request, act):
        return postings_served(request.user, today(request)) if act is Act.MANAGE_USERS else NOTHING

    def label(self, posting):
        return f"{posting.user.name}: {posting.get_role_display()}, {posting.area}"

    @admin.display(description=_("name"), ordering="user__first_name")
    def user_name(self, posting):
        return posting.user.name

    @admin.display(description=_("area"))
    def place(self, posting):
        return str(posting.area)
