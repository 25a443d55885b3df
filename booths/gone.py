"""The queue of agents whose booth is gone: where each may go, by what the booths are called.

The proposal is worked out when it is shown, from the list as it stands then; nothing of it is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from booths import tallies
from booths.models import Appointment, Booth
from booths.roll.likeness import Place
from booths.roll.siblings import Standing


@dataclass(frozen=True)
class Waiting:
    """An agent standing at a retired booth. `heir` is the booth of the list that seems to have its
    voters now; it may have all the agents that it needs."""

    appointment: Appointment
    heir: Booth | None
    is_full: bool


def at_retired_booths(on: date) -> QuerySet[Appointment]:
    standing = Appointment.objects.standing().filter(booth__retired_on__lte=on)
    return standing.select_related("agent", "booth__assembly_seat").order_by(
        "booth__assembly_seat__number", "booth__number", "booth__suffix", "kind", "pk"
    )


def waiting(appointments: Iterable[Appointment], served: QuerySet[Booth]) -> list[Waiting]:
    """With a proposal from the `served` booths of the same seat; a constant number of queries."""
    appointments = list(appointments)
    standing = _standing(served, {each.booth.assembly_seat_id for each in appointments})
    heirs = {each.pk: _heir(each.booth, standing) for each in appointments}
    taken = _in_office({heir.pk for heir in heirs.values() if heir})
    needs = {
        state: tallies.needs_of(state)
        for state in {each.booth.assembly_seat.state_id for each in appointments}
    }
    found = []
    for each in appointments:
        heir = heirs[each.pk]
        need = needs[each.booth.assembly_seat.state_id].get(each.kind, 1)
        key = (heir.pk if heir else 0, each.kind)
        is_full = heir is not None and each.is_in_office and taken[key] >= need
        if heir and each.is_in_office:
            taken[key] += 1  # whoever comes after finds the place taken
        found.append(Waiting(each, heir, is_full))
    return found


def _standing(served: QuerySet[Booth], seats: set[int]) -> dict[int, Standing]:
    places = defaultdict(list)
    for booth in served.filter(assembly_seat__in=seats, retired_on=None).order_by("pk"):
        places[booth.assembly_seat_id].append(_place(booth))
    return {seat: Standing(of_seat) for seat, of_seat in places.items()}


def _place(booth: Booth) -> Place:
    texts = (booth.name_hi, booth.name_en, booth.building, booth.locality)
    return Place(booth.number, booth.suffix, texts, of=booth)


def _heir(booth: Booth, standing: dict[int, Standing]) -> Booth | None:
    of_seat = standing.get(booth.assembly_seat_id)
    found = of_seat.heir_of(_place(booth)) if of_seat else None
    return found.of if found else None


def _in_office(booth_ids: set[int]) -> Counter[tuple[int, str]]:
    rows = Appointment.objects.in_office().filter(booth__in=booth_ids).order_by()
    return Counter(rows.values_list("booth", "kind"))
