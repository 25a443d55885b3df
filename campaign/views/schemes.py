"""The office's pages of zone schemes: which there were, a new one, and putting one in force."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaign import redrawing, scheme_pages, wording
from campaign.people_forms import refuse
from campaign.scheme_forms import InForceForm, first_drawing, next_drawing
from campaign.views.visits import NotHere, Visit, form_page, in_state
from zones import schemes
from zones.models import Look, SchemeTerm, ZoneScheme
from zones.scope import Act
from zones.trail import keeping, looks


def of_territory(view: Callable) -> Callable:
    """Gives the view a Visit of somebody who cuts the state into zones."""

    @wraps(view)
    @never_cache
    @in_state
    def opened(visit: Visit, **kwargs) -> HttpResponse:
        visit.must_see(visit.frame.state)
        if not visit.may(Act.MANAGE_TERRITORY, visit.frame.state):
            raise PermissionDenied
        with keeping.acting(why=visit.request.POST.get("why", "").strip()):
            return view(visit, **kwargs)

    return opened


def _now(visit: Visit) -> dict:
    return {"by": visit.user, "on": visit.today}


def _before(visit: Visit) -> SchemeTerm | None:
    """The latest term, which another scheme would follow."""
    return schemes.terms(visit.frame.state).first()


def _scheme(visit: Visit, pk: int) -> ZoneScheme:
    known = ZoneScheme.objects.filter(state=visit.frame.state, pk=pk).select_related("state")
    scheme = schemes.with_zones(known).first()
    if scheme is None:
        raise NotHere
    return scheme


def _page(visit: Visit, template: str, **context) -> HttpResponse:
    return visit.page(f"schemes/{template}", crumbs=visit.crumbs(up_to_here=False), **context)


@require_safe
@of_territory
def schemes_page(visit: Visit) -> HttpResponse:
    rows = scheme_pages.scheme_list(visit.frame.state, visit.today)
    held = scheme_pages.held_terms(visit.frame.state)
    return _page(visit, "list.html", rows=rows, first=held[-1].term if held else None)


@form_page
@of_territory
def new_scheme(visit: Visit) -> HttpResponse:
    state = visit.frame.state
    if visit.request.method != "POST":
        before = _before(visit)
        form = first_drawing(state, before and _scheme(visit, before.scheme_id))
        return _page(visit, "new.html", form=form)
    form = next_drawing(state, visit.request.POST)
    if form.is_valid():
        try:
            scheme = schemes.draw(state, **form.drawn, **_now(visit))
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(
                visit.request, _("The scheme is drawn. It changes nothing until it is in force.")
            )
            return redirect("scheme", state.slug, scheme.pk)
    return _page(visit, "new.html", form=form)


@form_page
@of_territory
def scheme_page(visit: Visit, pk: int) -> HttpResponse:
    scheme, before = _scheme(visit, pk), _before(visit)
    if before:
        before.scheme = _scheme(visit, before.scheme_id)
    follows = scheme.zones.all() and not (before and before.scheme == scheme)
    form = None
    if follows:
        form = InForceForm(visit.request.POST or None, scheme=scheme, before=before, on=visit.today)
        if form.is_valid() and (answer := _put_in_force(visit, scheme, form)):
            return answer
    shown = [before.scheme, scheme] if before and follows else [scheme]
    return _page(
        visit,
        "scheme.html",
        scheme=scheme,
        before=before,
        form=form,
        cuts=scheme_pages.cuts(visit.frame, visit.user, visit.today, shown),
        held=[
            each
            for each in scheme_pages.held_terms(visit.frame.state)
            if each.term.scheme_id == scheme.pk
        ],
        rows=_rows(visit, form) if form else [],
    )


def _put_in_force(visit: Visit, scheme: ZoneScheme, form: InForceForm) -> HttpResponse | None:
    try:
        term = redrawing.put_in_force(scheme, **form.chosen, **_now(visit))
    except ValidationError as error:
        refuse(form, error)
        return None
    said = _("“%(scheme)s” is in force from %(day)s. Postings and teams follow it.")
    day = wording.day_and_year(term.from_on)
    messages.success(visit.request, said % {"scheme": scheme.name, "day": day})
    return redirect("schemes", visit.frame.state.slug)


def _rows(visit: Visit, form: InForceForm) -> list[tuple]:
    """Each zone of the scheme before, its fields, and who serves it now."""
    serving = scheme_pages.who_serves(form.old, visit.today)
    users = {posting.user_id for postings, _team in serving.values() for posting in postings}
    members = {member.pk for _postings, team in serving.values() for member in team}
    looks.keep(visit.request, Look.What.LIST, users=users, members=members)
    return [(zone, fields, *serving[zone.pk]) for zone, fields in form.rows]
