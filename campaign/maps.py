"""What the map of a page shows: its seats by a measure, in colours with their numbers. No HTTP.

The shapes are drawn once for each map and process; a page looks up no more than which map it is.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from math import inf
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from booths.tallies import Teams
from campaign import map_measures, seat_map
from campaign.dashboards import Dashboard
from campaign.map_measures import MEASURES, MapMeasure
from campaign.measures import Part
from campaign.seat_map import Box, Inset, Sheet, Spot
from zones.models import AssemblySeat, LokSabhaSeat, SeatMap, State

# So much of a seat's size is shown around it on its own page, of more seats around these.
ALONE, AROUND = 0.5, 0.08


@dataclass(frozen=True)
class Choice:
    label: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Shade:
    """A class of the legend and how many seats are in it."""

    css: str
    label: str
    seats: int


@dataclass(frozen=True)
class ColouredSeat:
    part: Part
    css: str
    words: str  # its figures, as said and shown when it is pointed at
    short: str  # its number, where there is room for it


@dataclass(frozen=True)
class Drawing:
    """Where all stands that does not depend on the numbers."""

    sheet: Sheet
    view: Box
    shapes: str = ""  # the address of shapes(); none of tiles
    source: str = ""  # of the borders; none of tiles
    outline: str = ""
    rim: str = ""
    around: list[int] = field(default_factory=list)  # further seats, shown pale
    insets: list[Inset] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)  # of the insets
    zones: list[Spot] = field(default_factory=list)

    @property
    def pixel(self) -> float:
        return seat_map.pixel(self.view)


@dataclass(frozen=True)
class Map:
    measure: MapMeasure
    choices: list[Choice]
    legend: list[Shade]
    seats: dict[int, ColouredSeat]
    drawing: Drawing
    own: ColouredSeat | None  # the only one, on the page of a seat
    not_drawn: list[AssemblySeat]  # of which the map knows no borders


def of_page(page: Dashboard, query: QueryDict) -> Map | None:
    """None where there is nothing to compare or to draw."""
    is_of_one = isinstance(page.place, AssemblySeat)
    parts = [page.whole] if is_of_one else page.seats
    if not page.whole or not parts:
        return None
    drawing = _drawing(page, [part.place for part in parts])
    if drawing is None:
        return None
    asked = {key: value for key, value in query.items() if value}
    teams = (page.teams or {}).get("sector")
    keys = map_measures.offered(parts, teams)
    chosen = asked.get("map") if asked.get("map") in keys else keys[0]
    measure = MEASURES[chosen]
    seats = {part.place.number: _coloured(part, measure, teams or {}) for part in parts}
    return Map(
        measure,
        [_choice(key, chosen, asked) for key in keys],
        _legend(measure, seats),
        {number: seat for number, seat in seats.items() if number in drawing.sheet.paths},
        drawing,
        seats[page.place.number] if is_of_one else None,
        [part.place for part in parts if part.place.number not in drawing.sheet.paths],
    )


def _choice(key: str, chosen: str, asked: dict[str, str]) -> Choice:
    href = f"?{urlencode(asked | {'map': key})}#map"
    return Choice(str(MEASURES[key].label), href, key == chosen)


def shapes(digest: str) -> str | None:
    """All seats of the map as one SVG, of which the pages show those that they name, so that a
    browser fetches the borders once; None if there is no such map."""
    return _shapes(digest) if _kept(digest) else None


@lru_cache(maxsize=8)
def _shapes(digest: str) -> str:
    return seat_map.shapes(_read(digest)[0])


@lru_cache(maxsize=8)
def _address(digest: str) -> str:
    """Where the shapes are; another one, too, when a later version draws the same map otherwise."""
    drawn = sha256(_shapes(digest).encode()).hexdigest()[:8]
    return f"{reverse('map_shapes', args=[digest])}?drawn={drawn}"


# The colours


def _coloured(part: Part, measure: MapMeasure, teams: Mapping[int, Teams]) -> ColouredSeat:
    number = measure.number(part, teams)
    if number is None:
        return ColouredSeat(part, "none", str(measure.without), "–")
    css, words = f"m{measure.place(number)}", measure.words(part, teams)
    return ColouredSeat(part, css, words, measure.short(number))


def _legend(measure: MapMeasure, seats: dict[int, ColouredSeat]) -> list[Shade]:
    """Of all classes; of seats without a number only where there are any."""
    found = [seat.css for seat in seats.values()]
    named = [(f"m{place}", str(its.label)) for place, its in enumerate(measure.classes)]
    if "none" in found:
        named.append(("none", str(measure.without)))
    return [Shade(css, label, sum(each == css for each in found)) for css, label in named]


# What is drawn


def _drawing(page: Dashboard, seats: list[AssemblySeat]) -> Drawing | None:
    kept = _kept(page.frame.map_digest) if page.frame.map_digest else None
    if kept is None:
        return _tiles(page, seats) if len(seats) > 1 else None
    drawn, source_of = kept
    numbers = [seat.number for seat in seats if seat.number in drawn.paths]
    if not numbers:
        return None
    groups = tuple(_groups(page, seats).items())
    lines = (source_of.source, *_lines(page.frame.map_digest, groups))
    view, insets, around = _shown(page.frame.map_digest, tuple(numbers), _scene(page))
    captions = [_caption(inset, seats) for inset in insets]
    shapes = _address(page.frame.map_digest)
    zones = _zone_spots(page, drawn, seats)
    return Drawing(drawn, view, shapes, *lines, around, insets, captions, zones)


def _scene(page: Dashboard) -> str:
    kinds = {State: "whole", AssemblySeat: "alone"}
    return kinds.get(type(page.place), "part")


def _kept(digest: str) -> tuple[Sheet, SeatMap] | None:
    try:
        return _read(digest)
    except SeatMap.DoesNotExist:  # another map has just taken its place
        return None


@lru_cache(maxsize=8)
def _read(digest: str) -> tuple[Sheet, SeatMap]:
    found = SeatMap.objects.filter(digest=digest)[:1].get()
    return seat_map.sheet(found.figures), found


@lru_cache(maxsize=512)
def _shown(digest: str, seats: tuple[int, ...], scene: str) -> tuple[Box, list[Inset], list[int]]:
    """What is shown of the map with these seats, and which others that shows too."""
    drawn = _read(digest)[0]
    if scene == "whole":
        return *seat_map.with_insets(drawn, drawn.box, seats), []
    view = seat_map.window(drawn, seats, ALONE if scene == "alone" else AROUND)
    around = [seat for seat in seat_map.seats_in(drawn, view) if seat not in seats]
    if scene == "alone":
        return view, [], around
    return *seat_map.with_insets(drawn, view, seats, seat_map.SMALL_IN_PART), around


@lru_cache(maxsize=512)
def _lines(digest: str, groups: tuple[tuple[int, Hashable], ...]) -> tuple[str, str]:
    """Between the groups, and around all where the state ends."""
    drawn, group_of = _read(digest)[0], dict(groups)
    return seat_map.outline(drawn, group_of), seat_map.rim(drawn, group_of)


def _groups(page: Dashboard, seats: list[AssemblySeat]) -> dict[int, Hashable]:
    """The seats of each part have one sign: a zone of the day on the page of the state, on others
    the place itself."""
    if not isinstance(page.place, State):
        return dict.fromkeys((seat.number for seat in seats), True)
    zones = [page.land.zone_of_seat(seat) for seat in seats]
    return {seat.number: zone and zone.pk for seat, zone in zip(seats, zones, strict=True)}


def _zone_spots(page: Dashboard, drawn: Sheet, seats: list[AssemblySeat]) -> list[Spot]:
    """Where the numbers of the zones stand, on the page of the state."""
    if not isinstance(page.place, State):
        return []
    spots = []
    for zone in page.land.zones:
        its = [
            seat.number
            for seat in seats
            if page.land.zone_of_seat(seat) is zone and seat.number in drawn.spots
        ]
        if its:
            spot = seat_map.middle_of(drawn, its)
            spots.append(Spot(spot.x, spot.y, spot.room, str(zone.number)))
    return spots


def _caption(inset: Inset, seats: list[AssemblySeat]) -> str:
    """The Lok Sabha seats that its small seats are of."""
    names = [seat.lok_sabha_seat.name for seat in seats if seat.number in inset.seats]
    return " · ".join(dict.fromkeys(names))


def _tiles(page: Dashboard, seats: list[AssemblySeat]) -> Drawing:
    """By zones on the page of the state, on that of a zone by its Lok Sabha seats."""
    runs: dict[int, list[int]] = {}
    for seat in seats:
        runs.setdefault(seat.lok_sabha_seat_id, []).append(seat.number)
    groups: dict[str, list[list[int]]] = {}
    for place in sorted(page.land.lok_sabha_seats, key=lambda its: _zone_number(page, its)):
        if place.pk in runs:
            groups.setdefault(_heading(page, place), []).append(runs[place.pk])
    sheet = seat_map.tiles(groups.items())
    return Drawing(sheet, sheet.box, zones=sheet.headings)


def _zone_number(page: Dashboard, place: LokSabhaSeat) -> float:
    """Whole zones one after the other; last what is in none."""
    zone = page.land.zone_of.get(place.pk)
    return zone.number if zone else inf


def _heading(page: Dashboard, place: LokSabhaSeat) -> str:
    if isinstance(page.place, State):
        zone = page.land.zone_of.get(place.pk)
        return zone.name if zone else gettext("Without zone")
    return "" if isinstance(page.place, LokSabhaSeat) else place.name
