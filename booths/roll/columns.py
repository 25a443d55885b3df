"""What the columns of a list hold, told from their headings.

headers.csv holds the headings by the field that they mean, with a rank: of several columns that
could be the number, or the name, the lowest rank is taken. A heading of rank 3 (क्रमांक, Name) means
it only where nothing better stands beside it. `serial` and `other` columns are known and not read;
`votes` and `people` columns show that the file is no booth list.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from booths.roll.krutidev import to_unicode
from booths.roll.text import folded, tidy

NOT_READ = {"serial", "other"}
NOT_A_BOOTH_LIST = {"votes": "form_20", "people": "people"}
# One of these must stand beside क्रमांक before it is taken for the booth number.
SAYS_BOOTH = {"name", "name_hi", "name_en", "number_and_name", "building", "type", "section"}
# A column of totals is one of electors only beside those of men and women.
NEEDS = {("electors_total", 2): {"electors_male", "electors_female"}}
VAGUE = 3
LATIN = re.compile("[A-Za-z]{2}|[À-ÿ]")
LONGEST_HEADING = 100
# "Polling Station N0.", with a zero for the letter
ZERO_FOR_O = re.compile(r"\bN0\b", re.IGNORECASE)
TEXT_FIELDS = ("name", "name_hi", "name_en", "building", "locality")


class Meaning(NamedTuple):
    field: str
    rank: int


@cache
def meanings() -> dict[str, Meaning]:
    with (Path(__file__).parent / "headers.csv").open(encoding="utf-8", newline="") as lines:
        return {
            folded(row["heading"]): Meaning(row["field"], int(row["rank"]))
            for row in csv.DictReader(lines)
        }


def meaning_of(heading: str) -> Meaning | None:
    """What a heading means; one in two languages (“बूथ क्रमांक / Booth No.”) by its first known part,
    one in the font Kruti Dev (“cwFk Øekad”) as it reads there."""
    return _meaning_of(heading) or meaning_in_kruti_dev(heading)


@lru_cache(maxsize=4096)
def meaning_in_kruti_dev(heading: str) -> Meaning | None:
    """What a heading means when it is taken for Kruti Dev, and means nothing otherwise."""
    if len(heading) > LONGEST_HEADING or not LATIN.search(heading) or _meaning_of(heading):
        return None
    return _meaning_of(to_unicode(heading))


def _meaning_of(heading: str) -> Meaning | None:
    if "0" in heading:
        heading = ZERO_FOR_O.sub("No", heading)
    for part in (heading, re.sub(r"\(.*?\)", "", heading), *re.split(r"[/\n(|]", heading)):
        found = meanings().get(folded(part))
        if found:
            return found
    return None


@dataclass(frozen=True)
class Columns:
    """Where each field stands: `of["name"]` are the columns to try for it, the best first."""

    headings: tuple[str, ...]
    of: dict[str, tuple[int, ...]]
    # The number stands under क्रमांक, which also heads the running numbers of a list.
    number_is_vague: bool = False

    def heading(self, field: str) -> str:
        """The heading of a field's best column, as the file writes it."""
        return self.headings[self.of[field][0]] if field in self.of else ""

    def __contains__(self, field: str) -> bool:
        return field in self.of

    @property
    def meant(self) -> dict[int, str]:
        """By its index, the field that each column was taken for."""
        return {index: field for field, places in self.of.items() for index in places}

    @property
    def have_number(self) -> bool:
        return "number" in self.of or "number_and_name" in self.of

    @property
    def score(self) -> int:
        """How many fields of a booth list were found."""
        return sum(field not in NOT_READ for field in self.of)


def columns_of(headings: Sequence[str]) -> Columns:
    """The columns that headings describe; those that say nothing to us are left out."""
    found = [(meaning_of(heading), index) for index, heading in enumerate(headings)]
    known = [(meaning, index) for meaning, index in found if meaning]
    meant = {meaning for meaning, _ in known}
    of: dict[str, tuple[int, ...]] = {}
    ranks: dict[str, int] = {}
    for meaning, index in sorted(known, key=lambda pair: (pair[0].rank, pair[1])):
        if _counts(meaning, meant, of):
            of[meaning.field] = (*of.get(meaning.field, ()), index)
            ranks.setdefault(meaning.field, meaning.rank)
    vague = ranks.get("number") == VAGUE
    return Columns(tuple(tidy(heading) for heading in headings), of, vague)


def columns_as_said(headings: Sequence[str], said: Mapping[int, str]) -> Columns:
    """The columns as the user says, by index: the field that each holds, or "" for none."""
    of: dict[str, tuple[int, ...]] = {}
    for index, field in sorted(said.items()):
        if field and index < len(headings):
            of[field] = (*of.get(field, ()), index)
    return Columns(tuple(tidy(heading) for heading in headings), of)


def _counts(meaning: Meaning, beside: set[Meaning], of: dict[str, tuple[int, ...]]) -> bool:
    """Whether a heading means what it can mean, given those beside it and what is found so far."""
    fields = {other.field for other in beside if other.rank < VAGUE}
    if not NEEDS.get(meaning, set()) <= fields:
        return False
    if meaning.rank > 1 and meaning.field in ("number", "name"):
        # Number and name of the station itself go before those of its part of the roll.
        if Meaning("number_and_name", 1) in beside:
            return False
        if meaning.rank == VAGUE and meaning.field in of:
            return False
    return meaning != Meaning("number", VAGUE) or bool(fields & SAYS_BOOTH)


def holds_text(columns: Columns, index: int) -> bool:
    return any(index in columns.of.get(field, ()) for field in TEXT_FIELDS)


def with_number_in(columns: Columns, index: int) -> Columns:
    """The same columns, with the booth number read from the column `index`, whatever its heading.

    Where that heading means a text, it stands too far left by one, and so do those after it.
    """
    headings = list(columns.headings)
    if holds_text(columns, index):
        headings.insert(index, "")
        headings.pop()
    of = {
        field: places
        for field, all_places in columns_of(headings).of.items()
        if (places := tuple(place for place in all_places if place != index))
    }
    return Columns(columns.headings, of | {"number": (index,)})
