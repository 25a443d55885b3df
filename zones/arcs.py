"""Cuts neighbouring shapes into arcs, so that a border is kept once and no gap can open at it.

A ring is a list of whole-numbered points that does not repeat its first one at its end; a shape is
a list of rings. An arc runs between points where more than two lines meet. A cut ring is a list of
arcs in order: n is arc n forwards, ~n the same backwards.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[int, int]
Ring = list[Point]

CELL = 32  # grid units; points are looked for in squares of this side


@dataclass(frozen=True)
class Topology:
    arcs: list[Ring]
    shapes: dict[int, list[list[int]]]  # the cut rings of each shape

    def ring(self, cut_ring: Iterable[int]) -> Ring:
        """The points of a cut ring, joined again."""
        return [point for number in cut_ring for point in self._walked(number)[:-1]]

    def rings(self, shape: int) -> list[Ring]:
        return [self.ring(cut_ring) for cut_ring in self.shapes[shape]]

    def _walked(self, number: int) -> Ring:
        return self.arcs[number] if number >= 0 else self.arcs[~number][::-1]


def edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return pairwise([*ring, ring[0]])


def doubled_area(ring: Ring) -> int:
    """Twice the area; negative where the ring runs the other way round."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in edges(ring))


def cut(shapes: Mapping[int, list[Ring]]) -> Topology:
    """Points that lie on a neighbour's line become its points too; what has no width is left out."""
    tidy = {key: _simple(rings) for key, rings in _stitched(shapes).items()}
    nodes = _nodes(ring for rings in tidy.values() for ring in rings)
    numbers: dict[tuple[Point, ...], int] = {}
    cut_rings = {
        key: [[_number(arc, numbers) for arc in _split(ring, nodes)] for ring in rings]
        for key, rings in tidy.items()
    }
    return Topology([list(arc) for arc in numbers], cut_rings)


# Points on the line of a neighbour


def _stitched(shapes: Mapping[int, list[Ring]]) -> dict[int, list[Ring]]:
    near: dict[Point, set[Point]] = defaultdict(set)
    for rings in shapes.values():
        for x, y in (point for ring in rings for point in ring):
            near[x // CELL, y // CELL].add((x, y))
    return {key: [_with_points_on(ring, near) for ring in rings] for key, rings in shapes.items()}


def _with_points_on(ring: Ring, near: Mapping[Point, set[Point]]) -> Ring:
    found: Ring = []
    for a, b in edges(ring):
        # Both sides of a border must find the same points in the same order.
        between = _between(min(a, b), max(a, b), near)
        found += [a, *(between if a < b else reversed(between))]
    return found


def _between(a: Point, b: Point, near: Mapping[Point, set[Point]]) -> Ring:
    """Points at most one unit from the line, in order from a to b."""
    width, height = b[0] - a[0], b[1] - a[1]
    length = width * width + height * height
    found = []
    for x, y in _around(a, b, near):
        along = (x - a[0]) * width + (y - a[1]) * height
        beside = (x - a[0]) * height - (y - a[1]) * width
        if 0 < along < length and beside * beside <= length:
            found.append((along, (x, y)))
    return [point for _along, point in sorted(found)]


def _around(a: Point, b: Point, near: Mapping[Point, set[Point]]) -> Iterator[Point]:
    left, right = a[0] - 1, b[0] + 1  # a is the lesser
    top, bottom = min(a[1], b[1]) - 1, max(a[1], b[1]) + 1
    for column in range(left // CELL, right // CELL + 1):
        for row in range(top // CELL, bottom // CELL + 1):
            yield from near.get((column, row), ())


# Loops that come to no point twice


def _simple(rings: Iterable[Ring]) -> list[Ring]:
    return [loop for ring in rings for loop in _loops(ring) if doubled_area(loop)]


def _loops(ring: Ring) -> Iterator[Ring]:
    """Where a ring comes back to a point it is parted; so a spur or a corridor without width, that
    runs there and back, falls away."""
    path: Ring = []
    place: dict[Point, int] = {}
    for point in ring:
        if point in place:
            start = place[point]
            yield path[start:]
            for passed in path[start + 1 :]:
                del place[passed]
            del path[start + 1 :]
        else:
            place[point] = len(path)
            path.append(point)
    yield path


# Arcs


def _nodes(rings: Iterable[Ring]) -> set[Point]:
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for a, b in edges(ring):
            beside[a].add(b)
            beside[b].add(a)
    return {point for point, others in beside.items() if len(others) > 2}


def _split(ring: Ring, nodes: set[Point]) -> Iterator[Ring]:
    """From node to node. A ring without one is a single arc from its least point."""
    start = next((i for i, point in enumerate(ring) if point in nodes), ring.index(min(ring)))
    ring = ring[start:] + ring[: start + 1]
    arc = ring[:1]
    for point in ring[1:]:
        arc.append(point)
        if point in nodes:
            yield arc
            arc = [point]
    if len(arc) > 1:
        yield arc


def _number(arc: Ring, numbers: dict[tuple[Point, ...], int]) -> int:
    back = tuple(reversed(arc))
    if back in numbers:
        return ~numbers[back]
    return numbers.setdefault(tuple(arc), len(numbers))
