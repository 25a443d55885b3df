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
# As long as the database keeps them; an area may be of any length.
LENGTHS = {"name": 300, "name_hi": 300, "name_en": 300, "building": 500}
WRITTEN_LENGTH = 40


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


def sum_of_electors(values: Sequence[Any]) -> int | None:
    """What the total of a row's electors should be; None where men or women are not said."""
    men, women, third, _total = values[MALE:LATITUDE]
    return None if men is None or women is None else men + women + (third or 0)
