"""Neighbours share their border: nothing opens and nothing is lost between them."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zones import arcs

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]


def moved(ring, across, down=0):
    return [(x + across, y + down) for x, y in ring]


@st.composite
def cracked(draw):
    """A field of cells whose corners were pushed about, each cell a shape of its own."""
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    push = st.integers(-30, 30)
    corner = {
        (column, row): (column * 100 + draw(push), row * 100 + draw(push))
        for column in range(columns + 1)
        for row in range(rows + 1)
    }
    around = ((0, 0), (1, 0), (1, 1), (0, 1))
    return {
        row * columns + column: [[corner[column + right, row + down] for right, down in around]]
        for column in range(columns)
        for row in range(rows)
    }


@st.composite
def walls(draw):
    """Rows of bricks: the corners of one row lie on the lines of the next."""
    shapes = {}
    for row in range(draw(st.integers(1, 4))):
        joints = sorted(draw(st.sets(st.integers(1, 9), max_size=4)))
        for left, right in zip([0, *joints], [*joints, 10], strict=True):
            top, bottom = row * 10, row * 10 + 10
            x0, x1 = left * 10, right * 10
            shapes[len(shapes)] = [[(x0, top), (x1, top), (x1, bottom), (x0, bottom)]]
    return shapes


fields = st.one_of(cracked(), walls())


@given(fields)
def test_every_ring_closes(shapes):
    topology = arcs.cut(shapes)
    for rings in topology.shapes.values():
        for ring in rings:
            walked = [topology.arcs[n] if n >= 0 else topology.arcs[~n][::-1] for n in ring]
            ends = [arc[-1] for arc in walked]
            assert [arc[0] for arc in walked] == [ends[-1], *ends[:-1]]


@given(fields)
def test_a_shape_keeps_its_area(shapes):
    topology = arcs.cut(shapes)
    for shape, (ring,) in shapes.items():
        found = sum(arcs.doubled_area(each) for each in topology.rings(shape))
        # A point within a unit of a line becomes a point of it.
        assert abs(found - arcs.doubled_area(ring)) <= 2 * perimeter(ring)


def perimeter(ring):
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in arcs.edges(ring))


@given(fields)
def test_a_shared_border_is_one_arc_that_both_sides_walk_in_opposite_directions(shapes):
    topology = arcs.cut(shapes)
    walked = Counter(n for rings in topology.shapes.values() for ring in rings for n in ring)

    assert set(walked.values()) == {1}
    assert {n if n >= 0 else ~n for n in walked} == set(range(len(topology.arcs)))
    edges = [frozenset(pair) for arc in topology.arcs for pair in pairwise(arc)]
    assert len(edges) == len(set(edges))


@given(walls())
def test_nothing_opens_where_a_corner_lies_on_the_line_of_a_neighbour(shapes):
    topology = arcs.cut(shapes)
    walked = {n for rings in topology.shapes.values() for ring in rings for n in ring}
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    (left, right), (top, bottom) = ((min(of), max(of)) for of in zip(*points, strict=True))

    for number in (n for n in walked if ~n not in walked):
        for a, b in pairwise(topology.arcs[number if number >= 0 else ~number]):
            # Walked from one side only: so it is a part of the frame of the wall.
            assert a[0] == b[0] in (left, right) or a[1] == b[1] in (top, bottom)


@given(fields)
def test_the_areas_add_up_to_what_the_outer_border_encloses(shapes):
    topology = arcs.cut(shapes)
    cut_rings = [ring for rings in topology.shapes.values() for ring in rings]
    walked = {n for ring in cut_rings for n in ring}
    outer = [n for n in walked if ~n not in walked]

    enclosed = sum(
        a[0] * b[1] - b[0] * a[1]
        for n in outer
        for a, b in pairwise(topology.arcs[n] if n >= 0 else topology.arcs[~n][::-1])
    )
    assert enclosed == sum(arcs.doubled_area(topology.ring(ring)) for ring in cut_rings)


def test_two_squares_side_by_side_have_three_arcs():
    topology = arcs.cut({1: [SQUARE], 2: [moved(SQUARE, 10)]})

    assert topology.arcs == [
        [(10, 0), (10, 10)],
        [(10, 10), (0, 10), (0, 0), (10, 0)],
        [(10, 0), (20, 0), (20, 10), (10, 10)],
    ]
    assert topology.shapes == {1: [[0, 1]], 2: [[2, ~0]]}


def test_a_shape_alone_is_one_arc_that_ends_where_it_begins():
    topology = arcs.cut({1: [SQUARE]})

    assert topology.arcs == [[*SQUARE, (0, 0)]]
    assert topology.rings(1) == [SQUARE]


def test_a_shape_in_the_hole_of_another_shares_its_border():
    around = [(-10, -10), (20, -10), (20, 20), (-10, 20)]
    topology = arcs.cut({1: [around, SQUARE[::-1]], 2: [SQUARE]})

    assert topology.shapes == {1: [[0], [1]], 2: [[~1]]}


@pytest.mark.parametrize(
    "ring",
    [
        [*SQUARE, (0, 10)],  # a point twice
        [(0, 0), (10, 0), (15, 0), (10, 0), (10, 10), (0, 10)],  # a spur
        [(0, 0), (10, 0), (10, 10), (10, 15), (10, 10), (0, 10)],
    ],
)
def test_what_has_no_width_falls_away(ring):
    assert arcs.cut({1: [ring]}).rings(1) == [SQUARE]


def test_a_shape_without_width_has_no_ring():
    assert arcs.cut({1: [[(0, 0), (10, 0), (20, 0)]]}).shapes == {1: []}


def test_a_corner_on_the_line_of_a_neighbour_is_a_point_of_it_too():
    below = [(0, 10), (20, 10), (20, 20), (0, 20)]
    topology = arcs.cut({1: [SQUARE], 2: [moved(SQUARE, 10)], 3: [below]})

    assert topology.rings(3) == [[(0, 10), (10, 10), (20, 10), (20, 20), (0, 20)]]
