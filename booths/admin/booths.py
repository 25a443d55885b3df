"""Booths: the form, the list, and putting booths into a sector."""

from collections import Counter

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.contrib.filters.admin import DropdownFilter
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from booths import bookkeeping
from booths.admin.booth_lists import BoothLists
from booths.admin.doing import doing_page
from booths.models import Booth, Sector
from booths.roll import numbers
from booths.roll.problems import FAULTS
from booths.sectors import put_in_sector
from zones.admin import InScope, ScopedAdmin, ScopedForm, today
from zones.models import AssemblySeat
from zones.scope import Act, may, places_served

LONGEST_NUMBER = 4  # digits of the number of a seat


class BoothForm(ScopedForm):
    label = forms.CharField(
        label=gettext_lazy("Booth number"),
        max_length=40,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("For example 12, 12A, 12A(W)."),
    )
    flags = forms.MultipleChoiceField(
        label=gettext_lazy("Flags"),
        choices=Booth.Flag.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "label" in self.fields:
            self.initial["label"] = self.instance.label
            self.initial["flags"] = [name for name, on in self.instance.flags.items() if on]

    def clean_label(self):
        found = numbers.parse(self.cleaned_data["label"])
        if isinstance(found, numbers.BadNumber):
            raise ValidationError(
                FAULTS[found.reason], params={"meant": found.meant, "limit": numbers.LIMIT}
            )
        return found

    def clean_flags(self):
        known = {name: on for name, on in self.instance.flags.items() if name not in Booth.Flag}
        return known | dict.fromkeys(self.cleaned_data["flags"], True)

    def clean(self):
        super().clean()
        if number := self.cleaned_data.get("label"):
            self.instance.number, self.instance.suffix = number
            if not self.instance.pk or "label" in self.changed_data:
                self.instance.number_as_written = self.data.get("label", "")[:40]
        written = self.instance.as_written.items()
        self.instance.as_written = {f: text for f, text in written if f not in self.changed_data}
        self._same_seat()
        self._free_number()

    def _free_number(self):
        """No day has two booths of one number, and nobody retires a booth in advance."""
        booth, listed_on = self.instance, self.cleaned_data.get("listed_on")
        retired_on = self.cleaned_data.get("retired_on")
        if retired_on and retired_on > self.on:
            self.add_error("retired_on", _("This day is still ahead."))
        seat = self.cleaned_data.get("assembly_seat") or getattr(booth, "assembly_seat", None)
        if not (seat and listed_on and booth.number):
            return
        others = Booth.objects.filter(
            assembly_seat=seat, number=booth.number, suffix=booth.suffix, retired_on__gt=listed_on
        ).exclude(pk=booth.pk)
        if retired_on:
            others = others.filter(listed_on__lt=retired_on)
        if other := others.first():
            says = _("Until %(day)s another booth had this number.")
            self.add_error("listed_on", says % {"day": date_format(other.retired_on)})

    def _same_seat(self):
        seat = self.cleaned_data.get("assembly_seat") or getattr(
            self.instance, "assembly_seat", None
        )
        sector, district = self.cleaned_data.get("sector"), self.cleaned_data.get("district")
        if seat and sector and sector.assembly_seat_id != seat.pk:
            self.add_error("sector", _("This sector lies in another assembly seat."))
        if seat and district and district.state_id != seat.state_id:
            self.add_error("district", _("This district lies in another state."))


class OnTheList(DropdownFilter):
    title = gettext_lazy("on the list")
    parameter_name = "listed"
    all_option = ["", gettext_lazy("On the list now")]

    def lookups(self, request, model_admin):
        return [("retired", _("Retired")), ("all", _("All"))]

    def queryset(self, request, rows):
        if self.value() == "all":
            return rows
        return rows.filter(retired_on__isnull=self.value() != "retired")


class InSector(DropdownFilter):
    title = gettext_lazy("sector")
    parameter_name = "in_sector"

    def lookups(self, request, model_admin):
        return [("no", _("In no sector")), ("yes", _("In a sector"))]

    def queryset(self, request, rows):
        return rows.filter(sector__isnull=self.value() == "no") if self.value() else rows


class SeatsOfBooths(InScope):
    """Seats with a booth in scope: a district has booths of seats whose main district is another."""

    def field_choices(self, field, request, model_admin):
        act = Act.SEE_NUMBERS if model_admin.model is Booth else Act.SEE_PEOPLE
        served = Booth.objects.filter(places_served(request.user, act, today(request)))
        seats = AssemblySeat.objects.filter(pk__in=served.order_by().values("assembly_seat"))
        return [(seat.pk, str(seat)) for seat in seats]


class SectorChoice(forms.Form):
    sector = forms.ModelChoiceField(Sector.objects.none(), label=gettext_lazy("Sector"))

    def __init__(self, *args, sectors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sector"].queryset = sectors


def _renamed(fields, names):
    return tuple(
        _renamed(each, names) if isinstance(each, tuple) else names.get(each, each)
        for each in fields
    )


def _add_agent(booth: Booth):
    place = {"seat": booth.assembly_seat.number, "booth": booth.label}
    link = f"{reverse('admin:quick_entry')}?{urlencode(place)}"
    return format_html('<a class="text-link" href="{}">{}</a>', link, _("Add agent"))


@admin.register(Booth)
class BoothAdmin(BoothLists, ScopedAdmin):
    form = BoothForm
    list_display = ("label_shown", "name_shown", "assembly_seat", "sector", "electors_total")
    list_display_links = ("label_shown", "name_shown")
    list_select_related = ("assembly_seat", "sector")
    label_select_related = ("assembly_seat",)
    list_filter = (("assembly_seat", SeatsOfBooths), ("district", InScope), InSector, OnTheList)
    search_fields = ("name_hi", "name_en", "building", "locality")
    search_help_text = gettext_lazy("Number, name, building or place")
    autocomplete_fields = ("sector",)
    actions = ("put_in_sector",)
    fieldsets = (
        (None, {"fields": (("assembly_seat", "label"), ("name_hi", "name_en"))}),
        (None, {"fields": ("building", "locality", ("sector", "district"))}),
        (
            gettext_lazy("Electors"),
            {
                "fields": (
                    ("electors_male", "electors_female"),
                    ("electors_third", "electors_total"),
                )
            },
        ),
        (gettext_lazy("On the spot"), {"fields": (("latitude", "longitude"), "flags")}),
        (gettext_lazy("On the list"), {"fields": (("listed_on", "retired_on"),)}),
    )

    def rows(self, request, act):
        return places_served(request.user, act, today(request))

    def label(self, booth):
        return f"{booth.assembly_seat.number} / {booth.label} {booth.name}".strip()

    def get_fieldsets(self, request, obj=None):
        """Whoever may only look sees number and flags as they are spoken of."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        shown = {"label": "label_shown", "flags": "flags_shown"}
        return [
            (title, given | {"fields": _renamed(given["fields"], shown)})
            for title, given in fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        # A booth never changes its seat: it is retired and a new one listed.
        return ("assembly_seat", "label_shown", "flags_shown") if obj else ()

    def get_changeform_initial_data(self, request):
        return {"listed_on": today(request)} | super().get_changeform_initial_data(request)

    def get_search_results(self, request, queryset, search_term):
        """A booth number finds the booths of that number, anything else the names."""
        *seat, last = search_term.rsplit("/", 1) if "/" in search_term else [search_term]
        number = numbers.parse(last.strip()) if last.strip() else None
        if not isinstance(number, numbers.Number):
            return super().get_search_results(request, queryset, search_term)
        queryset, doubled = super().get_search_results(request, queryset, "")
        found = {"number": number.number} | ({"suffix": number.suffix} if number.suffix else {})
        if seat and seat[0].strip().isdecimal() and len(seat[0]) <= LONGEST_NUMBER:
            found["assembly_seat__number"] = int(seat[0])
        return queryset.filter(**found), doubled

    def save_model(self, request, obj, form, change):
        if change:
            with bookkeeping.keeping_day_book([obj.pk]):
                super().save_model(request, obj, form, change)
            return
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            bookkeeping.record(Counter(), bookkeeping.listing_changes([obj]))

    @admin.display(description=gettext_lazy("flags"))
    def flags_shown(self, booth):
        labels = dict(Booth.Flag.choices)
        return (
            ", ".join(str(labels.get(name, name)) for name, on in booth.flags.items() if on) or "-"
        )

    # Columns

    @admin.display(description=gettext_lazy("number"), ordering="number")
    def label_shown(self, booth):
        return booth.label

    @admin.display(description=gettext_lazy("name"))
    def name_shown(self, booth):
        return booth.name or "-"

    def get_list_display(self, request):
        """A column of links for those who may appoint somewhere."""
        user, on = request.user, today(request)

        @admin.display(description=_("agent"))
        def add_agent(booth):
            allowed = booth.retired_on is None and may(user, Act.APPOINT, booth, on=on)
            return _add_agent(booth) if allowed else "-"

        shown = super().get_list_display(request)
        return (*shown, add_agent) if may(user, Act.APPOINT, on=on) else shown

    # Actions

    def has_draw_permission(self, request):
        return may(request.user, Act.EDIT_TEAMS, on=today(request))

    @admin.action(description=gettext_lazy("Put into a sector"), permissions=["draw"])
    def put_in_sector(self, request, queryset):
        booths = queryset.filter(self.rows(request, Act.EDIT_TEAMS)).select_related(None)
        seats = set(booths.order_by().values_list("assembly_seat", flat=True))
        if len(seats) != 1:
            messages.error(request, _("Choose booths of one assembly seat of your area."))
            return None
        sectors = Sector.objects.filter(assembly_seat__in=seats)
        form = SectorChoice(request.POST if "confirm" in request.POST else None, sectors=sectors)
        if form.is_valid():
            done = put_in_sector(booths, form.cleaned_data["sector"])
            said = ngettext(
                "%(count)s booth is now in sector %(sector)s.",
                "%(count)s booths are now in sector %(sector)s.",
                done,
            )
            messages.success(
                request, said % {"count": done, "sector": form.cleaned_data["sector"].name}
            )
            return None
        return doing_page(
            self, request, form, title=_("Put into a sector"), action="put_in_sector", rows=queryset
        )
