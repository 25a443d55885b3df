"""A reading against the booths on the list now: what an import would do. Nothing is written here.

A booth is known by its seat, number and suffix, unless somebody confirmed that the list has it
under another number. It is changed where the list says something else than is stored; an empty
cell says nothing and wipes nothing. The number written in another way (007, 7) is no change. Only
a full list retires booths: those of its seats that it lacks, unless one of its faulty rows may
mean them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from booths.models import Appointment, Booth
from booths.roll import garbage
from booths.roll.check import Record
from booths.roll.drafts import FIELDS, LATITUDE
from booths.roll.drafts import TEXTS as TEXT_FIELDS
from booths.roll.likeness import Place
from booths.roll.plan import Change, Confirmed, Gone, Plan, Renumbered, Total
from booths.roll.reading import Reading
from booths.roll.renumbering import Match, closed, matches
from booths.roll.siblings import Standing
from zones.models import AssemblySeat

DISTRICT, ELECTORS = FIELDS.index("district_id"), FIELDS.index("electors_total")
TEXTS = len(TEXT_FIELDS)
SAY_WHERE = ("latitude", "longitude", "lat_long")
Key = tuple[int, int, str]


@garbage.not_searched_for()
def compare(
    reading: Reading,
    *,
    as_of: date,
    is_full: bool = False,
    renumber: Callable[[Renumbered], bool] = lambda proposed: False,
) -> Plan:
    """What importing the reading as of the day would do, in two queries, and one more if it
    retires booths. `renumber` says of each proposal whether it is confirmed; what is not falls
    back to the rule by number."""
    seats = dict(AssemblySeat.objects.filter(pk__in=reading.seat_ids).values_list("pk", "district"))
    return _Comparison(reading, as_of, is_full, seats, _stored(reading)).plan(renumber)


HEAD = ("assembly_seat_id", "number", "suffix", "pk", "listed", "number_as_written")


class Stored(NamedTuple):
    key: Key
    pk: int
    listed: str  # the day, in ISO form
    number_as_written: str
    values: tuple[Any, ...]  # in the order of FIELDS

    @property
    def place(self) -> Place:
        return Place(*self.key[1:], self.values[:TEXTS], self.values[ELECTORS], self)


def _stored(reading: Reading) -> dict[Key, Stored]:
    """The booths on the list now, by seat, number and suffix; where they lie only if the list says
    it, since decimals, as days, take SQLite long."""
    said = FIELDS if any(name in reading.columns for name in SAY_WHERE) else FIELDS[:LATITUDE]
    unsaid = (None,) * (len(FIELDS) - len(said))
    rows = Booth.objects.present().filter(assembly_seat__in=reading.seat_ids).order_by()
    read = rows.annotate(listed=Cast("listed_on", TextField())).values_list(*HEAD, *said)
    return {row[:3]: Stored(row[:3], row[3], row[4], row[5], row[6:] + unsaid) for row in read}


def place_of(record: Record) -> Place:
    return Place(
        record.number, record.suffix, record.values[:TEXTS], record.values[ELECTORS], record
    )


@dataclass
class _Comparison:
    reading: Reading
    as_of: date
    is_full: bool
    districts: dict[int, int]  # the main one of each seat
    stored: dict[Key, Stored]

    def plan(self, confirms: Callable[[Renumbered], bool]) -> Plan:
        found = [match for of_seat in self.matches.values() for match in of_seat]
        proposed = [_renumbered(match) for match in found]
        renumber = self._confirmed(frozenset(each.plain for each in proposed if confirms(each)))
        at = self._placed(renumber)
        records = self.reading.records if renumber else self.differing
        new = [record for record in records if record.key not in at]
        changes = [self._change(record, at.get(record.key)) for record in records]
        changed = [change for change in changes if change]
        retired, spared = self._leaving(at)
        return Plan(
            reading=self.reading,
            as_of=self.as_of,
            is_full=self.is_full,
            new=new,
            changed=changed,
            unchanged=len(self.reading.records) - len(new) - len(changed),
            retired=retired,
            spared=spared,
            totals=self._totals(new, retired),
            proposed=proposed,
            renumber=renumber,
            blocked=self._blocked(),
            split_from=self._split_from(new, at),
            merged_into=self._merged_into(retired, at),
        )

    @cached_property
    def differing(self) -> list[Record]:
        """The booths of the list that are not stored at their numbers as the list has them."""
        at = self.stored.get
        return [
            record
            for record in self.reading.records
            if (booth := at(record.key)) is None or booth.values != record.values
        ]

    # Numbers

    @cached_property
    def places(self) -> dict[int, list[Place]]:
        """The stored booths by seat."""
        found = defaultdict(list)
        for booth in self.stored.values():
            found[booth.key[0]].append(booth.place)
        return found

    @cached_property
    def listed(self) -> dict[int, list[Place]]:
        """The booths of the list by seat."""
        found = defaultdict(list)
        for record in self.reading.records:
            found[record.seat_id].append(place_of(record))
        return found

    @cached_property
    def moved(self) -> dict[int, list[Match]]:
        """Who seems to have moved, by seat; where all booths say what they said it is nobody."""
        seats = {key[0] for key in self.stored}
        seats = seats - self._unmoved() if seats else seats
        return {seat: matches(self.places[seat], self.listed[seat]) for seat in sorted(seats)}

    def _unmoved(self) -> set[int]:
        """Seats of which every booth of the list has its texts at its number already."""
        others = {
            record.seat_id
            for record in self.differing
            if not (booth := self.stored.get(record.key))
            or booth.values[:TEXTS] != record.values[:TEXTS]
        }
        return set(self.reading.seat_ids) - others

    @cached_property
    def matches(self) -> dict[int, list[Match]]:
        """Those of them who can."""
        return {seat: self._closed(seat, found) for seat, found in self.moved.items() if found}

    def _blocked(self) -> list[Renumbered]:
        return [
            _renumbered(match)
            for seat, found in self.moved.items()
            for match in found
            if match not in self.matches[seat]
        ]

    def _closed(self, seat: int, found: Iterable[Match]) -> list[Match]:
        def stays(place: Place) -> bool:
            return not self.is_full or self.reading.may_mean(seat, place.number)

        return closed(found, stays, self.places[seat])

    def _confirmed(self, asked: frozenset[Confirmed]) -> frozenset[Confirmed]:
        """Those whose new number becomes free by what is confirmed."""
        done = set()
        for seat, of_seat in self.matches.items():
            wanted = [match for match in of_seat if _renumbered(match).plain in asked]
            done |= {_renumbered(match).plain for match in self._closed(seat, wanted)}
        return frozenset(done)

    def _placed(self, renumber: frozenset[Confirmed]) -> dict[Key, Stored]:
        """By key, the stored booth that a list means by it."""
        moved = {
            match.new.of.key: match.old.of
            for of_seat in self.matches.values()
            for match in of_seat
            if _renumbered(match).plain in renumber
        }
        if not moved:
            return self.stored
        gone = {booth.pk for booth in moved.values()}
        stay = {key: booth for key, booth in self.stored.items() if booth.pk not in gone}
        return {**stay, **moved}

    # What differs

    def _change(self, record: Record, booth: Stored | None) -> Change | None:
        if booth is None:
            return None
        before = list(booth.values)
        # A booth that names no district lies in the main one of its seat.
        before[DISTRICT] = before[DISTRICT] or self.districts[record.seat_id]
        old, new = {}, {}
        for name, had, said in zip(
            ("number", "suffix"), booth.key[1:], record.key[1:], strict=True
        ):
            if had != said:
                old[name], new[name] = had, said
        for name, had, said in zip(FIELDS, before, record.values, strict=True):
            if said != had and said != "" and said is not None:
                old[name], new[name] = had, said
        if not new:
            return None
        kept: dict[str, Any] = {}
        if booth.number_as_written != record.number_as_written:
            kept["number_as_written"] = booth.number_as_written
        if "district_id" in new:
            kept["district_id"] = booth.values[DISTRICT]
        return Change(booth.pk, record, old, new, kept)

    def _leaving(self, at: dict[Key, Stored]) -> tuple[list[Gone], list[Gone]]:
        """Who is retired, and who is spared."""
        if not self.is_full:
            return [], []
        retired: list[Gone] = []
        spared: list[Gone] = []
        found = {at[record.key].pk for record in self.reading.records if record.key in at}
        lacking = sorted(booth for booth in self.stored.values() if booth.pk not in found)
        agents = _standing_at(lacking)
        for booth in lacking:
            seat_id, number, suffix = booth.key
            gone = Gone(
                booth.pk,
                seat_id,
                f"{number}{suffix}",
                booth.place.name,
                date.fromisoformat(booth.listed),
                agents[booth.pk],
            )
            (spared if self.reading.may_mean(seat_id, number) else retired).append(gone)
        return retired, spared

    def _totals(self, new: list[Record], retired: list[Gone]) -> dict[int, Total]:
        come = Counter(record.seat_id for record in new)
        go = Counter(gone.seat_id for gone in retired)
        before = Counter(key[0] for key in self.stored)
        return {
            seat: Total(before[seat], before[seat] + come[seat] - go[seat])
            for seat in self.districts
        }

    # What belongs together

    def _split_from(self, new: list[Record], at: dict[Key, Stored]) -> dict[Key, str]:
        seats = {record.seat_id for record in new} & {key[0] for key in self.stored}
        if not seats:
            return {}
        standing = self._standing(seats, [key for key in at if key[0] in seats], at)
        found = {}
        for record in new:
            near = standing.get(record.seat_id)
            if near and (parent := near.parent_of(place_of(record))):
                found[record.key] = parent.label
        return found

    def _merged_into(self, retired: list[Gone], at: dict[Key, Stored]) -> dict[int, str]:
        seats = {gone.seat_id for gone in retired}
        keys = [record.key for record in self.reading.records if record.seat_id in seats]
        standing = self._standing(seats, keys, at)
        places = {p.of.pk: p for seat in seats for p in self.places[seat]}
        found = {}
        for gone in retired:
            if heir := standing[gone.seat_id].heir_of(places[gone.booth_id]):
                found[gone.booth_id] = heir.label
        return found

    def _standing(
        self, seats: Iterable[int], keys: Iterable[Key], at: dict[Key, Stored]
    ) -> dict[int, Standing]:
        """The booths of these keys as they will be after the import."""
        wanted = set(keys)
        after: dict[int, list[Place]] = {seat: [] for seat in seats}
        for seat, places in after.items():
            for listed in self.listed[seat]:
                if listed.of.key in wanted:
                    booth = at.get(listed.of.key)
                    places.append(_after(listed, booth.place) if booth else listed)
        return {seat: Standing(places) for seat, places in after.items()}


def _renumbered(match: Match) -> Renumbered:
    old, record = match.old, match.new.of
    return Renumbered(old.of.pk, record, old.label, old.name, match.how_sure)


def _after(listed: Place, before: Place) -> Place:
    """An empty cell says nothing."""
    said = zip(listed.texts, before.texts, strict=True)
    return Place(listed.number, listed.suffix, tuple(new or old for new, old in said))


def _standing_at(booths: Iterable[Stored]) -> Counter[int]:
    """How many agents stand at each of the booths."""
    wanted = {booth.pk: booth.key[0] for booth in booths}
    if not wanted:
        return Counter()
    there = Appointment.objects.standing().filter(booth__assembly_seat__in=set(wanted.values()))
    return Counter(pk for pk in there.values_list("booth", flat=True) if pk in wanted)
