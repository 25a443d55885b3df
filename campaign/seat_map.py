"""The geometry of the map: pure functions from figures of borders to paths on a sheet.

A state without borders has a sheet of tiles instead, which the rest takes for a map. Lengths in
pixels are meant at NOMINAL, about the width at which a page shows the map.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

NOMINAL = 400  # pixels
SMALL = 14  # pixels: a seat that is nowhere longer is shown in an inset …
SMALL_IN_PART = 20  # … and on the map of a part, which has room for more of them
NEARLY = 1.5  # times that, beside such a one
NEAR = 8  # pixels between small seats that share an inset
LEAST = 1 / 24  # of the sheet is shown
INSET_WIDTH, INSET_HEIGHT, INSET_GAP, CAPTION = 82, 62, 10, 18  # pixels
TILE, GAP, COLUMNS, HEADING, BASELINE = 40, 4, 10, 24, 17  # units of a sheet of tiles

Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def __or__(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, across: float, down: float | None = None) -> "Box":
        down = across if down is None else down
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)

    def at(self, left: float, top: float) -> "Box":
        """The same moved there."""
        return Box(left, top, left + self.width, top + self.height)

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def __str__(self) -> str:
        """As the viewBox of SVG."""
        return f"{self.left:.0f} {self.top:.0f} {self.width:.0f} {self.height:.0f}"


@dataclass(frozen=True)
class Spot:
    """Where a label of a seat stands, and how far it is from there to the border."""

    x: float
    y: float
    room: float = 0
    text: str = ""


@dataclass(frozen=True)
class Sheet:
    box: Box
    paths: dict[int, str]  # by the number of the seat, as all here
    boxes: dict[int, Box]
    spots: dict[int, Spot]
    arcs: list[list[Point]] = field(default_factory=list)
    sides: list[tuple[int, ...]] = field(default_factory=list)  # the seats on those of each arc
    headings: list[Spot] = field(default_factory=list)  # of tiles


@dataclass(frozen=True)
class Inset:
    """A window on small seats, and where on the sheet it is shown."""

    window: Box
    place: Box
    seats: list[int]  # the small ones
    around: list[int]  # all that the window shows besides


# A map


def sheet(figures: Mapping) -> Sheet:
    arcs = [_points(steps) for steps in figures["arcs"]]
    paths, boxes, sides = {}, {}, [() for _arc in arcs]
    for name, rings in figures["seats"].items():
        number = int(name)
        walked = [_joined(ring, arcs) for ring in rings]
        paths[number] = "".join(f"{_path(points[:-1])}z" for points in walked)
        boxes[number] = _box_of([point for points in walked for point in points])
        for arc in {arc if arc >= 0 else ~arc for ring in rings for arc in ring}:
            sides[arc] = (*sides[arc], number)
    width, height = figures["size"]
    spots = {int(name): Spot(x, y, room) for name, (x, y, room) in figures["labels"].items()}
    return Sheet(Box(0, 0, width, height), paths, boxes, spots, arcs, sides)


def _points(steps: list[int]) -> list[Point]:
    x, y, points = 0, 0, []
    for across, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + across, y + down
        points.append((x, y))
    return points


def _joined(ring: Iterable[int], arcs: list[list[Point]]) -> list[Point]:
    """Closed: its first point is its last."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _path(points: list[Point]) -> str:
    """In steps from point to point, since these have few digits: M120 33l3-4 5 6."""
    (x, y), *others = points
    steps = ""
    for to_x, to_y in others:
        for step in (to_x - x, to_y - y):
            steps += f"{step}" if step < 0 or not steps else f" {step}"
        x, y = to_x, to_y
    return f"M{points[0][0]} {points[0][1]}l{steps}"


