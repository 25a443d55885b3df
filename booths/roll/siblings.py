"""Which booths belong together: what a new one was split from, and which one takes the voters of a
booth that is gone. Proposed by name, building and number; nobody is moved by it.
"""

from collections import defaultdict
from collections.abc import Iterable

from booths.roll.likeness import NAMES, Place

FEW = 4  # a name that more booths of the seat have is "Primary School", and tells neighbours only
NEXT = 2  # numbers away


class Standing:
    """The booths of a seat that are on its list, to be looked up by what they share."""

    def __init__(self, places: Iterable[Place]):
        self.by_number: dict[int, list[Place]] = defaultdict(list)
        self.by_text: dict[tuple[int, str], list[Place]] = defaultdict(list)
        for place in places:
            self.by_number[place.number].append(place)
            for i, text in enumerate(place.folded[:NAMES]):
                if text:
                    self.by_text[i, text].append(place)

    def parent_of(self, new: Place) -> Place | None:
        """What a new booth was split from: the other station of its number, or the one before or
        after it in the same building."""
        if near := self._of_its_number(new):
            return near
        beside = [place for place in self._sharing(new) if abs(place.number - new.number) == 1]
        return min(beside, key=lambda place: place.key, default=None)

    def heir_of(self, gone: Place) -> Place | None:
        """Where the agents of a booth that is gone may go: to the nearest of its building, or to
        the other station of its number."""
        sharing = self._sharing(gone)
        nearest = min(
            sharing, key=lambda place: (abs(place.number - gone.number), place.key), default=None
        )
        return nearest or self._of_its_number(gone)

    def _of_its_number(self, place: Place) -> Place | None:
        others = [each for each in self.by_number[place.number] if each.suffix != place.suffix]
        return min(others, key=lambda each: each.key, default=None)

    def _sharing(self, place: Place) -> list[Place]:
        found: dict[tuple[int, str], Place] = {}
        for i, text in enumerate(place.folded[:NAMES]):
            having = self.by_text.get((i, text), []) if text else []
            for each in having:
                if len(having) <= FEW or abs(each.number - place.number) <= NEXT:
                    found[each.key] = each
        found.pop(place.key, None)
        return list(found.values())
