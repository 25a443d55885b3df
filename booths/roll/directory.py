"""Loads what the pure steps must know of a state: its seats, districts and sectors."""

from booths.models import Sector
from booths.roll.seats import Directory, Seat
from zones.models import AssemblySeat, District, State


def directory_of(state: State) -> Directory:
    """In three queries."""
    seats = [
        Seat(seat.pk, seat.number, _names(seat, seat.aliases), seat.district_id)
        for seat in AssemblySeat.objects.filter(state=state)
    ]
    districts = [
        (district.pk, _names(district, district.aliases))
        for district in District.objects.filter(state=state)
    ]
    sectors = [
        (sector.pk, sector.assembly_seat_id, _names(sector))
        for sector in Sector.objects.filter(assembly_seat__state=state)
    ]
    return Directory(state.pk, state.code, state.name, seats, districts, sectors)


def _names(place: AssemblySeat | District | Sector, aliases: list[str] | None = None) -> tuple:
    """The name in the reader's language first, for messages."""
    return (place.name, place.name_hi, place.name_en, *(aliases or ()))
