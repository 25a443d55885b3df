"""Which booths of a seat a new list has under another number. Identity follows the building.

Nothing is decided here: a match is proposed, and holds once somebody confirms it. What is exact
comes first; a booth that has its name at its own number stays there. Where several booths have one
name, their electors and then their order decide, if there are as many of them as before.
"""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from booths.roll.likeness import Likeness, Place

# The very name, by itself or borne out by its neighbours; nearly the name; the order of booths of
# one name alone.
SAME, NEAR, ORDER = "same", "near", "order"
Key = tuple[int, str]
Group = tuple[list[Place], list[Place]]


@dataclass(frozen=True, slots=True)
class Match:
    """A stored booth and where the list has it now, under another number."""

    old: Place
    new: Place
    how_sure: str

    @property
    def shift(self) -> int | None:
        """By how much the number changes, where nothing else does."""
        same = self.old.suffix == self.new.suffix
        return self.new.number - self.old.number if same else None


def matches(old: Sequence[Place], new: Sequence[Place]) -> list[Match]:
    """Of one seat, in the order of the stored booths."""
    if not _somebody_may_have_moved(old, new):
        return []
    return sorted(_Seat(old, new).matches(), key=lambda match: match.old.key)


def _somebody_may_have_moved(old: Sequence[Place], new: Sequence[Place]) -> bool:
    """Of most seats a new list says what the old one said."""
    said = {place.key: place.texts for place in new}
    stay = {place.key for place in old if _says_as_much(place.texts, said.get(place.key))}
    return len(stay) < min(len(old), len(new))


def _says_as_much(had: tuple[str, ...], says: tuple[str, ...] | None) -> bool:
    return says is not None and all(s in ("", h) for h, s in zip(had, says, strict=True))


class _Seat:
    def __init__(self, old: Sequence[Place], new: Sequence[Place]):
        self.likeness = Likeness(old, new)
        self.listed = {place.key: place for place in new}
        # Those of whom nothing is settled yet.
        self.old = {place.key: place for place in old}
        self.new = dict(self.listed)

    def matches(self) -> list[Match]:
        if not self.likeness.said:
            return []
        found = self._doubted(list(self._of_one_sign(self.likeness.whole, SAME)))
        self._settle_at_their_numbers()
        found += self._of_one_sign(self.likeness.name, NEAR)
        found += self._of_likeness()
        return list(_borne_out(found))

    def _of_one_sign(self, sign: Callable[[Place], tuple[str, ...]], how: str) -> Iterator[Match]:
        groups: dict[tuple[str, ...], Group] = {}
        for side, places in enumerate((self.old, self.new)):
            for place in places.values():
                if any(said := sign(place)):
                    groups.setdefault(said, ([], []))[side].append(place)
        for group in groups.values():
            alone = len(group[0]) == len(group[1]) == 1
            for old, new in _pairs(*group):
                if match := self._settled(old, new, how if alone else ORDER):
                    yield match

    def _settled(self, old: Place, new: Place, how: str) -> Match | None:
        del self.old[old.key], self.new[new.key]
        return None if old.key == new.key else Match(old, new, how)

    def _doubted(self, found: list[Match]) -> list[Match]:
        """Who has nearly its name at its own number too may have been mistaken for another."""
        taken = {match.new.key for match in found}
        near = {
            match.old.key
            for match in found
            if match.old.key not in taken
            and (own := self.listed.get(match.old.key))
            and self.likeness.alike(match.old, own)
        }
        return [
            replace(match, how_sure=NEAR) if match.old.key in near else match for match in found
        ]

    def _settle_at_their_numbers(self) -> None:
        for key in self.old.keys() & self.new.keys():
            if self.likeness.alike(self.old[key], self.new[key]):
                del self.old[key], self.new[key]

    def _of_likeness(self) -> Iterator[Match]:
        pairs = self.likeness.pairs(list(self.old.values()), list(self.new.values()))
        for old, new in pairs:
            if match := self._settled(old, new, NEAR):
                yield match


def _pairs(old: list[Place], new: list[Place]) -> list[tuple[Place, Place]]:
    """Who is who among booths of one name. As far as numbers only came or only went, everybody
    stays; else the same electors tell, then the order of as many as before."""
    before = {place.key: place for place in old}
    after = {place.key: place for place in new}
    if before.keys() <= after.keys() or after.keys() <= before.keys():
        return [(before[key], after[key]) for key in sorted(before.keys() & after.keys())]
    found = _with_the_same_electors(old, new)
    for a, b in found:
        del before[a.key], after[b.key]
    return found + _in_order(list(before.values()), list(after.values()))


def _with_the_same_electors(old: list[Place], new: list[Place]) -> list[tuple[Place, Place]]:
    a, b = _by_electors(old), _by_electors(new)
    return [(a[electors], b[electors]) for electors in sorted(a.keys() & b.keys())]


def _by_electors(places: Iterable[Place]) -> dict[int, Place]:
    """Those whose number of electors no other has."""
    found: dict[int, list[Place]] = {}
    for place in places:
        if place.electors:
            found.setdefault(place.electors, []).append(place)
    return {electors: each[0] for electors, each in found.items() if len(each) == 1}


def _in_order(old: list[Place], new: list[Place]) -> list[tuple[Place, Place]]:
    if len(old) != len(new):
        # One became two, perhaps, 5 became 6 and 6A: those of one suffix are told apart.
        of_suffix = [
            ([p for p in old if p.suffix == s], [p for p in new if p.suffix == s])
            for s in sorted({place.suffix for place in old})
        ]
        return [pair for a, b in of_suffix if len(a) == len(b) for pair in _in_order(a, b)]
    by_number = [sorted(side, key=lambda place: place.key) for side in (old, new)]
    return list(zip(*by_number, strict=True))


def _borne_out(found: list[Match]) -> Iterator[Match]:
    """Booths of one name that moved as far as the sure one before or after them moved with it."""
    sure = sorted((m.old.number, m.shift) for m in found if m.how_sure == SAME and m.shift)
    numbers = [number for number, _shift in sure]
    for match in found:
        at = bisect(numbers, match.old.number)
        beside = {shift for _number, shift in sure[max(at - 1, 0) : at + 1]}
        if match.how_sure == ORDER and match.shift in beside:
            match = replace(match, how_sure=SAME)
        yield match


def closed(
    found: Iterable[Match], stays: Callable[[Place], bool], old: Iterable[Place]
) -> list[Match]:
    """Those matches of a seat whose new number becomes free: nobody has it, or who has it moves
    too, or leaves the list. `stays` says who does not leave it."""
    held = {place.key: place for place in old}
    left = {match.old.key: match for match in found}
    kept: set[Key] = set()  # at their numbers, since the new one is taken
    while True:
        blocked = {
            key
            for key, match in left.items()
            if match.new.key in kept
            or (match.new.key in held and match.new.key not in left and stays(held[match.new.key]))
        }
        if not blocked:
            return list(left.values())
        kept |= blocked
        left = {key: match for key, match in left.items() if key not in blocked}
