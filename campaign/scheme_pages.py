"""Gathers the zone schemes of a state, and the numbers of a day under each of them. No HTTP."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from booths.models import TeamMember
from campaign import measures
from campaign.frames import Frame, Territory, seats_shown, territory_by
from campaign.measures import Part
from zones import schemes
from zones.models import LokSabhaSeat, Posting, SchemeTerm, State, Zone, ZoneScheme


@dataclass
class Held:
    """A term with the day on which the next one begins."""

    term: SchemeTerm
    until: date | None


@dataclass
class Listed:
    scheme: ZoneScheme
    held: list[Held]
    in_force: bool
    outside: list[LokSabhaSeat]  # in no zone


def held_terms(state: State) -> list[Held]:
    """The latest first."""
    found, until = [], None
    for term in schemes.terms(state):
        found.append(Held(term, until))
        until = term.from_on
    return found


def scheme_list(state: State, on: date) -> list[Listed]:
    """That of the latest term first, those never in force on top; four queries."""
    held = held_terms(state)
    now = next((each.term.scheme_id for each in held if each.term.from_on <= on), None)
    seats = list(state.lok_sabha_seats.order_by("number"))
    rows = [
        Listed(
            scheme,
            [each for each in held if each.term.scheme_id == scheme.pk],
            scheme.pk == now,
            _outside(scheme, seats),
        )
        for scheme in schemes.with_zones(ZoneScheme.objects.filter(state=state))
    ]
    order = [each.term.scheme_id for each in held]
    return sorted(rows, key=lambda row: order.index(row.scheme.pk) if row.held else -1)


def _outside(scheme: ZoneScheme, seats: list[LokSabhaSeat]) -> list[LokSabhaSeat]:
    taken = {
        seat.lok_sabha_seat_id for zone in scheme.zones.all() for seat in zone.zone_seats.all()
    }
    return [seat for seat in seats if seat.pk not in taken]


@dataclass
class ZoneNumbers:
    part: Part
    lok_sabha_names: list[str]


@dataclass
class Cut:
    """The state under a scheme on a day; without a directive on agents only the places."""

    scheme: ZoneScheme
    zones: list[ZoneNumbers] = field(default_factory=list)
    whole: Part | None = None


def cuts(frame: Frame, user, today: date, found: list[ZoneScheme]) -> list[Cut]:
    """The same day under each of the schemes, counted once."""
    seats = seats_shown(user, frame.state, today=today)
    counted = measures.count(frame, seats) if frame.main else None
    return [_cut(scheme, frame, seats, counted) for scheme in found]


def _cut(scheme: ZoneScheme, frame: Frame, seats, counted: measures.Counted | None) -> Cut:
    land = territory_by(scheme)
    land.seats = seats
    if counted is None:
        return Cut(scheme)
    zones = [ZoneNumbers(part, _names(land, part.place)) for part in counted.by_zone(land)]
    return Cut(scheme, zones, counted.whole(frame.state))


def _names(land: Territory, zone: Zone | None) -> list[str]:
    return [
        seat.name
        for seat in land.lok_sabha_seats
        if getattr(land.zone_of.get(seat.pk), "pk", None) == (zone and zone.pk)
    ]


def who_serves(zones: list[Zone], on: date) -> dict[int, tuple[list[Posting], list[TeamMember]]]:
    """Who is posted on each of the zones, and who is in its team, on the day or later."""
    found: dict[int, tuple] = {zone.pk: ([], []) for zone in zones}
    serving = Q(until=None) | Q(until__gt=on) & Q(until__gt=F("since"))  # or never at all
    postings = Posting.objects.filter(serving, zone__in=zones)
    for posting in postings.select_related("user").order_by("role", "user__first_name", "pk"):
        found[posting.zone_id][0].append(posting)
    members = TeamMember.objects.filter(serving, zone__in=zones)
    for member in members.select_related("post").order_by("post__order", "name"):
        found[member.zone_id][1].append(member)
    return found
