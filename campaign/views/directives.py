"""The pages of directives: all that run, one on every level, and what is entered by hand."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaign import directive_pages, wording
from campaign.day_fields import day_field
from campaign.directive_pages import DirectivePage
from campaign.measures import Measure
from campaign.models import Directive
from campaign.people_forms import refuse
from campaign.views.visits import NotHere, Visit, in_state
from zones.scope import Act


@require_safe
@in_state
def directives_page(visit: Visit) -> HttpResponse:
    visit.must_see(visit.frame.state)
    return visit.page(
        "directives.html",
        measured=directive_pages.all_directives(visit.frame, visit.user, visit.today),
        may_manage=visit.may(Act.MANAGE_CAMPAIGNS, visit.frame.state),
        crumbs=visit.crumbs(up_to_here=False),
    )


@require_safe
@in_state
def directive_page(visit: Visit, number: int) -> HttpResponse:
    page = _page(visit, number)
    seats = directive_pages.seats_read(visit.user, page.directive, page.compared.land, visit.today)
    return visit.page(
        "directive.html",
        page=page,
        directive=page.directive,
        compared=page.compared,
        is_by_hand=page.directive.measure == Measure.BY_HAND,
        may_enter=page.directive.measure == Measure.BY_HAND and bool(seats),
        may_manage=visit.may(Act.MANAGE_CAMPAIGNS, visit.frame.state),
        crumbs=visit.crumbs(up_to_here=False),
    )


def _page(visit: Visit, number: int) -> DirectivePage:
    """Also for who sees a part of the state: the numbers are then of that part."""
    directive = _directive(visit, number)
    page = directive_pages.directive_page(visit.frame, directive, visit.user, visit.today)
    if not page.compared.land.seats:
        raise NotHere
    return page


def _directive(visit: Visit, number: int) -> Directive:
    found = [each for each in visit.frame.directives if each.number == number]
    if not found:
        raise NotHere
    return found[0]


class ReadingsForm(forms.Form):
    day = day_field(gettext_lazy("As of"))

    def __init__(self, *args, seats, readings, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.seats = {f"seat-{seat.number}": seat for seat in seats}
        for name, seat in self.seats.items():
            self.fields[name] = forms.IntegerField(
                label=str(seat), min_value=0, max_value=100, required=False
            )
            if last := readings.get(seat.pk):
                self.fields[name].widget.attrs["placeholder"] = wording.percent(last.percent)

    def percents(self) -> dict:
        said = self.cleaned_data
        return {seat: said[name] for name, seat in self.seats.items() if said[name] is not None}


@require_http_methods(["GET", "HEAD", "POST"])
@in_state
def readings(visit: Visit, number: int) -> HttpResponse:
    page = _page(visit, number)
    seats = directive_pages.seats_read(visit.user, page.directive, page.compared.land, visit.today)
    if page.directive.measure != Measure.BY_HAND:
        raise NotHere
    if not seats:
        raise PermissionDenied
    form = ReadingsForm(
        visit.request.POST or None,
        seats=seats,
        readings=page.readings,
        initial={"day": visit.today},
    )
    if form.is_valid():
        try:
            directive_pages.read(
                page.directive,
                form.percents(),
                day=form.cleaned_data["day"],
                by=visit.user,
                on=visit.today,
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(visit.request, _("Saved."))
            return redirect(f"/{visit.frame.state.slug}/directive/{number}/{visit.keep}")
    return visit.page(
        "readings.html",
        form=form,
        directive=page.directive,
        crumbs=visit.crumbs(up_to_here=False),
    )
