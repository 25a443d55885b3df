"""The pages of a state: each opens with a gate that gives the place or says that it is not here."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booths import finding
from booths.models import Booth
from booths.seat_list import FILTERS, ORDERS
from campaign import (
    attention,
    booth_pages,
    contacts,
    dashboards,
    frames,
    links,
    maps,
    share,
    tables,
)
from campaign.booth_pages import Choice
from campaign.views.fragments import fragment_or_page, wants_fragment
from campaign.views.visits import NotHere, Visit, in_state
from zones.models import District, LokSabhaSeat, Look, Zone
from zones.scope import Act
from zones.trail import looks


@require_safe
@in_state
def state_page(visit: Visit) -> HttpResponse:
    visit.must_see(visit.frame.state)
    page = dashboards.of_state(visit.frame, visit.user, visit.today)
    may_draw = visit.may(Act.MANAGE_TERRITORY, visit.frame.state)
    return _place_page(
        visit, page, draws_zones=may_draw, pattern="zones", stuck=_stuck(visit, page)
    )


@require_safe
@in_state
def zone_page(visit: Visit, number: int) -> HttpResponse:
    zone, land = visit.zone(number)
    page = dashboards.of_zone(visit.frame, visit.user, visit.today, zone, land)
    return _place_page(visit, page, zone, has_contacts=True, stuck=_stuck(visit, page))


def _stuck(visit: Visit, page: dashboards.Dashboard) -> attention.Attention:
    land = page.land
    return attention.needed(visit.frame, visit.user, visit.today, land.seats, land, page.teams)


@require_safe
@in_state
def contacts_page(visit: Visit, number: int) -> HttpResponse:
    zone, land = visit.zone(number)
    its = land.lok_sabha_ids(zone)
    seats = frames.seats_shown(
        visit.user, visit.frame.state, today=visit.today, lok_sabha_seat__in=its
    )
    found = contacts.zone_contacts(
        zone, seats, visit.frame.on, lambda place: visit.may(Act.SEE_PEOPLE, place)
    )
    looks.keep(visit.request, Look.What.LIST, **found.shown)
    crumbs = visit.crumbs(zone, up_to_here=False)
    return visit.page("contacts.html", zone=zone, found=found, crumbs=crumbs)


@require_safe
@in_state
def lok_sabha_page(visit: Visit, number: int) -> HttpResponse:
    seat = LokSabhaSeat.objects.filter(state=visit.frame.state, number=number).first()
    visit.must_see(seat)
    page = dashboards.of_lok_sabha_seat(visit.frame, visit.user, visit.today, seat)
    return _place_page(visit, page, page.land.zone_of.get(seat.pk), seat)


@require_safe
@in_state
def district_page(visit: Visit, slug: str) -> HttpResponse:
    district = District.objects.filter(state=visit.frame.state, slug=slug.lower()).first()
    visit.must_see(district)
    page = dashboards.of_district(visit.frame, visit.user, visit.today, district)
    return _place_page(visit, page, district, may_enter=visit.may(Act.APPOINT, district))


@require_safe
@in_state
def districts_page(visit: Visit) -> HttpResponse:
    state = visit.frame.state
    visit.must_see(state)
    whole, parts = dashboards.of_districts(visit.frame, visit.user, visit.today)
    query = visit.query
    table = whole and tables.table("districts", _("Districts"), _("District"), parts, whole, query)
    return visit.page(
        "districts.html", table=table, crumbs=visit.crumbs(up_to_here=False), pattern="districts"
    )


def _place_page(visit: Visit, page: dashboards.Dashboard, *way, **context) -> HttpResponse:
    found = tables.tables_of(page, visit.query) if page.whole else []
    team = links.team_path(page.place) if isinstance(page.place, Zone) else ""
    address = visit.request.build_absolute_uri()
    return visit.page(
        "place.html",
        whatsapp=page.whole and share.whatsapp(page, address),
        page=page,
        tables=found,
        map=maps.of_page(page, visit.query),
        crumbs=visit.crumbs(*way),
        team_path=team,
        **context,
    )


@require_safe
@in_state
def seat_page(visit: Visit, number: int) -> HttpResponse:
    """Filtered, searched or put in another order, the booth list alone is given anew."""
    seat = visit.seat(number)
    may_see = _may(visit, Act.SEE_PEOPLE)
    choice = _choice(visit.query)
    listed = booth_pages.booth_list(seat, visit.frame, choice, may_see)
    context = _listed(visit, seat, choice, listed, may_see)
    if not wants_fragment(visit.request):
        context |= _around_the_list(visit, seat, listed, may_see)
    return fragment_or_page(visit, "seat.html", "_booth_list.html", **context)


def _listed(visit: Visit, seat, choice: Choice, listed, may_see) -> dict:
    paged = Paginator(listed.found, booth_pages.PER_PAGE).get_page(visit.query.get("page"))
    rows = booth_pages.rows(paged.object_list, may_see, _may(visit, Act.LIST_CONTACTS))
    looks.keep(visit.request, Look.What.LIST, agents=booth_pages.named(rows))
    return {
        "seat": seat,
        "listed": listed,
        "choice": choice,
        "paged": paged,
        "rows": rows,
        "orders": booth_pages.ORDER_LABELS,
        "filter_query": visit.with_query("show", "page"),
        "order_query": visit.with_query("order", "page"),
        "page_query": visit.with_query("page"),
        "kept_besides_search": visit.kept("campaign", "on", "show", "sector", "order"),
    }


def _around_the_list(visit: Visit, seat, listed, may_see) -> dict:
    page = dashboards.of_seat(visit.frame, seat)
    may_appoint = _may(visit, Act.APPOINT)
    units = page.whole and tables.units_of_seat(
        listed.blocks, listed.sectors, page.whole, visit.query
    )
    return {
        "map": maps.of_page(page, visit.query),
        "page": page,
        "crumbs": visit.crumbs(page.land.zone_of_seat(seat), seat.lok_sabha_seat, seat),
        "sees_district": visit.sees(seat.district),
        "units": units,
        "sector_query": visit.with_query("sector", "show", "q", "page"),
        "may_add": any(may_appoint(each.booth) for each in listed.booths),
        "may_print": any(may_see(each.booth) for each in listed.booths),
    }


@require_safe
@in_state
def booth_page(visit: Visit, number: int, label: str) -> HttpResponse:
    seat = visit.seat(number)
    booth = booth_pages.find_booth(seat, label, visit.frame.on)
    if booth is None:
        raise NotHere(_("Seat %(seat)s has no booth of this number.") % {"seat": seat})
    if label != booth.label:
        return redirect(f"{links.address_of(seat)}booth/{booth.label}/{visit.keep}")
    page = booth_pages.booth_page(booth, visit.frame.on)
    sees_people = visit.may(Act.SEE_PEOPLE, booth)
    if sees_people:
        _keep_look(visit, page)
    return visit.page(
        "booth.html",
        seat=seat,
        page=page,
        crumbs=visit.way_to(seat),
        sees_people=sees_people,
        may_add=visit.may(Act.APPOINT, booth),
    )


def _keep_look(visit: Visit, page: booth_pages.BoothPage) -> None:
    """Who stands here today is the daily work of whoever calls here; all else is looking up."""
    is_daily = visit.frame.on == visit.today and visit.may(Act.LIST_CONTACTS, page.booth)
    is_history = page.past or visit.frame.on != visit.today
    shown = page.past if is_daily else page.past + page.standing
    what = Look.What.HISTORY if is_history else Look.What.LIST
    looks.keep(visit.request, what, agents={each.appointment.agent_id for each in shown})


def _may(visit: Visit, act: Act) -> Callable[[Booth], bool]:
    """Whether the act is allowed at a booth of a seat; asked once for each of its districts."""
    known: dict[int | None, bool] = {}

    def may(booth: Booth) -> bool:
        if booth.district_id not in known:
            known[booth.district_id] = visit.may(act, booth)
        return known[booth.district_id]

    return may


def _choice(query: QueryDict) -> Choice:
    show, order = query.get("show", ""), query.get("order", "")
    return Choice(
        show if show in FILTERS else "all",
        finding.tidied(query.get("q", "")),
        query.get("sector", "")[:20],
        order if order in ORDERS else "number",
    )
