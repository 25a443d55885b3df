"""Undoing the import of a booth list: each booth gets back what the list changed, as far as it is
still what the list made of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from booths import bookkeeping
from booths.models import Appointment, Booth, ImportBatch, Sector
from booths.roll.apply import as_stored, chunks, own_district, set_aside
from booths.roll.plan import NUMBER
from booths.undo.left import Left, Undoing, differing
from zones import rows_in_bulk
from zones.models import AssemblySeat
from zones.trail import keeping, versions

WRITTEN = {"number_as_written", "as_written"}  # beside what is read from them
Key = tuple[int, int, str]


@dataclass
class BoothsBack:
    """What is to be written: which booths go, which come back, and the old values of others."""

    remove: list[int] = field(default_factory=list)
    relist: list[int] = field(default_factory=list)
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    renumber: dict[int, Key] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)

    @property
    def told(self) -> Undoing:
        found = Undoing(left=sorted(self.left, key=lambda left: (left.label, left.why)))
        found.taken.update(
            booths_removed=len(self.remove),
            booths_listed=len(self.relist),
            booths_changed=len(self.values.keys() | self.renumber.keys()),
            booths_numbered=len(self.renumber),
        )
        return found


def hold(batch: ImportBatch) -> None:
    """The seats, then the booths, as an import holds them."""
    booths = _booths(batch)
    seats = AssemblySeat.objects.select_for_update(no_key=True)
    list(seats.filter(pk__in={booth.assembly_seat_id for booth in booths.values()}).order_by("pk"))
    for ids in chunks(sorted(booths)):
        held = Booth.objects.select_for_update().filter(pk__in=ids)
        list(held.order_by("pk").values("pk"))


def back(batch: ImportBatch) -> BoothsBack:
    return _Reader(batch).back()


def write(found: BoothsBack, *, on: date, by) -> None:
    """Within the caller's transaction, which holds the seats and the booths."""
    changed = found.values.keys() | found.renumber.keys() | set(found.relist)
    with bookkeeping.keeping_day_book({*found.remove, *changed}):
        _remove(found.remove)
        set_aside(list(found.renumber))
        rows_in_bulk.update(Booth, ((pk, _values(found, pk)) for pk in sorted(changed)))
    keeping.keep_ids(Booth, changed, "~")


def _values(found: BoothsBack, pk: int) -> dict[str, Any]:
    values = dict(found.values.get(pk, {}))
    if pk in found.renumber:
        _, values["number"], values["suffix"] = found.renumber[pk]
    if "as_written" in values:
        values["as_written"] = as_stored(values["as_written"])
    return values | ({"retired_on": None} if pk in found.relist else {})


def _remove(booth_ids: list[int]) -> None:
    for ids in chunks(sorted(booth_ids)):
        keeping.keep(list(Booth.objects.filter(pk__in=ids).order_by("pk")), "-")
        rows_in_bulk.delete(Booth, ids)


def _booths(batch: ImportBatch) -> dict[int, Booth]:
    undo = batch.undo
    ids = {*undo.get("new", []), *undo.get("retired", []), *map(int, undo.get("changed", {}))}
    found: dict[int, Booth] = {}
    for chunk in chunks(sorted(ids)):
        booths = Booth.objects.filter(pk__in=chunk).select_related("assembly_seat")
        found |= {booth.pk: booth for booth in booths}
    return found


