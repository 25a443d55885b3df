"""Loads a booth list from a file; says of every row what became of it."""

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from booths import roll
from booths.roll.apply import TICKS
from campaign.models import Campaign
from zones.models import State

NAME = "import_booths"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="CSV, XLSX, XLS or ODS")
        parser.add_argument("--state", required=True, help="code of the state, such as CG")
        parser.add_argument(
            "--seat", type=int, help="number of the assembly seat, if the file does not say"
        )
        parser.add_argument("--sheet", help="name of the sheet, if several hold a list")
        parser.add_argument(
            "--as-of",
            type=_day,
            metavar="DAY",
            help="the day from which the list holds, such as 2018-08-01 "
            "(default: the first day of the campaign)",
        )
        parser.add_argument(
            "--full", action="store_true", help="retire the booths of its seats that the list lacks"
        )
        parser.add_argument(
            "--yes",
            action="store_true",
            help="retire them even if they are more than 5 percent, or if agents stand there; let "
            "booths go by their numbers where others keep those that they seem to have now",
        )
        parser.add_argument(
            "--renumber",
            action="store_true",
            help="let booths keep their agents that stand under another number with the same name",
        )
        parser.add_argument(
            "--strict", action="store_true", help="import nothing if any row has a fault"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--json",
            action="store_true",
            help='print one JSON object; {"error": […]} for a refusal',
        )

    def handle(self, *, file, state, as_of, full, dry_run, **options):
        started = perf_counter()
        try:
            place = _state(state)
            day = as_of or _first_day(place)
            listed = roll.in_groups(
                file,
                state=place,
                as_of=day,
                seat=options["seat"],
                sheet=options["sheet"],
                is_full=full,
                renumber=lambda proposed: options["renumber"] and proposed.is_sure,
                is_strict=options["strict"],
                watch=_progress_bar,
            )
            said = TICKS if options["yes"] else ()
            with listed as groups:
                told = groups.foretell() if dry_run else groups.apply(said=said, by_name=NAME)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except ValidationError as error:
            if options["json"]:
                self.stdout.write(json.dumps({"error": error.messages}, ensure_ascii=False))
            raise CommandError("\n".join(error.messages)) from None
        seconds = round(perf_counter() - started, 3)
        lines = [_json(told, seconds)] if options["json"] else _lines(told, seconds, dry_run)
        for line in lines:
            self.stdout.write(line)


def _state(code: str) -> State:
    try:
        return State.objects.get(code=code.upper())
    except State.DoesNotExist:
        raise CommandError(_("There is no state of the code %s.") % code) from None


def _first_day(state: State) -> date:
    """Of the current campaign; where none is marked as current, of the latest."""
    campaigns = Campaign.objects.filter(state=state)
    campaign = campaigns.order_by("-is_current", "-starts_on").first()
    if campaign is None:
        raise CommandError(
            _("%s has no campaign yet: say from which day the list holds, with --as-of.")
            % state.code
        )
    return campaign.starts_on


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("a day such as 2018-08-01 is needed")) from None


def _progress_bar(rows):
    return tqdm(rows, unit=_("rows"), leave=False, disable=not sys.stderr.isatty())


def _json(told: roll.Told, seconds: float) -> str:
    problems = [problem.as_dict() for problem in told.problems]
    report = {**told.counts, "seconds": seconds, "problems": problems}
    return json.dumps(report, ensure_ascii=False)


def _lines(told: roll.Told, seconds: float, dry_run: bool) -> Iterator[str]:
    """Every remark in a line, except that empty rows are only counted."""
    empty = 0
    for problem in told.problems:
        if problem.reason == "blank":
            empty += 1
        else:
            yield problem.message
    if empty:
        yield _("Empty rows: %d") % empty
    for gone in told.spared:
        yield _("Booth %(booth)s is not in the list, but stays: a faulty row may be of it.") % {
            "booth": f"{gone.label} {gone.name}".strip()
        }
    for each in told.moved:
        says = (
            _("Booth %(old)s now has the number %(new)s: %(name)s")
            if each.is_followed
            else _("Booth %(old)s seems to have the number %(new)s now: %(name)s")
        )
        yield says % each._asdict()
    for each in told.blocked:
        says = _("Booth %(old)s seems to have the number %(new)s now, but another booth keeps it.")
        yield says % each._asdict()
    yield _("Booths of these seats: %(before)s, now %(after)s.") % told.counts
    yield (
        _(
            "%(rows)d rows: %(new)d new, %(changed)d changed, %(unchanged)d unchanged, "
            "%(faulty)d faulty, %(skipped)d skipped; %(retired)d booths retired"
        )
        % told.counts
    )
    if dry_run:
        yield _("Nothing was written.")
    else:
        yield _("%.1f seconds") % seconds
