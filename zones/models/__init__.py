"""Where, and who is in charge."""

from zones.models.boundaries import SeatMap
from zones.models.derived import Derived, derived_fields, with_derived
from zones.models.history import Tracked
from zones.models.people import POSTING_AREAS, ROLE_AREAS, Posting, PostingQuerySet, User
from zones.models.territory import (
    AssemblySeat,
    District,
    Keyed,
    LokSabhaSeat,
    Named,
    NaturalKeyManager,
    Reservation,
    SchemeTerm,
    Seat,
    State,
    Zone,
    ZoneScheme,
    ZoneSeat,
    ZoneSeatQuerySet,
    exactly_one,
    for_reader,
)
from zones.models.trail import Anchor, Look, PersonalValues, Salt, Seal, Shape

__all__ = [
    "Anchor",
    "AssemblySeat",
    "Derived",
    "District",
    "Keyed",
    "LokSabhaSeat",
    "Look",
    "Named",
    "NaturalKeyManager",
    "POSTING_AREAS",
    "PersonalValues",
    "Posting",
    "PostingQuerySet",
    "ROLE_AREAS",
    "Reservation",
    "Salt",
    "SchemeTerm",
    "Seal",
    "Seat",
    "SeatMap",
    "Shape",
    "State",
    "Tracked",
    "User",
    "Zone",
    "ZoneScheme",
    "ZoneSeat",
    "ZoneSeatQuerySet",
    "derived_fields",
    "exactly_one",
    "for_reader",
    "with_derived",
]
