"""The parts of the map that there are many of. Not templates, as in rows.py.

Names and words are escaped where they come in; all else is numbers and paths of ours.
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from campaign.maps import ColouredSeat, Drawing, Map
from campaign.seat_map import Inset, Spot
from campaign.templatetags.rows import address

register = template.Library()

HATCHED = ' fill="url(#hatched)"'  # a style sheet of another address may not name what is in a page
NUMBER_ROOM, SHORT_ROOM, LETTER = 8, 17, 13  # pixels: room that a label needs, and its size
ZONE_LETTER = 19
HATCH, HATCH_LINE = 6, 2  # pixels from line to line, and of a line


@register.simple_tag(takes_context=True)
def map_seats(context, shown: Map) -> SafeString:
    """The seats that are not in an inset, each a link, but for that whose page it is."""
    linked = _Linked(context)
    in_insets = {seat for inset in shown.drawing.insets for seat in inset.seats}
    return mark_safe(
        "".join(
            _named(number, seat, shown.drawing)
            if shown.own or number in in_insets
            else linked(seat, _named(number, seat, shown.drawing))
            for number, seat in shown.seats.items()
        )
    )


@register.simple_tag
def map_hatching(drawing: Drawing) -> SafeString:
    apart, line = HATCH * drawing.pixel, HATCH_LINE * drawing.pixel
    return mark_safe(
        f'<defs><pattern id="hatched" width="{apart:.1f}" height="{apart:.1f}"'
        ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="hatch-ground" width="100%" height="100%"/>'
        f'<rect class="hatch" width="{line:.1f}" height="{apart:.1f}"/></pattern></defs>'
    )


@register.simple_tag
def map_around(drawing: Drawing) -> SafeString:
    return mark_safe("".join(_shape(number, "map-around", drawing) for number in drawing.around))


@register.simple_tag(takes_context=True)
def map_insets(context, shown: Map) -> SafeString:
    linked, drawing = _Linked(context), shown.drawing
    return mark_safe(
        "".join(
            _inset(inset, caption, shown, linked)
            for inset, caption in zip(drawing.insets, drawing.captions, strict=True)
        )
    )


@register.simple_tag
def map_labels(shown: Map) -> SafeString:
    """The numbers of zones, or of seats with their figure as far as there is room."""
    drawing = shown.drawing
    if not drawing.sheet.arcs:
        return mark_safe(_headings(drawing) + _seat_labels(shown))
    if drawing.zones:
        return mark_safe(
            "".join(_text(spot, drawing.pixel, ZONE_LETTER, "zone") for spot in drawing.zones)
        )
    return mark_safe(_seat_labels(shown))


class _Linked:
    """Puts a link around what stands for a seat."""

    def __init__(self, context):
        self.base, self.keep = escape(context["base"]), escape(context["keep"])

    def __call__(self, seat: ColouredSeat, drawn: str) -> str:
        place = seat.part.place
        return (
            f'<a href="{address(place, self.base, self.keep)}">'
            f"<title>{escape(place)}: {escape(seat.words)}</title>{drawn}</a>\n"
        )


def _shape(number: int, css: str, drawing: Drawing, name: str = "") -> str:
    """What is drawn of a seat: its shape in the file of them all, or the tile itself."""
    looks = f'{name} class="{css}"{HATCHED if css == "none" else ""}'
    if drawing.shapes:
        return f'<use{looks} href="{drawing.shapes}#s{number}"/>'
    return f'<path{looks} d="{drawing.sheet.paths[number]}"/>'


def _named(number: int, seat: ColouredSeat, drawing: Drawing) -> str:
    return _shape(number, seat.css, drawing, f' id="seat-{number}"')


def _inset(inset: Inset, caption: str, shown: Map, linked: _Linked) -> str:
    place, drawing, unit = inset.place, shown.drawing, shown.drawing.pixel
    around = "".join(
        _shape(seat, shown.seats[seat].css if seat in shown.seats else "map-around", drawing)
        for seat in inset.around
    )
    seats = "".join(
        linked(shown.seats[seat], _shape(seat, shown.seats[seat].css, drawing))
        for seat in inset.seats
        if seat in shown.seats
    )
    numbers = _inset_numbers(inset, shown)
    frame = f'x="{place.left:.0f}" y="{place.top:.0f}" width="{place.width:.0f}" height="{place.height:.0f}"'
    return (
        f'<text class="caption" x="{place.left:.0f}" y="{place.top - 5 * unit:.0f}"'
        f' font-size="{11.5 * unit:.0f}">{escape(caption)}</text>'
        f'<svg {frame} viewBox="{inset.window}"><rect class="ground" x="{inset.window.left:.0f}"'
        f' y="{inset.window.top:.0f}" width="100%" height="100%"/>{around}{seats}{numbers}</svg>'
        f'<rect class="frame" {frame}/>\n'
    )


def _inset_numbers(inset: Inset, shown: Map) -> str:
    """Of its small seats, as far as there is room."""
    unit = shown.drawing.pixel * inset.window.width / inset.place.width
    spots = {seat: shown.drawing.sheet.spots[seat] for seat in inset.seats if seat in shown.seats}
    labels = "".join(
        _text(Spot(spot.x, spot.y, text=str(seat)), unit, LETTER, "number")
        for seat, spot in spots.items()
        if spot.room >= NUMBER_ROOM * unit
    )
    return f'<g aria-hidden="true">{labels}</g>' if labels else ""


def _headings(drawing: Drawing) -> str:
    return "".join(
        f'<text class="heading" x="0" y="{spot.y:.0f}" font-size="15">{escape(spot.text)}</text>'
        for spot in drawing.zones
    )


def _seat_labels(shown: Map) -> str:
    drawing, unit, found = shown.drawing, shown.drawing.pixel, []
    for number, seat in shown.seats.items():
        spot = drawing.sheet.spots[number]
        room = spot.room / unit
        if room >= SHORT_ROOM:
            found.append(_text(_moved(spot, -0.4, unit, str(number)), unit, LETTER, "number"))
            found.append(_text(_moved(spot, 0.7, unit, seat.short), unit, LETTER))
        elif room >= NUMBER_ROOM:
            found.append(_text(_moved(spot, 0, unit, str(number)), unit, LETTER, "number"))
    return "".join(found)


def _moved(spot: Spot, lines: float, unit: float, text: str) -> Spot:
    return Spot(spot.x, spot.y + lines * LETTER * unit, text=text)


def _text(spot: Spot, unit: float, letter: int, css: str = "") -> str:
    size = letter * unit
    named = f' class="{css}"' if css else ""
    return (
        f'<text{named} x="{spot.x:.0f}" y="{spot.y + size * 0.35:.0f}" font-size="{size:.0f}">'
        f"{escape(spot.text)}</text>"
    )
