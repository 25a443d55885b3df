"""Gathers whom to call about a zone: its in-charges, its team, those of its seats. No HTTP.

Names and posts go with the numbers; `may_see` says of a place whether mobiles are shown there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from booths.models import TeamMember
from zones.models import AssemblySeat, Named, Posting, Zone

Role = Posting.Role
OF_ZONE = (Role.STATE_IN_CHARGE, Role.ZONE_IN_CHARGE)
OF_SEATS = (Role.LOK_SABHA_IN_CHARGE, Role.SEAT_IN_CHARGE)


@dataclass
class Contact:
    row: Posting | TeamMember
    name: str
    post: str
    mobile: str  # empty where it is not known or not shown


@dataclass
class SeatContacts:
    place: Named
    people: list[Contact] = field(default_factory=list)


@dataclass
class ZoneContacts:
    in_charges: list[Contact] = field(default_factory=list)
    earlier: list[Contact] = field(default_factory=list)
    team: list[Contact] = field(default_factory=list)
    seats: list[SeatContacts] = field(default_factory=list)

    @property
    def shown(self) -> dict[str, set[int]]:
        """Whose mobiles the page shows, for the record of the look."""
        of_seats = [each for seat in self.seats for each in seat.people]
        posted = [each for each in self.in_charges + of_seats if each.mobile]
        return {
            "users": {each.row.user_id for each in posted},
            "members": {each.row.pk for each in self.team if each.mobile},
        }


def zone_contacts(
    zone: Zone, seats: Iterable[AssemblySeat], on: date, may_see: Callable[[Named], bool]
) -> ZoneContacts:
    """The seats come with their Lok Sabha seats; three queries."""
    places = _places(seats)
    found = ZoneContacts(seats=[SeatContacts(place) for place in places.values()])
    of_place = {key: each for key, each in zip(places, found.seats, strict=True)}
    here = Q(zone=zone, role__in=OF_ZONE) | Q(
        Q(lok_sabha_seat__in=[pk for kind, pk in places if kind == "lok_sabha_seat"])
        | Q(assembly_seat__in=[pk for kind, pk in places if kind == "assembly_seat"]),
        role__in=OF_SEATS,
    )
    for posting in _in_order(Posting.objects.current(on).filter(here)):
        if posting.zone_id:
            found.in_charges.append(_posted(posting, may_see(zone)))
        else:
            its = of_place[posting.area_kind, posting.area_id]
            its.people.append(_posted(posting, may_see(its.place)))
    ended = Posting.objects.filter(zone=zone, role__in=OF_ZONE, until__lte=on, until__gt=F("since"))
    found.earlier = [_posted(posting, False) for posting in _in_order(ended)]
    members = TeamMember.objects.current(on).filter(zone=zone).select_related("post")
    shows = may_see(zone)
    found.team = [
        Contact(member, member.name, member.post.name, member.mobile if shows else "")
        for member in members.order_by("post__order", "name")
    ]
    return found


def _places(seats: Iterable[AssemblySeat]) -> dict[tuple[str, int], Named]:
    """Each Lok Sabha seat and below it its assembly seats."""
    found: dict[tuple[str, int], Named] = {}
    for seat in sorted(seats, key=lambda each: (each.lok_sabha_seat.number, each.number)):
        found["lok_sabha_seat", seat.lok_sabha_seat_id] = seat.lok_sabha_seat
        found["assembly_seat", seat.pk] = seat
    return found


def _in_order(postings):
    return postings.select_related("user").order_by("-role", "since", "user__first_name", "pk")


def _posted(posting: Posting, shows: bool) -> Contact:
    user = posting.user
    return Contact(posting, user.name, posting.get_role_display(), user.mobile if shows else "")
