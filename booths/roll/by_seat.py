"""Drafts brought together by seat, in groups of whole seats: the rows of one booth are looked at
together, wherever they stand. Those that are too many to be held are put aside in a file.
"""

import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import IO

from booths.roll.drafts import Draft
from booths.roll.seats import Seat

# Drafts that are held at a time; a group of seats has no more, unless it is one large seat.
HELD = 20_000
all_but_seat = attrgetter(*(name for name in Draft.__slots__ if name != "seat"))


class BySeat:
    def __init__(self, file: IO[bytes], held: int = HELD):
        self.file, self.held = file, held
        self.seats: dict[int, Seat] = {}
        self.sizes: Counter[int] = Counter()
        self.waiting: dict[int, list[Draft]] = defaultdict(list)
        self.places: dict[int, list[int]] = defaultdict(list)  # in the file

    def take(self, drafts: Iterable[Draft]) -> None:
        for count, draft in enumerate(drafts, start=1):
            if not draft.is_auxiliary:
                draft.cells = ()  # nobody asks for them any more
            self.waiting[draft.seat.id].append(draft)
            if count % self.held == 0:
                self._put_aside()
        self._count()

    def _count(self) -> None:
        for seat, drafts in self.waiting.items():
            self.seats[seat] = drafts[0].seat
            self.sizes[seat] += len(drafts)

    def _put_aside(self) -> None:
        self._count()
        for seat, drafts in self.waiting.items():
            self.places[seat].append(self.file.tell())
            pickle.dump([*map(all_but_seat, drafts)], self.file, pickle.HIGHEST_PROTOCOL)
        self.waiting.clear()

    def groups(self) -> Iterator[list[Draft]]:
        """In the order of the ids of their seats; each in the order of its rows."""
        for seats in self._packed():
            drafts = [draft for seat in seats for draft in self._of(seat)]
            yield sorted(drafts, key=attrgetter("row"))

    def _packed(self) -> Iterator[list[int]]:
        group: list[int] = []
        size = 0
        for seat in sorted(self.sizes):
            if group and size + self.sizes[seat] > self.held:
                yield group
                group, size = [], 0
            group.append(seat)
            size += self.sizes[seat]
        # One of no booth too is compared: a list of faults alone is a list.
        if group or not self.sizes:
            yield group

    def _of(self, seat: int) -> Iterator[Draft]:
        for place in self.places.get(seat, ()):
            self.file.seek(place)
            for row, *rest in pickle.load(self.file):
                yield Draft(row, self.seats[seat], *rest)
        yield from self.waiting.get(seat, ())
