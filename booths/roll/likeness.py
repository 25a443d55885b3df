"""How much two booths look like one by their name, building and place.

Names of a seat have most of their words in common ("Primary School …"), so what few booths share
weighs more. Words are compared by how they begin and how they end, so that a slip in one of them
does not make it another. Names that differ in a digit are of two rooms or two schools, however
alike.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from booths.roll.text import folded

ALIKE = 0.6
CLEARLY = 0.1  # by so much the best is better than the next
FEW = 8  # a piece that more booths have tells nothing
CANDIDATES = 8
PIECE = 4  # letters of a word, at either end
NAMES = 3  # of the texts of a place, the first: names and building; the last is its area
WORDS = re.compile(r"[^\s,;:.()/-]+")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Place:
    """A booth, stored or of a list, by what tells it from others. `of` is whatever it stands for."""

    number: int
    suffix: str
    texts: tuple[str, ...]  # name in Hindi and in English, building, area
    electors: int | None = None
    of: Any = None

    @property
    def key(self) -> tuple[int, str]:
        return (self.number, self.suffix)

    @property
    def label(self) -> str:
        return f"{self.number}{self.suffix}"

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(map(folded, self.texts))

    @property
    def name(self) -> str:
        return next(filter(None, self.texts[:NAMES]), "")


Profile = tuple[tuple[str, ...], frozenset[str], float]  # digits, pieces, weight of these


class Likeness:
    """Compares the places of one seat by the texts that both the list and the stored booths have."""

    def __init__(self, old: Sequence[Place], new: Sequence[Place]):
        both = [
            i
            for i in range(len(old[0].texts) if old else 0)
            if any(place.texts[i] for place in old) and any(place.texts[i] for place in new)
        ]
        self.said = both
        self.names = [i for i in both if i < NAMES] or both
        self._sides = (old, new)
        self._pieces: dict[Any, frozenset[str]] = {}
        self._profiles: dict[Any, Profile] = {}

    @cached_property
    def _held(self) -> dict[str, int]:
        """How many booths have a piece: a word that the new list adds to all names says nothing."""
        sides = [
            Counter(piece for place in side for piece in self.pieces(place)) for side in self._sides
        ]
        return sides[0] | sides[1]

    def whole(self, place: Place) -> tuple[str, ...]:
        return tuple(place.folded[i] for i in self.said)

    def name(self, place: Place) -> tuple[str, ...]:
        return tuple(place.folded[i] for i in self.names)

    def pieces(self, place: Place) -> frozenset[str]:
        texts = tuple(place.texts[i] for i in self.names)
        if texts not in self._pieces:
            words = {folded(word) for word in WORDS.findall(" ".join(dict.fromkeys(texts)))} - {""}
            ends = [(word[:PIECE], f"-{word[-PIECE:]}") for word in words]
            self._pieces[texts] = frozenset(end for both in ends for end in both)
        return self._pieces[texts]

    def _profile(self, place: Place) -> Profile:
        name = self.name(place)
        if name not in self._profiles:
            pieces = self.pieces(place)
            digits = tuple(DIGITS.findall(" ".join(name)))
            self._profiles[name] = (digits, pieces, self._weight(pieces))
        return self._profiles[name]

    def score(self, one: Place, other: Place) -> float:
        """From 0, nothing in common, to 1, the same name."""
        (digits, a, weight), (others, b, its_weight) = self._profile(one), self._profile(other)
        total = weight + its_weight
        return 2 * self._weight(a & b) / total if total and digits == others else 0.0

    def alike(self, one: Place, other: Place) -> bool:
        return self.score(one, other) >= ALIKE

    def _weight(self, pieces: Iterable[str]) -> float:
        held = self._held
        return sum(1 / held[piece] for piece in pieces)

    def pairs(self, old: Sequence[Place], new: Sequence[Place]) -> list[tuple[Place, Place]]:
        """Who is plainly whose likest, on both sides. Only places that share something rare are
        laid side by side, so that the work grows with the places and not with their square."""
        having: dict[str, list[int]] = {}
        for i, place in enumerate(new):
            for piece in self.pieces(place):
                having.setdefault(piece, []).append(i)
        scores: dict[tuple[int, int], float] = {}
        for o, place in enumerate(old):
            shared: Counter[int] = Counter()
            for piece in self.pieces(place):
                if len(holders := having.get(piece, ())) <= FEW:
                    shared.update(holders)
            for n, _times in shared.most_common(CANDIDATES):
                scores[o, n] = self.score(place, new[n])
        return [(old[o], new[n]) for o, n in _mutual(scores)]


def _mutual(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    ranked: tuple[dict[int, list[float]], dict[int, list[float]]] = ({}, {})
    for pair, score in scores.items():
        for side, each in zip(ranked, pair, strict=True):
            side.setdefault(each, []).append(score)
    for side in ranked:
        for found in side.values():
            found.sort(reverse=True)

    def is_plain(side: dict[int, list[float]], each: int, score: float) -> bool:
        best, *others = side[each]
        return score == best and (not others or best - others[0] >= CLEARLY)

    return sorted(
        (o, n)
        for (o, n), score in scores.items()
        if score >= ALIKE and is_plain(ranked[0], o, score) and is_plain(ranked[1], n, score)
    )
