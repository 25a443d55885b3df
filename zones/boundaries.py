"""Turns the borders of seats into figures for a page, and keeps them: all of a state or nothing.

Degrees become whole units of a sheet (equirectangular, true at the middle latitude), the longer
side of which has SHEET units. Figures are plain JSON:

    size    width and height of the sheet
    arcs    of each arc its first point, then the step to each next one: [x, y, dx, dy, …]
    seats   by number the rings of a seat, each a list of arcs (n forwards, ~n backwards)
    labels  by number the point of a seat that is farthest from its border, and how far
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from zones import arcs
from zones.arcs import Point, Ring, Topology
from zones.boundary_files import Polygon, Position, read_boundaries
from zones.models import SeatMap, State

SHEET = 4096


@dataclass
class Report:
    seat_map: SeatMap
    is_changed: bool
    size: int  # letters of the figures


@transaction.atomic
def import_boundaries(
    path: Path, *, code: str, source: Mapping[str, str], number_in: str = ""
) -> Report:
    """`source`: source_hi and source_en, whom the borders are from; what is not said of them is as of
    those that are loaded, or else the name of the file.

    Raises ValidationError with a sentence for each thing that is wrong.
    """
    state = State.objects.filter(code=code).first()
    seats = list(state.assembly_seats.values_list("number", flat=True)) if state else []
    if not seats:
        raise ValidationError(
            _("The state %(code)s has no assembly seats yet: load them with import_territory.")
            % {"code": code}
        )
    figures = figures_of(read_boundaries(path, seats, number_in))
    known = SeatMap.objects.select_for_update().filter(state=state).first()
    source = _source(known, path) | source
    wanted = {"figures": figures, "digest": digest_of(figures, source), **source}
    is_changed = known is None or known.digest != wanted["digest"]
    if is_changed:
        known, _created = SeatMap.objects.update_or_create(state=state, defaults=wanted)
    return Report(known, is_changed, len(_written(figures)))


def _source(known: SeatMap | None, path: Path) -> dict[str, str]:
    if known is None:
        return {"source_en": path.name, "source_hi": ""}
    return {"source_en": known.source_en, "source_hi": known.source_hi}


def digest_of(figures: dict, source: Mapping[str, str]) -> str:
    """Names the map in caches: another digest is another map."""
    return hashlib.sha256(_written([figures, source]).encode()).hexdigest()


def _written(content) -> str:
    return json.dumps(content, separators=(",", ":"), sort_keys=True)


def figures_of(seats: Mapping[int, list[Polygon]]) -> dict:
    project, size = _projection(seats)
    shapes = {
        number: [ring for polygon in polygons for ring in _drawn(polygon, project)]
        for number, polygons in sorted(seats.items())
    }
    topology = arcs.cut(shapes)
    if vanished := [number for number, rings in topology.shapes.items() if not rings]:
        numbers = ", ".join(map(str, vanished))
        raise ValidationError(
            _("These seats enclose nothing that could be drawn: %(seats)s") % {"seats": numbers}
        )
    return {
        "size": size,
        "arcs": [_stepped(arc) for arc in topology.arcs],
        "seats": {str(number): rings for number, rings in topology.shapes.items()},
        "labels": {str(number): _label(topology, number) for number in topology.shapes},
    }


def _projection(seats: Mapping[int, list[Polygon]]):
    """How degrees become points of the sheet, north up, and its size."""
    positions = [
        position for polygons in seats.values() for polygon in polygons for position in polygon[0]
    ]
    west, east = _span(position[0] for position in positions)
    south, north = _span(position[1] for position in positions)
    shrunk = math.cos(math.radians((south + north) / 2))
    width, height = (east - west) * shrunk, north - south
    scale = SHEET / max(width, height)

    def project(position: Position) -> Point:
        return (
            round((position[0] - west) * shrunk * scale),
            round((north - position[1]) * scale),
        )

    return project, [round(width * scale), round(height * scale)]


def _span(numbers) -> tuple[float, float]:
    numbers = list(numbers)
    return min(numbers), max(numbers)


def _drawn(polygon: Polygon, project) -> list[Ring]:
    """Outer rings run one way and holes the other, so that neighbours run along a border in
    opposite directions."""
    rings = []
    for place, positions in enumerate(polygon):
        ring = [project(position) for position in positions]
        is_hole = place > 0
        rings.append(ring[::-1] if (arcs.doubled_area(ring) < 0) != is_hole else ring)
    return rings


def _stepped(arc: Ring) -> list[int]:
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(arc)]
    return [number for point in (arc[0], *steps) for number in point]


# Where a label has most room


def _label(topology: Topology, seat: int) -> list[int]:
    """The middle of the widest circle in the seat, about, and its radius."""
    rings = topology.rings(seat)
    xs, ys = zip(*max(rings, key=lambda ring: abs(arcs.doubled_area(ring))), strict=True)
    best = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    step = max(max(xs) - min(xs), max(ys) - min(ys)) / 10
    reach = 5
    while step >= 0.5:
        tried = [
            (best[0] + across * step, best[1] + down * step)
            for across in range(-reach, reach + 1)
            for down in range(-reach, reach + 1)
        ]
        best = max(tried, key=lambda point: _room(point, rings))
        step, reach = step / 3, 2
    return [round(best[0]), round(best[1]), max(round(_room(best, rings)), 0)]


def _room(point: tuple[float, float], rings: list[Ring]) -> float:
    """How far the point is from the border; below 0 outside."""
    edges = [edge for ring in rings for edge in arcs.edges(ring)]
    if not _is_inside(point, edges):
        return -1
    return min(_distance(point, a, b) for a, b in edges)


def _is_inside(point: tuple[float, float], edges: list[tuple[Point, Point]]) -> bool:
    x, y = point
    crossed = [
        x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in edges
        if (a[1] > y) != (b[1] > y)
    ]
    return crossed.count(True) % 2 == 1


def _distance(point: tuple[float, float], a: Point, b: Point) -> float:
    width, height = b[0] - a[0], b[1] - a[1]
    along = (point[0] - a[0]) * width + (point[1] - a[1]) * height
    share = min(max(along / (width * width + height * height), 0), 1)
    return math.hypot(point[0] - a[0] - share * width, point[1] - a[1] - share * height)
