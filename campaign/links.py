"""The addresses of places, short enough to be read over a telephone."""

from django.conf import settings
from django.urls import reverse

from booths.models import Block, Sector
from zones.models import AssemblySeat, District, LokSabhaSeat, Named, State, Zone


def path_of(place: Named) -> str:
    """What follows the address of the state: seat/33/, district/raipur/."""
    match place:
        case AssemblySeat():
            return f"seat/{place.number}/"
        case LokSabhaSeat():
            return f"ls/{place.number}/"
        case Zone():
            return f"zone/{place.number}/"
        case District():
            return f"district/{place.slug}/"
        case State():
            return ""
    raise TypeError(f"{place!r} has no page")


def meeting_path(meeting) -> str:
    """What follows the address of the state: reviews/3/, meetings/president/1/."""
    if meeting.kind == "review":
        return f"reviews/{meeting.number}/"
    return f"meetings/{meeting.kind}/{meeting.number}/"


def team_path(team: Zone | Block | Sector) -> str:
    """Of the page of a team: zone/1/team/, seat/33/sector/7/team/."""
    if isinstance(team, Zone):
        return f"zone/{team.number}/team/"
    return f"seat/{team.assembly_seat.number}/{team._meta.model_name}/{team.pk}/team/"


def state_of(place: Named) -> State:
    match place:
        case State():
            return place
        case Zone():
            return place.scheme.state
    return place.state


def address_of(place: Named) -> str:
    return f"/{state_of(place).slug}/{path_of(place)}"


def home_of(place: Named) -> str:
    return f"/{state_of(place).slug}/"


def accent_address() -> str:
    """The style sheet of the accent colour; another colour has another address."""
    return f"{reverse('theme')}?{settings.ACCENT_COLOUR.strip('#')}"
