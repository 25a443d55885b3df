"""Gathers the numbers of a page of one place on one day. No HTTP.

`today` is the day of asking, which decides what the user may see; `frame.on` the day shown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import itemgetter

from django.db.models import Q
from django.utils.translation import gettext as _

from booths.tallies import Teams
from campaign import charts, measures
from campaign.curves import Curves, curves
from campaign.frames import Frame, Territory, seats_shown, territory
from campaign.holding_back import holding_back
from campaign.measures import LEVELS, Counted, Measured, Part
from campaign.progress import Standing
from zones import scope
from zones.models import (
    AssemblySeat,
    District,
    LokSabhaSeat,
    Named,
    Posting,
    State,
    Zone,
)


@dataclass
class InCharges:
    role: str
    names: list[str]


@dataclass
class ZoneCard:
    part: Part
    seats: int
    lok_sabha_names: list[str]
    in_charges: list[str]
    chart: charts.Lines | None = None
    is_own: bool = False  # the reader is posted there


@dataclass
class Dashboard:
    """The page of a place. Without a directive on agents it only names the places."""

    frame: Frame
    place: Named
    land: Territory
    whole: Part | None = None
    seats: list[Part] = field(default_factory=list)
    lok_sabha_seats: list[Part] = field(default_factory=list)
    zones: list[ZoneCard] = field(default_factory=list)
    others: list[Measured] = field(default_factory=list)
    teams: dict[str, dict[int, Teams]] | None = None  # of every level, where they were counted
    in_charges: list[InCharges] = field(default_factory=list)
    curves: Curves | None = None
    district: District | None = None  # in which alone booths are counted

    @cached_property
    def chart(self) -> charts.BurnUp | None:
        return self.curves.burn_up() if self.curves else None

    @cached_property
    def holding_back(self) -> list[Part]:
        """Seats; of a seat there is nothing to say."""
        return holding_back(self.seats)

    def spark(self, place: Named | None) -> str:
        """The last days of a seat or Lok Sabha seat of the page, or of them all."""
        if self.curves is None:
            return ""
        match place:
            case AssemblySeat():
                return self.curves.spark([place.pk])
            case LokSabhaSeat():
                its = [seat.pk for seat in self.land.seats if seat.lok_sabha_seat_id == place.pk]
                return self.curves.spark(its)
        return self.curves.spark(self.curves.growths)

    @cached_property
    def grown_since_review(self) -> int | None:
        """By how many booths the covered ones grew since the last review; None where its numbers
        are not those of all seats shown."""
        then = [getattr(seat, "done_then", None) for seat in self.land.seats]
        if self.district or self.whole is None or not then or None in then:
            return None
        return self.whole.progress.done - sum(then)

    @property
    def in_charges_expected(self) -> int | None:
        """How many state in-charges there should be, where their number is another."""
        campaign, of_state = self.frame.campaign, isinstance(self.place, State)
        if not (campaign and of_state and self.in_charges):
            return None
        expected = campaign.state_in_charges
        return expected if len(self.in_charges[0].names) != expected else None

    @property
    def zones_behind(self) -> list[Zone]:
        """Those that do not grow first, then the latest."""
        behind = [card.part for card in self.zones if card.part.place and card.part.is_behind]
        return [part.place for part in sorted(behind, key=_ends_on, reverse=True)]


def _ends_on(part: Part) -> date | None:
    """When the work ends at this pace, for sorting: never is the last day, done the first."""
    match part.progress.standing:
        case Standing.DONE:
            return date.min
        case Standing.STUCK | Standing.OVERDUE | Standing.LATE | Standing.ON_TRACK:
            return part.progress.forecast_on or date.max
    return None


def of_state(frame: Frame, user, today: date) -> Dashboard:
    land = territory(frame.state, frame.on)
    land.seats = seats_shown(user, frame.state, today=today, since=frame)
    page, counted = _begin(frame, frame.state, land, zones=land.zones, levels=LEVELS.values())
    page.in_charges, of_zones = _in_charges(frame.state, frame.on, land.zones)
    if counted:
        page.seats = counted.by_seat(land.seats)
        page.lok_sabha_seats = counted.by_lok_sabha_seat(land)
        page.zones = [_card(page, part, of_zones) for part in counted.by_zone(land)]
        _put_first(page, _own_zones(user, today))
        page.others = measures.others(counted)
    return page


def _own_zones(user, today: date) -> set[int]:
    postings = scope.current_postings(user, today)
    return {posting.zone_id for posting in postings if posting.zone_id}


def _put_first(page: Dashboard, own: set[int]) -> None:
    """The zones that the reader monitors stand before the others."""
    for card in page.zones:
        card.is_own = bool(card.part.place) and card.part.place.pk in own
    page.zones.sort(key=lambda card: not card.is_own)


def of_zone(frame: Frame, user, today: date, zone: Zone, land: Territory) -> Dashboard:
    its = land.lok_sabha_ids(zone)
    land = land.narrowed(zone)
    land.seats = seats_shown(user, frame.state, today=today, since=frame, lok_sabha_seat__in=its)
    page, counted = _begin(frame, zone, land, zones=[zone], levels=LEVELS.values())
    page.in_charges, _of_zones = _in_charges(zone, frame.on)
    if counted:
        page.seats = counted.by_seat(land.seats)
        page.lok_sabha_seats = counted.by_lok_sabha_seat(land)
        page.others, page.teams = measures.others(counted), counted.teams
    return page


def of_lok_sabha_seat(frame: Frame, user, today: date, place: LokSabhaSeat) -> Dashboard:
    land = territory(frame.state, frame.on)
    land.seats = seats_shown(user, frame.state, today=today, since=frame, lok_sabha_seat=place)
    page, counted = _begin(frame, place, land)
    page.in_charges, _of_zones = _in_charges(place, frame.on)
    if counted:
        page.seats = counted.by_seat(land.seats)
        page.others = measures.others(counted)
    return page


def of_seat(frame: Frame, place: AssemblySeat) -> Dashboard:
    land = territory(frame.state, frame.on)
    land.seats = [place]
    page, counted = _begin(frame, place, land)
    page.in_charges, _of_zones = _in_charges(place, frame.on)
    if counted:
        page.others = measures.others(counted)
    return page


def of_district(frame: Frame, user, today: date, place: District) -> Dashboard:
    """Only the booths in the district count; teams go with the main district of their seat."""
    land = territory(frame.state, frame.on)
    land.seats = seats_shown(user, frame.state, today=today)
    page, counted = _begin(frame, place, land, district=place)
    page.in_charges, _of_zones = _in_charges(place, frame.on)
    if counted:
        page.seats = counted.by_seat_of(place, land.seats)
        page.others = measures.others(counted)
    return page


def of_districts(frame: Frame, user, today: date) -> tuple[Part | None, list[Part]]:
    """The whole state and each of its districts."""
    seats = seats_shown(user, frame.state, today=today)
    if not frame.main:
        return None, []
    counted = measures.count(frame, seats, booths_only=True)
    return counted.whole(frame.state), counted.by_district(frame.state.districts.all())


def _begin(
    frame: Frame, place: Named, land: Territory, district: District | None = None, **teams
) -> tuple[Dashboard, Counted | None]:
    """`teams`: the zones and levels whose teams are counted too, as for measures.count()."""
    page = Dashboard(frame, place, land, district=district)
    if not frame.main:
        return page, None
    counted = measures.count(frame, land.seats, district, **teams)
    page.whole, page.teams = counted.whole(place), counted.teams
    page.curves = curves(frame, page.whole, land.seats, district)
    return page, counted


def _card(page: Dashboard, part: Part, in_charges: dict[int, list[str]]) -> ZoneCard:
    zone, land = part.place, page.land
    seats = [seat for seat in land.seats if land.zone_of_seat(seat) is zone]
    ids = {seat.lok_sabha_seat_id for seat in seats}
    names = [place.name for place in land.lok_sabha_seats if place.pk in ids]
    chart = page.curves.small(part, [seat.pk for seat in seats]) if page.curves else None
    return ZoneCard(part, len(seats), names, in_charges.get(zone.pk, []) if zone else [], chart)


# Who is in charge

IN_CHARGE_OF = {
    State: ("state", ["state_in_charge"]),
    Zone: ("zone", ["zone_in_charge", "state_in_charge"]),
    LokSabhaSeat: ("lok_sabha_seat", ["lok_sabha_in_charge"]),
    AssemblySeat: ("assembly_seat", ["seat_in_charge"]),
    District: ("district", ["district_staff"]),
}


def _in_charges(
    place: Named, on: date, zones: Iterable[Zone] = ()
) -> tuple[list[InCharges], dict[int, list[str]]]:
    """Who is in charge of the place, by role, and of each of the zones, in one query."""
    area, roles = IN_CHARGE_OF[type(place)]
    here = Q(**{area: place.pk}, role__in=roles)
    if zones:
        here |= Q(zone__in=[zone.pk for zone in zones], role__in=IN_CHARGE_OF[Zone][1])
    names: dict[str, list[str]] = {role: [] for role in roles}
    of_zones: dict[int, list[str]] = defaultdict(list)
    postings = Posting.objects.current(on).filter(here).select_related("user")
    for posting in postings.order_by("user__first_name", "user__last_name", "user"):
        if getattr(posting, f"{area}_id") == place.pk:
            names[posting.role].append(posting.user.name)
        else:
            of_zones[posting.zone_id].append(posting.user.name)
    return [InCharges(_role(role, place), found) for role, found in names.items()], of_zones


def _role(role: str, place: Named) -> str:
    if role == "state_in_charge" and isinstance(place, Zone):
        return _("State in-charges of this zone")
    return Posting.Role(role).label


# The order of a table


def natural(name: str) -> list:
    """Sector 2 before sector 12."""
    words = name.split()
    return [(0, int(word), "") if word.isdecimal() else (1, 0, word) for word in words]


SORTS = {
    "name": lambda part: (
        part.place and (getattr(part.place, "number", 0), natural(part.place.name))
    ),
    "percent": lambda part: part.progress.percent,
    "done": lambda part: part.progress.done,
    "remaining": lambda part: part.progress.remaining,
    "needed": lambda part: part.needed_per_day,
    "pace": lambda part: part.progress.pace,
    "ends": _ends_on,
    "verified": lambda part: part.verified_percent,
}


def in_order(parts: list[Part], sort: str) -> list[Part]:
    """By a key of SORTS, with "-" before it the greatest first; parts that have none go last."""
    keyed = [(SORTS[sort.removeprefix("-")](part), part) for part in parts]
    known = [each for each in keyed if each[0] is not None]
    known.sort(key=itemgetter(0), reverse=sort.startswith("-"))
    return [part for _key, part in known] + [part for key, part in keyed if key is None]
