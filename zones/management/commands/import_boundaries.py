from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zones.boundaries import Report, import_boundaries
from zones.boundary_files import NUMBER_NAMES

HELP = f"""
Loads where the borders of a state's assembly seats run, from a GeoJSON file with a Polygon or
MultiPolygon for each of them, for the map on the pages. A seat is known by its number, in one of
the properties {", ".join(NUMBER_NAMES)}, else in the id of the feature. The same file again
changes nothing; another one takes the place of the map.
"""


class Command(BaseCommand):
    help = " ".join(HELP.split())

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--state", required=True, help="its short name, as CG")
        parser.add_argument(
            "--source",
            default="",
            help="whom the borders are from and their licence, in English; it stands under the"
            " map. Unsaid, it is that of the map that is loaded, else the name of the file",
        )
        parser.add_argument("--source-hi", default="", help="the same in Hindi")
        parser.add_argument("--number-in", default="", help="the property with the seat's number")

    def handle(self, *, file, state, source, source_hi, number_in, **options):
        try:
            report = import_boundaries(
                file,
                code=state.upper(),
                source=_said(source, source_hi),
                number_in=number_in,
            )
        except ValidationError as error:
            raise CommandError("\n".join([*error.messages, _("Nothing was changed.")])) from None
        self.stdout.write(_line(report))


def _said(source: str, source_hi: str) -> dict[str, str]:
    """A new source has no Hindi of the old one."""
    if source:
        return {"source_en": source, "source_hi": source_hi}
    return {"source_hi": source_hi} if source_hi else {}


def _line(report: Report) -> str:
    figures = report.seat_map.figures
    if not report.is_changed:
        return _("This map is loaded already: nothing was changed.")
    return _("Map of %(seats)d seats loaded: %(arcs)d lines, %(size)d kB.") % {
        "seats": len(figures["seats"]),
        "arcs": len(figures["arcs"]),
        "size": round(report.size / 1000),
    }
