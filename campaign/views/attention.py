"""The attention page of a state, or of a zone or a seat in it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from campaign import attention, frames
from campaign.frames import Territory
from campaign.views.visits import NotHere, Visit, in_state
from zones import scope
from zones.models import AssemblySeat
from zones.scope import Act


@require_safe
@in_state
def attention_page(visit: Visit) -> HttpResponse:
    frame = visit.frame
    seen = frames.seats_shown(visit.user, frame.state, today=visit.today)
    if not seen:
        raise NotHere
    whole = frames.territory(frame.state, frame.on)
    land, seats, place = _narrowed(visit, whole, seen)
    return visit.page(
        "attention.html",
        found=attention.needed(frame, visit.user, visit.today, seats, land),
        zones=whole.zones if visit.sees(frame.state) else [],  # to choose from
        place=place,
        moves_agents=scope.may(visit.user, Act.MOVE, on=visit.today),
        zone_query=visit.with_query("zone", "seat"),
        crumbs=visit.crumbs(place, up_to_here=False),
    )


def _narrowed(visit: Visit, land: Territory, seen: list[AssemblySeat]):
    """What the address asks for: a zone or a seat, of those that are seen."""
    zone, seat = _number(visit, "zone"), _number(visit, "seat")
    if seat is not None:
        seats = [each for each in seen if each.number == seat]
        if not seats:
            raise NotHere
        return land.narrowed(), seats, seats[0]
    if zone is not None:
        found = land.zone(zone)
        visit.must_see(found)
        seats = [each for each in seen if land.zone_of_seat(each) is found]
        return land.narrowed(found), seats, found
    if visit.sees(visit.frame.state):
        return land, seen, None
    return land.narrowed(), seen, None


def _number(visit: Visit, name: str) -> int | None:
    text = visit.query.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise NotHere
    return int(text)
