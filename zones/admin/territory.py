"""Places of the state, and the schemes that cut it into zones. Assembly seats are with the booths,
which are counted anew when a seat's main district changes."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zones.admin.scoped import (
    InScope,
    Lines,
    ScopedAdmin,
    ScopedForm,
    ScopedTabularInline,
    today,
)
from zones.models import District, LokSabhaSeat, SchemeTerm, State, Zone, ZoneScheme, ZoneSeat
from zones.scope import areas_served


class AliasForm(ScopedForm):
    aliases = Lines(
        label=gettext_lazy("Other spellings"),
        required=False,
        help_text=gettext_lazy("One on a line, as they stand in lists."),
    )


class PlaceAdmin(ScopedAdmin):
    """A place that a posting can cover."""

    search_fields = ("name_hi", "name_en")

    def rows(self, request, act):
        return areas_served(request.user, act, today(request), self.model)


@admin.register(State)
class StateAdmin(PlaceAdmin):
    list_display = ("code", "name_hi", "name_en")
    list_display_links = ("code", "name_hi")
    list_select_related = ()
    readonly_fields = ("code",)
    fields = ("code", "name_hi", "name_en")


@admin.register(District)
class DistrictAdmin(PlaceAdmin):
    form = AliasForm
    list_display = ("name_hi", "name_en", "state")
    list_display_links = ("name_hi", "name_en")
    list_select_related = ("state",)
    list_filter = (("state", InScope),)
    prepopulated_fields = {"slug": ["name_en"]}
    fields = ("state", "name_hi", "name_en", "slug", "aliases")


@admin.register(LokSabhaSeat)
class LokSabhaSeatAdmin(PlaceAdmin):
    form = AliasForm
    list_display = ("number", "name_hi", "name_en", "reservation")
    list_display_links = ("number", "name_hi")
    list_select_related = ("state",)
    list_filter = (("state", InScope), "reservation")
    fields = ("state", "number", "name_hi", "name_en", "reservation", "aliases")


class OfScheme(ScopedAdmin):
    """What is kept by zone scheme goes with the scheme's state."""

    to_state = "state__"

    def rows(self, request, act):
        return areas_served(request.user, act, today(request), State, prefix=self.to_state)


class ZoneInline(ScopedTabularInline):
    model = Zone
    fields = ("number", "name_hi", "name_en")
    show_change_link = True


@admin.register(ZoneScheme)
class ZoneSchemeAdmin(OfScheme):
    list_display = ("name_hi", "name_en", "state")
    list_display_links = ("name_hi", "name_en")
    list_select_related = ("state",)
    search_fields = ("name_hi", "name_en")
    fields = ("state", "name_hi", "name_en")
    inlines = (ZoneInline,)


class ZoneSeatForm(ScopedForm):
    """A seat belongs to the scheme of its zone."""

    def _post_clean(self):
        zone = self.instance.zone
        self.instance.scheme_id = zone.scheme_id
        super()._post_clean()

    def clean_lok_sabha_seat(self):
        seat = self.cleaned_data["lok_sabha_seat"]
        if seat.state_id != self.instance.zone.scheme.state_id:
            raise ValidationError(_("This seat lies in another state."))
        return seat


class ZoneSeatInline(ScopedTabularInline):
    model = ZoneSeat
    form = ZoneSeatForm
    fields = ("lok_sabha_seat",)


@admin.register(Zone)
class ZoneAdmin(OfScheme):
    to_state = "scheme__state__"
    list_display = ("number", "name_hi", "name_en", "scheme")
    list_display_links = ("number", "name_hi")
    list_select_related = ("scheme",)
    list_filter = (("scheme", InScope),)
    search_fields = ("name_hi", "name_en")
    label_select_related = ("scheme",)
    fields = ("scheme", "number", "name_hi", "name_en")
    inlines = (ZoneSeatInline,)

    def rows(self, request, act):
        return areas_served(request.user, act, today(request), Zone)

    def label(self, zone):
        return f"{zone.scheme.name}: {zone.number} {zone.name}"

    def get_readonly_fields(self, request, obj=None):
        return ("scheme",) if obj else ()

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()  # seats are chosen once the zone has its scheme


@admin.register(SchemeTerm)
class SchemeTermAdmin(OfScheme):
    list_display = ("from_on", "scheme", "state")
    list_select_related = ("scheme", "state")
    fields = ("state", "scheme", "from_on")

    def label(self, term):
        return f"{term.scheme}: {date_format(term.from_on)}"
