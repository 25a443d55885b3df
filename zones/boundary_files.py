"""Reads the borders of seats from GeoJSON, and all that is wrong with it. No database.

The number of a seat is looked for in the properties first, since an id is often only a row's
number: NUMBER_NAMES says in which, whatever their case and signs; then in the feature's id.
"""

import json
import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_FILE = 200 * 1024 * 1024
PROBLEMS_SHOWN = 20
NUMBER_NAMES = (
    "ac_number", "ac_no", "acno", "ac_num", "ac_id", "ac",
    "seat_number", "seat_no", "assembly_number", "assembly_no", "vs_no", "const_no", "number",
)  # fmt: skip

Position = tuple[float, float]  # degrees east, degrees north
Polygon = list[list[Position]]  # its outer ring first, then its holes


class Fault(Exception):
    """What is wrong with one feature, in a sentence."""


@dataclass
class Borders:
    """The polygons of each seat by its number, and what is wrong with them."""

    seats: dict[int, list[Polygon]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_boundaries(
    path: Path, seats: Collection[int], number_in: str = ""
) -> dict[int, list[Polygon]]:
    """Every one of the seats once; `number_in` names the property that has their number.

    Raises ValidationError with a sentence for each thing that is wrong.
    """
    features = _features(_content(path), path.name)
    found = Borders()
    for place, feature in enumerate(features, start=1):
        try:
            _read(feature, found, seats, number_in)
        except Fault as fault:
            found.problems.append(
                _("Feature %(place)d: %(fault)s") % {"place": place, "fault": fault}
            )
    if not found.problems and (missing := sorted(set(seats) - found.seats.keys())):
        numbers = ", ".join(map(str, missing))
        found.problems.append(_("These seats are not in the file: %(seats)s") % {"seats": numbers})
    if found.problems:
        raise ValidationError(found.problems[:PROBLEMS_SHOWN])
    return found.seats


def _content(path: Path):
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValidationError(_("%(file)s is too large.") % {"file": path.name})
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise ValidationError(_("There is no file %(file)s.") % {"file": path}) from None
    except (ValueError, RecursionError):
        raise ValidationError(_("%(file)s is not JSON.") % {"file": path.name}) from None


def _features(content, name: str) -> list:
    kind = content.get("type") if isinstance(content, dict) else None
    features = content.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list):
        raise ValidationError(
            _("%(file)s is not GeoJSON with a FeatureCollection of seats.") % {"file": name}
        )
    if not features:
        raise ValidationError(_("%(file)s holds no seat.") % {"file": name})
    return features


def _read(feature, found: Borders, seats: Collection[int], number_in: str) -> None:
    if not isinstance(feature, dict):
        raise Fault(_("it is no feature"))
    number = _number(feature, number_in)
    if number not in seats:
        raise Fault(_("there is no assembly seat %(number)d in the state") % {"number": number})
    if number in found.seats:
        raise Fault(_("seat %(number)d is there twice") % {"number": number})
    try:
        polygons = list(_polygons(feature.get("geometry")))
    except Fault as fault:
        raise Fault(_("seat %(number)d: %(fault)s") % {"number": number, "fault": fault}) from None
    if not polygons:
        raise Fault(_("seat %(number)d has no polygon") % {"number": number})
    found.seats[number] = polygons


# The number of the seat


def _number(feature: dict, number_in: str) -> int:
    properties = feature.get("properties")
    known = {_plain(name): value for name, value in (properties or {}).items()}
    names = [_plain(name) for name in ((number_in,) if number_in else NUMBER_NAMES)]
    values = [known[name] for name in names if known.get(name) not in (None, "")]
    if not number_in:
        values.append(feature.get("id"))
    for value in values:
        if (number := _whole(value)) is not None:
            return number
    raise Fault(
        _("no number of a seat in %(names)s")
        % {"names": number_in or f"{', '.join(NUMBER_NAMES)}, id"}
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _whole(value) -> int | None:
    """5, 5.0, "5" and "05" are five."""
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"\s*\d{1,5}\s*", value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if math.isfinite(value) and value == int(value) else None


# Its polygons


def _polygons(geometry) -> Iterator[Polygon]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        yield _polygon(geometry.get("coordinates"))
    elif kind == "MultiPolygon":
        for polygon in _listed(geometry.get("coordinates")):
            yield _polygon(polygon)
    elif kind == "GeometryCollection":  # lines and points in it say nothing of the seat
        for part in _listed(geometry.get("geometries")):
            if isinstance(part, dict) and str(part.get("type")).endswith("Polygon"):
                yield from _polygons(part)
    else:
        raise Fault(_("its geometry is no Polygon or MultiPolygon"))


def _polygon(rings) -> Polygon:
    return [_ring(ring) for ring in _listed(rings)]


def _ring(ring) -> list[Position]:
    positions = [_position(position) for position in _listed(ring)]
    if positions[0] == positions[-1]:
        positions.pop()
    if len(set(positions)) < 3:
        raise Fault(_("a ring has fewer than three points"))
    return positions


def _position(position) -> Position:
    numbers = _listed(position)[:2]
    if len(numbers) < 2 or not all(_is_number(number) for number in numbers):
        raise Fault(_("“%(point)s” is no point") % {"point": str(position)[:40]})
    east, north = map(float, numbers)
    if abs(east) > 180 or abs(north) > 85:
        raise Fault(
            _("%(point)s are no degrees: save the file in WGS 84 (EPSG:4326)")
            % {"point": f"{east:g}, {north:g}"}
        )
    return east, north


def _is_number(number) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and number == number


def _listed(value) -> list:
    if not isinstance(value, list) or not value:
        raise Fault(_("its coordinates are broken"))
    return value
