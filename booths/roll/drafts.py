"""A row that names a booth, on its way to a record: what it says, before other rows are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from booths.roll.seats import Seat

TEXTS = ("name_hi", "name_en", "building", "locality")
COUNTS = ("electors_male", "electors_female", "electors_third", "electors_total")
# What a list can say of a booth beside its number, in the order of Draft.values.
FIELDS = (*TEXTS, "district_id", "sector_id", *COUNTS, "latitude", "longitude")
NAME_HI, NAME_EN, _, LOCALITY, DISTRICT, SECTOR, MALE, _, _, TOTAL, LATITUDE, LONGITUDE = range(
    len(FIELDS)
)
NOTHING_SAID = tuple("" if field in TEXTS else None for field in FIELDS)


@dataclass(slots=True)
class Draft:
    """A row that names a booth. `values` are in the order of FIELDS; '' and None say nothing.

    `meant` is the number that it may really have, where every letter of the row stands twice;
    `as_written` has the texts, by field, that were more than trimmed.
    """

    row: int
    seat: Seat
    number: int
    suffix: str
    written: str
    is_auxiliary: bool
    values: list[Any]
    section: str
    cells: Sequence[str]
    meant: str
    as_written: dict[str, str]

    @property
    def label(self) -> str:
        return f"{self.number}{self.suffix}"
