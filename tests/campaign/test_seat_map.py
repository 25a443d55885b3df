"""The geometry of the map."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import seat_map
from campaign.seat_map import Box, Spot
from zones.boundaries import figures_of


@cache
def field(columns, rows, small=()):
    """A degree of land at the equator for each seat, from the upper left on; in the middle of seats
    in `small`, which is as wide as a thirtieth, lies the seat of a hundred more."""
    seats = {}
    for number in range(1, columns * rows + 1):
        row, column = divmod(number - 1, columns)
        seats[number] = [[square(column, -row, 1)]]
        if number in small:
            inner = square(column + 0.48, -row + 0.48, 1 / 30)
            seats[number][0].append(inner)
            seats[number + 100] = [[inner]]
    return seat_map.sheet(figures_of(seats))


def square(west, south, side):
    return [(west, south), (west + side, south), (west + side, south + side), (west, south + side)]


def test_a_sheet_has_a_path_of_each_seat_and_the_sides_of_each_line():
    drawn = field(2, 1)

    assert drawn.box == Box(0, 0, 4096, 2048)
    assert drawn.paths == {
        1: "M2048 0l0 2048-2048 0 0-2048z",
        2: "M2048 0l2048 0 0 2048-2048 0z",
    }
    assert drawn.boxes == {1: Box(0, 0, 2048, 2048), 2: Box(2048, 0, 4096, 2048)}
    assert drawn.spots == {1: Spot(1024, 1024, 1024), 2: Spot(3072, 1024, 1024)}
    assert sorted(drawn.sides) == [(1,), (1, 2), (2,)]


def test_the_outline_runs_only_between_groups():
    drawn = field(3, 1)

    # A third of the sheet is 1365 units.
    assert seat_map.outline(drawn, {1: "a", 2: "a", 3: "b"}) == "M2731 0l0 1365"
    assert seat_map.outline(drawn, {1: "a", 2: "a", 3: "a"}) == ""
    assert seat_map.outline(drawn, {2: "a"}) == "M1365 0l0 1365M2731 0l0 1365"


def test_the_rim_is_where_the_sheet_ends():
    drawn = field(2, 1)

    assert seat_map.rim(drawn, {1}) == "M2048 2048l-2048 0 0-2048 2048 0"
    assert seat_map.rim(drawn, {}) == ""


@given(st.integers(1, 3), st.integers(1, 3), st.data())
def test_a_window_shows_all_its_seats_and_is_no_strip(columns, rows, data):
    drawn = field(columns, rows)
    seats = data.draw(st.sets(st.sampled_from(sorted(drawn.boxes)), min_size=1))
    window = seat_map.window(drawn, seats)

    for seat in seats:
        box = drawn.boxes[seat]
        assert (window | box) == window
    assert 0.59 <= window.width / window.height <= 2.01


def test_a_seat_however_small_is_shown_with_where_it_lies():
    drawn = field(4, 4, small=(6,))

    assert seat_map.window(drawn, [106], 0.5).width > 4096 / 25


def test_seats_that_a_view_touches_are_in_it():
    drawn = field(3, 1)

    assert seat_map.seats_in(drawn, drawn.boxes[2]) == [2]
    assert seat_map.seats_in(drawn, drawn.boxes[2].grown(1)) == [1, 2, 3]


def test_without_small_seats_there_is_no_inset():
    drawn = field(3, 3)

    assert seat_map.with_insets(drawn, drawn.box, drawn.paths) == (drawn.box, [])


def test_what_is_small_is_said_in_pixels():
    drawn = field(4, 4, small=(6,))
    side = drawn.boxes[106].width / seat_map.pixel(drawn.box)

    def insets(small):
        return [its.seats for its in seat_map.with_insets(drawn, drawn.box, drawn.paths, small)[1]]

    assert insets(side - 1) == []
    assert insets(side + 1) == [[106]]


def test_a_small_seat_has_an_inset_below_where_no_corner_is_free():
    drawn = field(4, 4, small=(6,))
    view, (inset,) = seat_map.with_insets(drawn, drawn.box, drawn.paths)

    assert (inset.seats, inset.around) == ([106], [6])
    assert inset.place.top > drawn.box.bottom and view.bottom == inset.place.bottom
    assert (view | inset.place) == view
    assert (inset.window | drawn.boxes[106]) == inset.window


def test_an_inset_takes_a_corner_that_is_free_of_the_seats():
    drawn = field(4, 4, small=(6,))
    seats = [seat for seat in drawn.paths if seat not in (12, 16)]  # below on the right
    view, (inset,) = seat_map.with_insets(drawn, drawn.box, seats)

    assert view == drawn.box
    assert (inset.place.right, inset.place.bottom) == (view.right, view.bottom)


def test_small_seats_near_each_other_share_an_inset():
    drawn = field(9, 6, small=(13, 40))  # small seats are farther apart than they are wide
    both = [inset.seats for inset in seat_map.with_insets(drawn, drawn.box, drawn.paths)[1]]
    near = seat_map.sheet(
        figures_of(
            {
                1: [[square(0, 0, 9)]],
                2: [[square(9, 4, 0.2)]],
                3: [[square(9.2, 4, 0.2)]],
                4: [[square(9, 4.2, 0.4)]],  # a little larger
            }
        )
    )
    (inset,) = seat_map.with_insets(near, near.box, near.paths)[1]

    assert both == [[113], [140]]
    assert inset.seats == [2, 3, 4]


def test_the_number_of_a_zone_stands_in_the_seat_nearest_its_middle():
    drawn = field(3, 3)

    assert seat_map.middle_of(drawn, [1, 2, 3, 5]) == drawn.spots[2]
    assert seat_map.middle_of(drawn, [7]) == drawn.spots[7]


def test_tiles_stand_in_lines_of_ten_and_runs_stay_together():
    drawn = seat_map.tiles([("A", [[1, 2, 3], [*range(4, 12)]]), ("B", [[12]])])

    places = {seat: (box.left, box.top) for seat, box in drawn.boxes.items()}
    assert [places[seat] for seat in (1, 3, 4, 11, 12)] == [
        (0, 24),
        (88, 24),
        (0, 68),
        (308, 68),
        (0, 144),
    ]
    assert [(spot.text, spot.y) for spot in drawn.headings] == [("A", 17), ("B", 137)]
    assert drawn.paths[12] == "M0 144h40v40h-40z"
    assert drawn.box == Box(0, 0, 436, 184)


def test_a_run_longer_than_a_line_goes_on_in_the_next():
    drawn = seat_map.tiles([("", [[*range(1, 13)]])])

    assert (drawn.boxes[11].left, drawn.boxes[11].top) == (0, 44)


@pytest.mark.parametrize("pair", [(Box(0, 0, 1, 1), Box(1, 0, 2, 1)), (Box(0, 0, 1, 1),) * 2])
def test_boxes_that_only_touch_do_not_meet(pair):
    assert pair[0].meets(pair[1]) is (pair[0] == pair[1])