def shapes(drawn: Sheet) -> str:
    """An SVG with each seat under its number, for pages to name: their colours are the pages'."""
    paths = "".join(
        f'<path id="s{seat}" vector-effect="non-scaling-stroke" d="{path}"/>'
        for seat, path in drawn.paths.items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{paths}</defs></svg>'


def _box_of(points: list[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def outline(drawn: Sheet, groups: Mapping[int, Hashable]) -> str:
    """The line between seats of different groups, as a path. All in no group are one; the rim of
    the sheet is no line."""
    return _lines(drawn, lambda sides: len({groups.get(seat) for seat in sides}) > 1)


def rim(drawn: Sheet, seats: Collection[int]) -> str:
    """Where the seats lie at the rim of the sheet."""
    return _lines(drawn, lambda sides: len(sides) == 1 and sides[0] in seats)


def _lines(drawn: Sheet, are_parted: Callable[[tuple[int, ...]], bool]) -> str:
    arcs = zip(drawn.arcs, drawn.sides, strict=True)
    return "".join(_path(arc) for arc, sides in arcs if are_parted(sides))


def window(drawn: Sheet, seats: Iterable[int], share: float = 0.08) -> Box:
    """Around the seats, with so much of the longer side around them; never a narrow strip, nor so
    small that it does not show where they lie."""
    box = _around(drawn, seats)
    box = box.grown(share * max(box.width, box.height))
    least = max(drawn.box.width, drawn.box.height) * LEAST
    return _at_least(box, max(box.height * 0.6, least), max(box.width * 0.5, least))


def _at_least(box: Box, width: float, height: float) -> Box:
    return box.grown(max(width - box.width, 0) / 2, max(height - box.height, 0) / 2)


def _around(drawn: Sheet, seats: Iterable[int]) -> Box:
    first, *others = (drawn.boxes[seat] for seat in seats)
    for box in others:
        first = first | box
    return first


def seats_in(drawn: Sheet, view: Box) -> list[int]:
    return [seat for seat, box in drawn.boxes.items() if box.meets(view)]


def middle_of(drawn: Sheet, seats: list[int]) -> Spot:
    """Of the seats with room for a label, the spot of the one that is nearest to their middle."""
    areas = {seat: drawn.boxes[seat].width * drawn.boxes[seat].height for seat in seats}
    whole = sum(areas.values()) or 1
    x = sum(drawn.spots[seat].x * areas[seat] for seat in seats) / whole
    y = sum(drawn.spots[seat].y * areas[seat] for seat in seats) / whole
    enough = 9 * pixel(drawn.box)
    roomy = [seat for seat in seats if drawn.spots[seat].room >= enough] or seats
    spots = [drawn.spots[seat] for seat in roomy]
    return min(spots, key=lambda spot: (spot.x - x) ** 2 + (spot.y - y) ** 2)


def pixel(view: Box) -> float:
    """How many units of the sheet a pixel is, where this much of it is shown."""
    return view.width / NOMINAL


# Insets


def with_insets(
    drawn: Sheet, view: Box, seats: Collection[int], small: float = SMALL
) -> tuple[Box, list[Inset]]:
    """What is to be shown of the sheet so that those of the seats that are small in this view have
    a place of their own: in a corner that is free of the seats, or below all else."""
    unit = pixel(view)
    groups = _clusters(drawn, seats, unit, small * unit)
    if not groups:
        return view, []
    columns = 2 if len(groups) in (2, 4) else min(len(groups), 3)
    block = _free_corner(drawn, view, seats, _block(len(groups), columns, unit))
    return view | block, [
        _inset(drawn, group, _frame(block, place, columns, unit))
        for place, group in enumerate(groups)
    ]


def _frame(block: Box, place: int, columns: int, unit: float) -> Box:
    row, column = divmod(place, columns)
    left = block.left + column * (INSET_WIDTH + INSET_GAP) * unit
    top = block.top + (row * (INSET_HEIGHT + CAPTION + INSET_GAP) + CAPTION) * unit
    return Box(left, top, left + INSET_WIDTH * unit, top + INSET_HEIGHT * unit)


def _inset(drawn: Sheet, seats: list[int], frame: Box) -> Inset:
    box = _around(drawn, seats)
    box = box.grown(0.1 * max(box.width, box.height))
    ratio = INSET_WIDTH / INSET_HEIGHT
    shown = _at_least(box, box.height * ratio, box.width / ratio)
    return Inset(
        shown, frame, seats, [seat for seat in seats_in(drawn, shown) if seat not in seats]
    )


def _clusters(drawn: Sheet, seats: Collection[int], unit: float, small: float) -> list[list[int]]:
    """The small seats, together with those near them that are nearly so; from the first number."""
    side = {seat: max(drawn.boxes[seat].width, drawn.boxes[seat].height) for seat in seats}
    groups: list[tuple[Box, list[int]]] = []
    for seat in sorted(seat for seat in seats if side[seat] <= NEARLY * small):
        box, members = drawn.boxes[seat], [seat]
        for other in [each for each in groups if each[0].meets(box.grown(NEAR * unit))]:
            groups.remove(other)
            box, members = box | other[0], other[1] + members
        groups.append((box, members))
    found = [sorted(members) for _box, members in groups]
    return sorted(group for group in found if any(side[seat] <= small for seat in group))


def _block(number: int, columns: int, unit: float) -> Box:
    rows = -(-number // columns)
    width = columns * INSET_WIDTH + (columns - 1) * INSET_GAP
    height = rows * (INSET_HEIGHT + CAPTION) + (rows - 1) * INSET_GAP
    return Box(0, 0, width * unit, height * unit)


def _free_corner(drawn: Sheet, view: Box, seats: Collection[int], block: Box) -> Box:
    right, bottom = view.right - block.width, view.bottom - block.height
    own = [
        _box_of([a, b]).grown(4 * pixel(view))
        for arc, sides in zip(drawn.arcs, drawn.sides, strict=True)
        if any(seat in seats for seat in sides)
        for a, b in pairwise(arc)
    ]
    corners = ((right, bottom), (view.left, view.top), (right, view.top), (view.left, bottom))
    for left, top in corners:
        corner = block.at(left, top)
        # Free of their lines it is free of the seats: none reaches around a corner of the view.
        if not any(line.meets(corner) for line in own):
            return corner
    return block.at(view.left, view.bottom + INSET_GAP * pixel(view))


# Tiles


def tiles(groups: Iterable[tuple[str, list[list[int]]]]) -> Sheet:
    """A square for each seat. `groups`: a heading, which may be empty, and runs of seats that stay
    together; a run begins on a new line where the line has no room for it."""
    paths, boxes, spots, headings = {}, {}, {}, []
    step, y = TILE + GAP, 0
    for heading, runs in groups:
        if heading:
            headings.append(Spot(0, y + BASELINE, text=heading))
            y += HEADING
        column = 0
        for run in runs:
            if column and column + len(run) > COLUMNS:
                y, column = y + step, 0
            for seat in run:
                if column == COLUMNS:
                    y, column = y + step, 0
                x = column * step
                paths[seat] = f"M{x} {y}h{TILE}v{TILE}h-{TILE}z"
                boxes[seat] = Box(x, y, x + TILE, y + TILE)
                spots[seat] = Spot(x + TILE / 2, y + TILE / 2, TILE / 2)
                column += 1
        y += step + 2 * GAP
    return Sheet(
        Box(0, 0, COLUMNS * step - GAP, y - 3 * GAP), paths, boxes, spots, headings=headings
    )
