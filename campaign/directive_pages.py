"""How far each place is with one directive, and the percents kept by hand. No HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from campaign import measures, snapshots
from campaign.frames import Frame, Territory, seats_shown, territory
from campaign.measures import Measured
from campaign.models import Directive, DirectiveReading
from campaign.progress import Progress
from campaign.reviews import Comparison, Moment
from zones.models import AssemblySeat, User
from zones.scope import Act, may


@dataclass
class DirectivePage:
    directive: Directive
    compared: Comparison  # with nothing before it
    progress: Progress
    readings: dict[int, DirectiveReading]  # the latest, by seat

    @property
    def entered(self) -> list[tuple[AssemblySeat, DirectiveReading]]:
        seats = self.compared.land.seats
        return [(seat, self.readings[seat.pk]) for seat in seats if seat.pk in self.readings]


def directive_page(frame: Frame, directive: Directive, user, today: date) -> DirectivePage:
    land = _land(frame, user, today)
    now = Moment(frame.on, snapshots.cells(frame, [directive], land))
    measured = measures.every(frame, land.seats, land.zones)
    return DirectivePage(
        directive,
        Comparison(frame, directive, land, now, None, None),
        next(each.progress for each in measured if each.directive == directive),
        latest_readings(directive, land.seats, frame.on),
    )


def all_directives(frame: Frame, user, today: date) -> list[Measured]:
    land = _land(frame, user, today)
    return measures.every(frame, land.seats, land.zones)


def _land(frame: Frame, user, today: date) -> Territory:
    land = territory(frame.state, frame.on)
    land.seats = seats_shown(user, frame.state, today=today)
    return land


def latest_readings(
    directive: Directive, seats: list[AssemblySeat], on: date
) -> dict[int, DirectiveReading]:
    rows = directive.readings.filter(assembly_seat__in=seats, on__lte=on).select_related("by")
    return {each.assembly_seat_id: each for each in rows.order_by("on")}


def seats_read(user, directive: Directive, land: Territory, on: date) -> list[AssemblySeat]:
    """The seats for which the user enters the directive."""
    return [seat for seat in land.seats if may(user, Act.ENTER_READINGS, seat, on=on)]


@transaction.atomic
def read(
    directive: Directive, percents: Mapping[AssemblySeat, int], *, day: date, by: User, on: date
) -> int:
    """Enters percents by seat as of a day; returns how many are new or other than before."""
    if directive.measure != Directive.Measure.BY_HAND:
        raise ValidationError(_("This directive is counted by itself; nothing is entered by hand."))
    if not directive.issued_on <= day <= on:
        raise ValidationError(_("Give a day from the issue of the directive to today."))
    if not all(may(by, Act.ENTER_READINGS, seat, on=on) for seat in percents):
        raise ValidationError(_("Your posting does not allow you to enter this seat."))
    known = {
        each.assembly_seat_id: each
        for each in directive.readings.select_for_update(of=("self",)).filter(
            assembly_seat__in=percents, on=day
        )
    }
    count = 0
    for seat, percent in percents.items():
        reading = known.get(seat.pk) or DirectiveReading(
            directive=directive, assembly_seat=seat, on=day
        )
        if reading.pk and reading.percent == percent:
            continue
        reading.percent, reading.by = percent, by
        reading.save()
        count += 1
    return count
