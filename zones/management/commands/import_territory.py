from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zones.imports import Report, import_territory

HELP = """
Loads a state's districts, Lok Sabha seats, assembly seats and zones from the CSV files of a folder:
districts.csv, lok_sabha_seats.csv and assembly_seats.csv; if there are any, also state.csv,
zones.csv and zone_scheme.csv. The same files again change nothing; corrected ones correct.
"""


class Command(BaseCommand):
    help = " ".join(HELP.split())

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--state", required=True, type=_code, help="its short name, as CG")
        parser.add_argument("--name-hi", help="the state's name in Hindi")
        parser.add_argument("--name-en", help="the state's name in English")
        parser.add_argument(
            "--scheme", help="name of the zone scheme in English; a new name is a new scheme"
        )
        parser.add_argument("--scheme-hi", help="name of the zone scheme in Hindi")
        parser.add_argument(
            "--from",
            dest="from_on",
            type=_day,
            metavar="DAY",
            help="the day from which the zone scheme is in force",
        )

    def handle(self, *, folder, state, from_on, **options):
        names = {"name_hi": options["name_hi"], "name_en": options["name_en"]}
        scheme = {"name_hi": options["scheme_hi"], "name_en": options["scheme"]}
        try:
            report = import_territory(
                folder,
                code=state,
                names=_given(names),
                scheme=_given(scheme),
                from_on=from_on,
            )
        except ValidationError as error:
            raise CommandError("\n".join([*error.messages, _("Nothing was changed.")])) from None
        for line in _lines(report):
            self.stdout.write(line)


def _code(text: str) -> str:
    if not (2 <= len(text) <= 4 and text.isascii() and text.isalpha()):
        raise ArgumentTypeError(_("a state's short name has 2 to 4 letters, as CG"))
    return text.upper()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("a day such as 2018-08-01 is needed")) from None


def _given(names: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in names.items() if value}


def _lines(report: Report):
    yield f"{report.state.code} {report.state.name}"
    for model, tally in report.tallies.items():
        counts = {
            "rows": model._meta.verbose_name_plural,
            "new": tally.new,
            "changed": tally.changed,
            "unchanged": tally.unchanged,
        }
        line = _("%(rows)s: %(new)d new, %(changed)d changed, %(unchanged)d unchanged") % counts
        if tally.left:
            line += _("; %(count)d not in the files are left as they are") % {"count": tally.left}
        yield line
    if report.scheme is None:
        yield _("The files name no zones: all seats stand without a zone unless a scheme has them.")
    if report.moved:
        yield _(
            "The main district of these seats changed: %(seats)s. "
            "Run manage.py recount if they have booths."
        ) % {"seats": ", ".join(map(str, report.moved))}
