"""Where, and who is in charge."""

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
)

__all__ = [
    "AssemblySeat",
    "District",
    "Keyed",
    "LokSabhaSeat",
    "Named",
    "NaturalKeyManager",
    "POSTING_AREAS",
    "Posting",
    "PostingQuerySet",
    "ROLE_AREAS",
    "Reservation",
    "SchemeTerm",
    "Seat",
    "State",
    "User",
    "Zone",
    "ZoneScheme",
    "ZoneSeat",
    "ZoneSeatQuerySet",
    "exactly_one",
]
