"""Rows of one booth number against each other: what stands twice, what belongs together, and what
contradicts.

Rows that say the same are one booth; so are sections of one station, which differ only in their
area. An auxiliary station without a letter of its own gets one (A, B, … in the order of the file)
where the stations are plainly told apart. All else of one number is a fault of every such row:
none is chosen.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from booths.roll import numbers
from booths.roll.clean import Cleaner, number_meant
from booths.roll.drafts import COUNTS, FIELDS, LOCALITY, Draft
from booths.roll.numbers import LETTERS
from booths.roll.text import folded

NAMES = [FIELDS.index(field) for field in ("name_hi", "name_en", "building")]
ELECTORS = [FIELDS.index(field) for field in COUNTS]
OF_A_SECTION = {LOCALITY, *ELECTORS}


class Record(NamedTuple):
    """A booth as the list has it. `values` are in the order of FIELDS; '' and None say nothing."""

    row: int
    seat_id: int
    number: int
    suffix: str
    number_as_written: str
    values: tuple[Any, ...]
    # By field, the texts that the list has in other letters than we store
    as_written: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[int, int, str]:
        return (self.seat_id, self.number, self.suffix)

    @property
    def label(self) -> str:
        return f"{self.number}{self.suffix}"


def check(drafts: Iterable[Draft], cleaner: Cleaner) -> list[Record]:
    """The booths of the list in its order; every other row is skipped or at fault in the log."""
    found = list(drafts)
    first: dict[Hashable, Draft] = {}
    several: dict[Hashable, list[Draft]] = {}
    for draft in found:
        key = (draft.seat.id, draft.number, draft.suffix, draft.is_auxiliary)
        earlier = first.setdefault(key, draft)
        if earlier is not draft:
            several.setdefault(key, [earlier]).append(draft)
    checker = _Checker(cleaner)
    checker.doubled(found)
    checker.joined(found, several.values())
    checker.lettered(found)
    return [_record(draft) for draft in checker.left(found)]


def _record(draft: Draft) -> Record:
    written = tuple(sorted(draft.as_written.items())) if draft.as_written else ()
    return Record(
        draft.row,
        draft.seat.id,
        draft.number,
        draft.suffix,
        draft.written,
        tuple(draft.values),
        written,
    )


class _Checker:
    def __init__(self, cleaner: Cleaner):
        self.log = cleaner.log
        self.unsure = cleaner.unsure
        self.columns = cleaner.columns
        self.number_heading = cleaner.columns.heading(cleaner.number_field)
        self.has_sections = "section" in cleaner.columns
        said = {*cleaner.columns.of.get("serial", ()), *cleaner.columns.of[cleaner.number_field]}
        self.told_apart_by = [i for i in range(cleaner.width) if i not in said]

    def left(self, drafts: Sequence[Draft]) -> list[Draft]:
        gone = self.log.faulty | self.log.skipped
        return [draft for draft in drafts if draft.row not in gone]

    def doubled(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            if draft.meant:
                self.unsure.add((draft.seat.id, number_meant(numbers.parse(draft.meant))))
                self.fault(draft, "number_doubled", meant=draft.meant)

    def joined(self, drafts: Sequence[Draft], several: Iterable[list[Draft]]) -> None:
        """Takes repeats and further sections into the first row of their booth. Rows of a number
        that are still different are faults, unless they are auxiliary stations."""
        if self.has_sections:
            for draft in drafts:
                written = draft.as_written.pop("section", None)
                if not draft.values[LOCALITY]:
                    draft.values[LOCALITY] = draft.section
                    draft.as_written |= {"locality": written} if written else {}
        for group in several:
            families = self.families(group)
            for family in families:
                self.join(family)
            if len(families) > 1 and not group[0].is_auxiliary:
                self.fault_all([family[0] for family in families], "duplicate", group[0].label)

    def families(self, group: Sequence[Draft]) -> list[list[Draft]]:
        """The rows of a number by the booth that they are of."""
        families: list[list[Draft]] = []
        for draft in group:
            family = next((f for f in families if self.belongs(f[0], draft)), None)
            if family is None:
                families.append([draft])
            else:
                repeats = any(self.says_the_same(other, draft) for other in family)
                reason = "repeat" if repeats else "section"
                self.log.skip(draft.row, reason, first=family[0].row)
                family.append(draft)
        return families

    def belongs(self, first: Draft, other: Draft) -> bool:
        return self.says_the_same(first, other) or self.is_section(first, other)

    def says_the_same(self, first: Draft, other: Draft) -> bool:
        if first.is_auxiliary:
            # A second auxiliary station may differ only in what is not read, as its first elector.
            return all(first.cells[i] == other.cells[i] for i in self.told_apart_by)
        return first.values == other.values

    def is_section(self, first: Draft, other: Draft) -> bool:
        """Whether two rows of a list with a column of sections differ only in what is of a section."""
        return self.has_sections and all(
            _alike(a, b)
            for i, (a, b) in enumerate(zip(first.values, other.values, strict=True))
            if i not in OF_A_SECTION
        )

    def join(self, family: Sequence[Draft]) -> None:
        """Gives the first row the areas of all, and electors only where all sections agree."""
        first = family[0]
        written = [draft.as_written.get("locality", draft.values[LOCALITY]) for draft in family]
        if any("locality" in draft.as_written for draft in family):
            first.as_written["locality"] = _listed(written)
        first.values[LOCALITY] = _listed(draft.values[LOCALITY] for draft in family)
        for i in ELECTORS:
            # Of merged cells the first alone is filled.
            counts = {draft.values[i] for draft in family} - {None}
            if len(counts) == 1:
                (first.values[i],) = counts
            elif counts:
                heading = self.columns.heading(FIELDS[i])
                self.log.warn(first.row, "electors_of_sections", heading, str(first.values[i]))
                for each in ELECTORS:
                    first.values[each] = None
                return

    def lettered(self, drafts: Sequence[Draft]) -> None:
        """Gives letters to auxiliary stations that share the number of their main station."""
        stations: dict[tuple[int, int, str], list[Draft]] = defaultdict(list)
        for draft in self.left(drafts):
            if draft.is_auxiliary:
                stations[draft.seat.id, draft.number, draft.suffix].append(draft)
        if not stations:
            return
        have_letters = {
            (draft.seat.id, draft.number)
            for draft in drafts
            if draft.suffix.startswith(tuple(LETTERS))
        }
        for key, group in stations.items():
            names = {tuple(folded(draft.values[i]) for i in NAMES) for draft in group}
            if key[:2] in have_letters or len(names) < len(group) or len(group) > len(LETTERS):
                self.fault_all(group, "auxiliaries_alike", str(group[0].number))
            else:
                for letter, draft in zip(LETTERS, group, strict=False):
                    draft.suffix = letter + draft.suffix

    def fault_all(self, group: Sequence[Draft], reason: str, booth: str) -> None:
        rows = ", ".join(str(draft.row) for draft in group)
        for draft in group:
            self.fault(draft, reason, booth=booth, rows=rows)

    def fault(self, draft: Draft, reason: str, **facts: Any) -> None:
        self.unsure.add((draft.seat.id, draft.number))
        self.log.fault(draft.row, reason, self.number_heading, draft.written, **facts)


def _listed(areas: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(area for area in areas if area))


def _alike(first: Any, other: Any) -> bool:
    if isinstance(first, str) and isinstance(other, str):
        return folded(first) == folded(other)
    return bool(first == other)
