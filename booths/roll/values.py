"""Cells that hold a count or a place; None where a cell says nothing."""

import re
from decimal import Decimal
from enum import Enum

from booths.roll.text import BLANKS, DEVANAGARI_DIGITS, folded, tidy


class Unreadable(Enum):
    UNREADABLE = "unreadable"


UNREADABLE = Unreadable.UNREADABLE

# What lists write into a cell to say that there is nothing.
NOTHING = {"", "-", "--", "—", ".", "NULL", "NIL", "N/A", "NA", "#N/A", "NONE", "निरंक"}
SAYS_SOMETHING = max(map(len, NOTHING)) + 1  # letters
COUNT = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d+(?:\.0+)?")
# More electors than that is a telephone number or a total.
MAX_ELECTORS = 20_000
DEGREES = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*°?\s*[NE]?", re.IGNORECASE)
# India with its islands, in degrees
LATITUDES = (Decimal(6), Decimal(38))
LONGITUDES = (Decimal(68), Decimal(98))
SIX_PLACES = Decimal("0.000001")


TOTALS = {folded(word) for word in ("Total", "Grand Total", "Sub Total", "योग", "कुल योग", "कुल")}


def names_a_total(name: str) -> bool:
    return len(name) < 12 and folded(name) in TOTALS


def is_nothing(cell: str) -> bool:
    """Whether a cell is empty, or says in a word that there is nothing."""
    text = cell.strip(BLANKS)
    return len(text) < SAYS_SOMETHING and text.upper() in NOTHING


def electors(cell: str) -> int | Unreadable | None:
    if cell.isascii() and cell.isdigit() and len(cell) < 5:
        return int(cell)
    text = tidy(cell).translate(DEVANAGARI_DIGITS)
    if text.upper() in NOTHING:
        return None
    if not COUNT.fullmatch(text):
        return UNREADABLE
    count = int(text.replace(",", "").split(".")[0])
    return count if count <= MAX_ELECTORS else UNREADABLE


def degrees(cell: str, bounds: tuple[Decimal, Decimal]) -> Decimal | Unreadable | None:
    """A latitude or longitude to six decimals, as it is stored; outside the bounds unreadable."""
    text = tidy(cell).translate(DEVANAGARI_DIGITS)
    if text.upper() in NOTHING:
        return None
    match = DEGREES.fullmatch(text)
    if not match:
        return UNREADABLE
    value = Decimal(match[1]).quantize(SIX_PLACES)
    return value if bounds[0] <= value <= bounds[1] else UNREADABLE


Place = tuple[Decimal | None, Decimal | None]


def place(latitude: str, longitude: str) -> tuple[Place, str]:
    """North and east, or neither, and what is to be said of it. In India no degree can be both, so
    that those in each other's place are known for sure."""
    for cells, reason in (((latitude, longitude), ""), ((longitude, latitude), "places_exchanged")):
        north, east = degrees(cells[0], LATITUDES), degrees(cells[1], LONGITUDES)
        if isinstance(north, Decimal) and isinstance(east, Decimal):
            return (north, east), reason
        if north is None and east is None:
            return (None, None), ""
    return (None, None), "place_unreadable"


MAIN = {"m", "main", "man", "mainps", "mainpollingstation", "mul", "mukhya"}
MAIN |= {folded(word) for word in ("मुख्य", "मूल", "मुख्य मतदान केन्द्र", "मूल मतदान केन्द्र")}
AUXILIARY = re.compile(r"a|aux?.*|सहायक.*")


def is_auxiliary(cell: str) -> bool | None:
    """What the column of main and auxiliary stations says; None if it cannot be read."""
    word = folded(cell)
    if not word or word in MAIN:
        return False
    return True if AUXILIARY.fullmatch(word) else None