class _Reader:
    def __init__(self, batch: ImportBatch):
        self.batch = batch
        self.booths = _booths(batch)
        self.found = BoothsBack()

    def back(self) -> BoothsBack:
        self._new([pk for pk in self.batch.undo.get("new", []) if pk in self.booths])
        written = self.batch.differences.get("changed", {})
        old = self.batch.undo.get("changed", {})
        sectors = self._sectors(old.values())
        for pk, values in old.items():
            if int(pk) in self.booths and pk in written:
                self._changed(self.booths[int(pk)], values, written[pk], sectors)
        for pk in self.batch.undo.get("retired", []):
            if pk in self.booths:
                self._retired(self.booths[pk])
        self._free_numbers()
        return self.found

    def _leave(self, booth: Booth, why: str, *fields: str) -> None:
        label = f"{booth.assembly_seat.number} / {booth.label}"
        self.found.left.append(Left("booth", booth.pk, label, why, fields))

    def _new(self, ids: list[int]) -> None:
        first = versions.first_said(Booth, ids)
        taken: set[int] = set()
        for chunk in chunks(sorted(ids)):
            there = Appointment.objects.filter(booth__in=chunk)
            taken |= set(there.order_by().values_list("booth", flat=True))
        for pk in ids:
            booth, said = self.booths[pk], first.get(pk)
            if pk in taken:
                self._leave(booth, "has_agents")
            elif said is None:
                self._leave(booth, "not_known")
            elif fields := differing(booth, said, said):
                self._leave(booth, "edited", *fields)
            else:
                self.found.remove.append(pk)

    def _sectors(self, old: Iterable[dict[str, Any]]) -> set[int]:
        """Those of the old sectors that are still there."""
        wanted = {values["sector_id"] for values in old if values.get("sector_id")}
        return set(Sector.objects.filter(pk__in=wanted).values_list("pk", flat=True))

    def _changed(
        self, booth: Booth, old: dict[str, Any], new: dict[str, Any], sectors: set[int]
    ) -> None:
        new, old = self._own_district(booth, new), self._own_district(booth, old)
        others = set(differing(booth, new, new))
        # Put back by hand, there is nothing to take back and nothing to name.
        edited = set(differing(booth, old, others & {*old})) - WRITTEN
        still = {name: old[name] for name in {*new} - others if name in old}
        if still.get("sector_id") and still["sector_id"] not in sectors:
            del still["sector_id"]
            self._leave(booth, "sector_gone", "sector_id")
        if edited:
            self._leave(booth, "edited", *sorted(edited))
        # Number and suffix are one.
        if NUMBER & {*still} and not NUMBER & edited:
            number, suffix = still.get("number", booth.number), still.get("suffix", booth.suffix)
            self.found.renumber[booth.pk] = (booth.assembly_seat_id, number, suffix)
        if values := {name: value for name, value in still.items() if name not in NUMBER}:
            self.found.values[booth.pk] = values

    def _own_district(self, booth: Booth, values: dict[str, Any]) -> dict[str, Any]:
        if "district_id" not in values:
            return values
        main = booth.assembly_seat.district_id
        return values | {"district_id": own_district(values["district_id"], main)}

    def _retired(self, booth: Booth) -> None:
        if booth.retired_on == self.batch.as_of:
            self.found.relist.append(booth.pk)
        elif booth.retired_on is not None:
            self._leave(booth, "edited", "retired_on")

    # Numbers

    def _free_numbers(self) -> None:
        """No two booths on the list may have one number: who finds the old one taken stays, and so
        may be in the way of the next."""
        present = self._present()
        while taken := self._taken(present):
            for pk in taken:
                self._leave(self.booths[pk], "number_taken", "number")
                self.found.renumber.pop(pk, None)
                self.found.relist = [each for each in self.found.relist if each != pk]

    def _present(self) -> dict[int, Key]:
        seats = {booth.assembly_seat_id for booth in self.booths.values()}
        rows = Booth.objects.present().filter(assembly_seat__in=seats).order_by()
        fields = ("pk", "assembly_seat_id", "number", "suffix")
        return {pk: (*key,) for pk, *key in rows.values_list(*fields)}

    def _taken(self, present: dict[int, Key]) -> list[int]:
        """Who would come to a number that another has or is to have as well."""
        renumber, removed = self.found.renumber, set(self.found.remove)
        claims: dict[Key, list[int]] = defaultdict(list)
        for pk, key in present.items():
            if pk not in removed:
                claims[renumber.get(pk, key)].append(pk)
        for pk in self.found.relist:
            booth = self.booths[pk]
            own = (booth.assembly_seat_id, booth.number, booth.suffix)
            claims[renumber.get(pk, own)].append(pk)
        comes = {*renumber, *self.found.relist}
        doubled = [pks for pks in claims.values() if len(pks) > 1]
        return [pk for pks in doubled for pk in pks if pk in comes]
