"""Prints the sheets of a whole zone as PDF files: one a seat, one summary, or the last review."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from campaign import frames, links, pdf, prints, reviews
from campaign.frames import Frame, Territory, find_frame
from campaign.prints import Asked
from zones.models import AssemblySeat, Look, User, Zone
from zones.scope import Act, may
from zones.trail.keeping import acting, note


@dataclass(frozen=True)
class Sheets:
    template: str
    gather: Callable


OF_SEATS = {
    "rosters": Sheets("prints/rosters.html", prints.rosters),
    "letters": Sheets("prints/letters.html", prints.letters),
    "bla2": Sheets("prints/bla_2.html", prints.bla_forms),
}


OF_WHOLE = ("summary", "review")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("state", help="code of the state, such as cg")
        parser.add_argument("zone", type=int, help="number of the zone")
        parser.add_argument("--what", required=True, choices=[*OF_SEATS, *OF_WHOLE])
        parser.add_argument("--out", required=True, type=Path, help="folder for the files")
        parser.add_argument(
            "--by", required=True, help="user name: only what this person may print is printed"
        )
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default="hi")
        parser.add_argument("--on", type=_day, metavar="DAY", help="such as 2018-08-31; else today")

    def handle(self, *, state, zone, what, out, by, language, on, **options):
        with translation.override(language):
            today = timezone.localdate()
            if on and on > today:
                raise CommandError(_("%s is still ahead.") % on.isoformat())
            job = _Job.of(state, zone, _user(by), today, on or today)
            out.mkdir(parents=True, exist_ok=True)
            try:
                whole = {"summary": job.summary, "review": job.review}.get(what)
                for line in whole(out) if whole else job.seats(out, what):
                    self.stdout.write(line)
            except (pdf.NoWeasyprint, OSError) as error:
                raise CommandError(str(error)) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("a day such as 2018-08-01 is needed")) from None


def _user(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no open account of the user name %s.") % username)
    return user


@dataclass
class _Job:
    user: User
    today: date
    frame: Frame
    land: Territory
    zone: Zone

    @classmethod
    def of(cls, code: str, number: int, user: User, today: date, on: date) -> "_Job":
        frame = find_frame(code, on)
        land = frame and frames.territory(frame.state, on)
        zone = land and land.zone(number)
        if not zone or not may(user, Act.SEE_NUMBERS, zone, on=today):
            raise CommandError(_("There is no such zone for this user."))
        return cls(user, today, frame, land, zone)

    def summary(self, out: Path) -> Iterator[str]:
        sheet = prints.summary(self.frame, self.user, self.today, self.zone, self.land)
        document = self._laid_out("prints/summary.html", sheet=sheet)
        file = out / f"{self.frame.state.slug}-zone-{self.zone.number}-summary.pdf"
        pdf.write_whole(file, document.write_pdf())
        yield _said(file, document)

    def review(self, out: Path) -> Iterator[str]:
        """Of the last review that was held, for all zones: they are compared with each other."""
        meeting = reviews.last_held(self.frame)
        if not meeting:
            raise CommandError(_("No review with numbers was held by this day."))
        found = reviews.moments(meeting, self.frame, self.user, self.today)
        compared = found.comparison(self.frame.main or found.directives[0])
        document = self._laid_out("prints/review.html", meeting=meeting, compared=compared)
        file = out / f"{self.frame.state.slug}-review-{meeting.number}.pdf"
        pdf.write_whole(file, document.write_pdf())
        yield _said(file, document)

    def seats(self, out: Path, what: str) -> Iterator[str]:
        seats = frames.seats_shown(
            self.user,
            self.frame.state,
            today=self.today,
            lok_sabha_seat__in=self.land.lok_sabha_ids(self.zone),
        )
        asked = [Asked(self.frame, seat, self.user, self.today) for seat in seats]
        served = [each for each in asked if each.may_print]
        if not served:
            raise CommandError(_("This user serves no seat of the zone, and so prints no people."))
        bar = tqdm(served, unit=_("seats"), leave=False, disable=not sys.stderr.isatty())
        yield from (self._seat(each, out, what) for each in bar)

    def _seat(self, asked: Asked, out: Path, what: str) -> str:
        printed = OF_SEATS[what].gather(asked)
        if not printed.sheets:
            return _why_none(asked.seat, printed)
        document = self._laid_out(OF_SEATS[what].template, printed=printed)
        file = out / f"{self.frame.state.slug}-seat-{asked.seat.number:03}-{what}.pdf"
        content = document.write_pdf()
        self._keep_look(asked.seat, what, printed.agents)
        pdf.write_whole(file, content)
        return _said(file, document)

    def _laid_out(self, template: str, **context):
        context |= {"frame": self.frame, "today": self.today}
        return pdf.rendered(template, context | {"is_today": self.frame.on == self.today})

    def _keep_look(self, seat: AssemblySeat, what: str, agents: set[int]) -> None:
        """Before the file is there, so that no file is without its look."""
        if agents:
            with transaction.atomic(), acting(by=self.user, why="print_zone"):
                note(Look.What.PRINT, f"{links.address_of(seat)} print_zone {what}", agents=agents)


def _said(file: Path, document) -> str:
    pages = len(document.pages)
    text = ngettext("%(file)s: %(pages)d page", "%(file)s: %(pages)d pages", pages)
    return text % {"file": file, "pages": pages}


def _why_none(seat: AssemblySeat, printed) -> str:
    if getattr(printed, "authorised", True):
        return _("%(seat)s: nothing to print") % {"seat": seat}
    return _("%(seat)s: no BLA-1 authorisation covers the seat") % {"seat": seat}
