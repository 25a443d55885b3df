"""Sheets for paper, of whoever serves the place and may read its people; each print is recorded."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booths.models import Booth, Sector
from campaign import booth_pages, links, prints
from campaign.prints import Asked
from campaign.views.visits import NotHere, Visit, in_state
from zones.models import AssemblySeat, Look, Zone
from zones.scope import Act
from zones.trail import looks


def of_people(view: Callable) -> Callable:
    """Gives the view what is asked for of the seat in the address."""

    @wraps(view)
    def opened(visit: Visit, number: int, **kwargs) -> HttpResponse:
        asked = Asked(visit.frame, visit.seat(number), visit.user, visit.today)
        if not asked.may_print:
            raise PermissionDenied
        return view(visit, asked, **kwargs)

    return require_safe(in_state(opened))


@of_people
def rosters(visit: Visit, asked: Asked) -> HttpResponse:
    return _page(visit, "rosters.html", prints.rosters(asked), asked.seat)


@of_people
def sector_roster(visit: Visit, asked: Asked, sector: int) -> HttpResponse:
    asked.sector = _sector(asked.seat, str(sector))
    return _page(visit, "rosters.html", prints.rosters(asked), asked.seat)


@of_people
def letters(visit: Visit, asked: Asked) -> HttpResponse:
    asked.sector = _sector(asked.seat, visit.query.get("sector", ""))
    return _page(visit, "letters.html", prints.letters(asked), asked.seat)


@of_people
def bla_forms(visit: Visit, asked: Asked) -> HttpResponse:
    asked.sector = _sector(asked.seat, visit.query.get("sector", ""))
    return _page(visit, "bla_2.html", prints.bla_forms(asked), asked.seat)


@of_people
def booth_letter(visit: Visit, asked: Asked, label: str) -> HttpResponse:
    asked.booth = _booth(visit, asked, label)
    if label != asked.booth.label:
        return redirect(
            "booth_letter", visit.frame.state.slug, asked.seat.number, asked.booth.label
        )
    return _page(visit, "letters.html", prints.letters(asked), asked.seat, asked.booth)


@of_people
def booth_bla_form(visit: Visit, asked: Asked, label: str) -> HttpResponse:
    asked.booth = _booth(visit, asked, label)
    if label != asked.booth.label:
        return redirect("booth_bla_2", visit.frame.state.slug, asked.seat.number, asked.booth.label)
    return _page(visit, "bla_2.html", prints.bla_forms(asked), asked.seat, asked.booth)


@require_safe
@in_state
def zone_summary(visit: Visit, number: int) -> HttpResponse:
    zone, land = visit.zone(number)
    sheet = prints.summary(visit.frame, visit.user, visit.today, zone, land)
    return visit.page("prints/summary.html", sheet=sheet, back=_way_back(visit, zone))


def _sector(seat: AssemblySeat, text: str) -> str:
    """The sector asked for, if the seat has it."""
    if text in ("", prints.NO_SECTOR):
        return text
    is_id = text.isascii() and text.isdecimal() and len(text) < 19
    if not (is_id and Sector.objects.filter(assembly_seat=seat, pk=int(text)).exists()):
        raise NotHere(_("This seat has no such sector."))
    return text


def _booth(visit: Visit, asked: Asked, label: str) -> Booth:
    booth = booth_pages.find_booth(asked.seat, label, visit.frame.on)
    if booth is None:
        raise NotHere(_("Seat %(seat)s has no booth of this number.") % {"seat": asked.seat})
    if not visit.may(Act.SEE_PEOPLE, booth):
        raise PermissionDenied
    return booth


def _way_back(visit: Visit, place: AssemblySeat | Zone, booth: Booth | None = None) -> str:
    path = f"booth/{booth.label}/" if booth else ""
    return f"{links.address_of(place)}{path}{visit.keep}"


def _page(visit: Visit, template: str, printed, seat, booth: Booth | None = None) -> HttpResponse:
    looks.keep(visit.request, Look.What.PRINT, agents=printed.agents)
    back = _way_back(visit, seat, booth)
    return visit.page(f"prints/{template}", printed=printed, back=back, booth=booth)
