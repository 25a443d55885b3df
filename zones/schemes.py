"""How a state is cut into zones: a scheme is drawn, and from a day it is in force.

A scheme comes into force by a term, and so does an earlier one to which the state goes back. In the
same step every posting on a zone of the scheme before goes to the zone that succeeds it, or ends.
Nothing else follows a scheme by itself: what is kept of earlier days keeps its zones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from zones import staffing
from zones.models import SchemeTerm, State, User, Zone, ZoneScheme, ZoneSeat
from zones.scope import Act, may

# A wrong year in the day would keep every other scheme out of force until then.
FURTHEST_AHEAD = timedelta(days=92)
MOST_ZONES = 30


@dataclass(frozen=True)
class DrawnZone:
    number: int
    name_hi: str
    name_en: str
    lok_sabha_seats: list[int] = field(default_factory=list)  # their ids


def terms(state: State) -> QuerySet[SchemeTerm]:
    """The latest first: its scheme is the one that another would follow."""
    return SchemeTerm.objects.filter(state=state).select_related("scheme").order_by("-from_on")


def with_zones(schemes: QuerySet[ZoneScheme]) -> QuerySet[ZoneScheme]:
    seats = ZoneSeat.objects.select_related("lok_sabha_seat").order_by("lok_sabha_seat__number")
    zones = Zone.objects.order_by("number").prefetch_related(Prefetch("zone_seats", seats))
    return schemes.prefetch_related(Prefetch("zones", zones))


def likely_successors(old: Iterable[Zone], new: Iterable[Zone]) -> dict[int, Zone | None]:
    """For each of the old zones the new one that takes most of its Lok Sabha seats."""
    zone_of = {seat.lok_sabha_seat_id: zone for zone in new for seat in zone.zone_seats.all()}
    found = {}
    for zone in old:
        taken = [zone_of.get(seat.lok_sabha_seat_id) for seat in zone.zone_seats.all()]
        taken = [each for each in taken if each]
        found[zone.pk] = max(
            taken, key=lambda each: (taken.count(each), -each.number), default=None
        )
    return found


def _lock(state: State, *, by: User, on: date) -> None:
    """Held to the end of the transaction, so that of two schemes at once one comes first."""
    State.objects.select_for_update().get(pk=state.pk)
    if not may(by, Act.MANAGE_TERRITORY, state, on=on):
        raise ValidationError(_("This state is not yours to cut into zones."))


# Drawing


@transaction.atomic
def draw(
    state: State, *, name_hi: str, name_en: str, zones: Iterable[DrawnZone], by: User, on: date
) -> ZoneScheme:
    """A scheme that is not in force yet. Seats that no zone takes are in none."""
    zones = list(zones)
    _lock(state, by=by, on=on)
    _check(state, zones)
    try:
        with transaction.atomic():
            scheme = ZoneScheme.objects.create(state=state, name_hi=name_hi, name_en=name_en)
    except IntegrityError:
        raise ValidationError(
            {"name_en": _("This state already has a zone scheme of this name.")}
        ) from None
    for drawn in zones:
        zone = Zone.objects.create(
            scheme=scheme, number=drawn.number, name_hi=drawn.name_hi, name_en=drawn.name_en
        )
        for seat in drawn.lok_sabha_seats:
            ZoneSeat.objects.create(scheme=scheme, zone=zone, lok_sabha_seat_id=seat)
    return scheme


def _check(state: State, zones: list[DrawnZone]) -> None:
    if not 1 <= len(zones) <= MOST_ZONES:
        raise ValidationError(_("A scheme has one to %(most)s zones."), params={"most": MOST_ZONES})
    numbers = [zone.number for zone in zones]
    for zone in zones:
        if numbers.count(zone.number) > 1:
            raise ValidationError(
                _("Two zones have the number %(number)s."), params={"number": zone.number}
            )
        if not zone.lok_sabha_seats:
            raise ValidationError(
                _("%(zone)s has no Lok Sabha seat. Give it one, or take the zone out."),
                params={"zone": zone.name_hi},
            )
    taken = [seat for zone in zones for seat in zone.lok_sabha_seats]
    if len(taken) > len(set(taken)):
        raise ValidationError(_("A Lok Sabha seat is in one zone of a scheme."))
    if set(taken) - set(state.lok_sabha_seats.values_list("pk", flat=True)):
        raise ValidationError(_("This seat lies in another state."))


# In force


@transaction.atomic
def put_in_force(
    scheme: ZoneScheme,
    *,
    from_on: date,
    successors: Mapping[int, Zone | None],
    by: User,
    on: date,
) -> SchemeTerm:
    """From the day the state works by the scheme. `successors` names for each zone of the scheme
    before, by its id, the zone that takes on its postings; None ends them."""
    state = scheme.state
    _lock(state, by=by, on=on)
    before = terms(state).first()
    _check_day(from_on, before, on=on)
    check_successors(scheme, before.scheme if before else None, successors)
    term = SchemeTerm.objects.create(state=state, scheme=scheme, from_on=from_on)
    staffing.hand_on(successors, from_on=from_on, by=by, on=on)
    return term


def _check_day(from_on: date, before: SchemeTerm | None, *, on: date) -> None:
    if from_on < on:
        raise ValidationError({"from_on": _("This day is over. Give today or a later day.")})
    if from_on > on + FURTHEST_AHEAD:
        raise ValidationError({"from_on": _("Give a day within the next three months.")})
    if before and from_on <= before.from_on:
        raise ValidationError(
            {
                "from_on": _(
                    "“%(scheme)s” comes into force on this day or later. Give a day after it."
                )
            },
            params={"scheme": before.scheme.name},
        )


def check_successors(
    scheme: ZoneScheme, before: ZoneScheme | None, successors: Mapping[int, Zone | None]
) -> None:
    """Refuses what was chosen while another scheme was the one before."""
    if before == scheme:
        raise ValidationError(_("This scheme is in force already."))
    if not scheme.zones.exists():
        raise ValidationError(_("The zones of this scheme are not recorded."))
    old = set(before.zones.values_list("pk", flat=True)) if before else set()
    if set(successors) != old:
        raise ValidationError(
            _("Meanwhile another scheme came into force. Look at the page again and choose anew.")
        )
    if any(zone and zone.scheme_id != scheme.pk for zone in successors.values()):
        raise ValidationError(_("Choose the successors among the zones of the new scheme."))
