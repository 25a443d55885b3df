"""A reading against the booths on the list now: what an import would do. Nothing is written here.

A booth is known by its seat, number and suffix. It is changed where the list says something else
than is stored; an empty cell says nothing and wipes nothing. The number written in another way
(007, 7) is no change. Only a full list retires booths: those of its seats that it lacks, unless
one of its faulty rows may mean them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from booths.models import Booth, Sector
from booths.roll.check import Record
from booths.roll.drafts import FIELDS
from booths.roll.reading import Reading
from zones.models import AssemblySeat, District

DISTRICT = FIELDS.index("district_id")
# A list that lacks more of the booths than this is rarely full; retiring them must be confirmed.
MANY_RETIRED_PERCENT = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A booth that the list has otherwise; `old` and `new` hold the fields that differ."""

    booth_id: int
    record: Record
    old: dict[str, Any]
    new: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gone:
    """A booth of the list's seats that the list does not have."""

    booth_id: int
    seat_id: int
    label: str
    name: str
    listed_on: date


@dataclass(frozen=True)
class Plan:
    """What an import would do. `spared` are booths that the list lacks but a faulty row may mean."""

    reading: Reading
    as_of: date
    is_full: bool
    new: list[Record]
    changed: list[Change]
    unchanged: int
    retired: list[Gone]
    spared: list[Gone]
    # Booths of the list's seats before the import.
    present: int

    @property
    def counts(self) -> dict[str, int]:
        """rows = new + changed + unchanged + faulty + skipped; retired stands outside the sum."""
        return {
            "rows": self.reading.rows,
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "retired": len(self.retired),
            "faulty": self.reading.faulty,
            "skipped": self.reading.skipped,
        }

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.retired)

    @property
    def retires_many(self) -> bool:
        return len(self.retired) * 100 > self.present * MANY_RETIRED_PERCENT

    def does_the_same_as(self, other: "Plan") -> bool:
        return (self.new, self.changed, self.retired) == (other.new, other.changed, other.retired)

    @cached_property
    def fingerprint(self) -> str:
        """The same for plans that would do the same: what was previewed against what is confirmed."""
        parts = (self.as_of, self.is_full, self.new, self.changed, self.retired)
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @cached_property
    def _place_names(self) -> dict[tuple[str, int], str]:
        wanted = {
            (field, value)
            for change in self.changed
            for side in (change.old, change.new)
            for field, value in side.items()
            if field in ("district_id", "sector_id") and value
        }
        models = {"district_id": District, "sector_id": Sector}
        return {
            (field, place.pk): place.name
            for field, model in models.items()
            for place in model.objects.filter(pk__in=[pk for of, pk in wanted if of == field])
        }

    def shown(self, change: Change) -> list[tuple[str, str, str]]:
        """(name of the field, old value, new value) of each difference, for the reader."""
        return [
            (
                str(Booth._meta.get_field(field.removesuffix("_id")).verbose_name),
                self._text(field, change.old[field]),
                self._text(field, new),
            )
            for field, new in change.new.items()
        ]

    def _text(self, field: str, value: Any) -> str:
        return self._place_names.get((field, value), "" if value is None else str(value))


def compare(reading: Reading, *, as_of: date, is_full: bool = False) -> Plan:
    """What importing the reading as of the day would do, in two queries."""
    main_districts = dict(
        AssemblySeat.objects.filter(pk__in=reading.seat_ids).values_list("pk", "district")
    )
    stored = _stored(reading.seat_ids)
    new: list[Record] = []
    changed: list[Change] = []
    unchanged = 0
    present = len(stored)
    for record in reading.records:
        booth = stored.pop(record.key, None)
        if booth is None:
            new.append(record)
        elif change := _change(record, booth, main_districts[record.seat_id]):
            changed.append(change)
        else:
            unchanged += 1
    retired, spared = _lacking(reading, stored) if is_full else ([], [])
    return Plan(reading, as_of, is_full, new, changed, unchanged, retired, spared, present)


HEAD = ("assembly_seat_id", "number", "suffix", "pk", "listed_on")


def _stored(seat_ids: Iterable[int]) -> dict[tuple[int, int, str], tuple[Any, ...]]:
    """The booths on the list now: (pk, listed_on, *FIELDS) by (seat, number, suffix)."""
    rows = Booth.objects.present().filter(assembly_seat__in=seat_ids).order_by()
    return {row[:3]: row[3:] for row in rows.values_list(*HEAD, *FIELDS)}


def _change(record: Record, booth: tuple[Any, ...], main_district: int) -> Change | None:
    pk, _, *before = booth
    # A booth that names no district lies in the main one of its seat.
    before[DISTRICT] = before[DISTRICT] or main_district
    differing = [
        i
        for i, (said, had) in enumerate(zip(record.values, before, strict=True))
        if said != had and said != "" and said is not None
    ]
    if not differing:
        return None
    return Change(
        pk,
        record,
        {FIELDS[i]: before[i] for i in differing},
        {FIELDS[i]: record.values[i] for i in differing},
    )


def _lacking(
    reading: Reading, stored: dict[tuple[int, int, str], tuple[Any, ...]]
) -> tuple[list[Gone], list[Gone]]:
    retired: list[Gone] = []
    spared: list[Gone] = []
    for (seat_id, number, suffix), (pk, listed_on, *values) in sorted(stored.items()):
        name = next(filter(None, values[:3]), "")
        gone = Gone(pk, seat_id, f"{number}{suffix}", name, listed_on)
        (spared if reading.may_mean(seat_id, number) else retired).append(gone)
    return retired, spared
