"""Builds the day-book anew from booths and appointments, and the keys by which their names are
found, and says what was wrong with them."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from booths import bookkeeping, daybook, finding
from booths.models import Agent, Booth
from zones.models import State

NAMED = (Booth, Agent)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--state", required=True, help="Code of the state, such as CG.")
        parser.add_argument("--check", action="store_true", help="Only look; change nothing.")

    def handle(self, *, state, check, **options):
        try:
            place = State.objects.get(code=state.upper())
        except State.DoesNotExist:
            raise CommandError(_("There is no state of the code %s.") % state) from None
        if check:
            found = daybook.difference(bookkeeping.recounted(place), bookkeeping.day_book(place))
        else:
            found = bookkeeping.recount(place)
        for (page, column), amount in sorted(found.items())[:20]:
            self.stdout.write(f"{page} {column} {amount:+}")
        self.stdout.write(_("Differences: %d") % len(found))
        rows = [
            len(finding.stale(model)) if check else finding.sound_anew(model) for model in NAMED
        ]
        self.stdout.write(_("Names with wrong keys: %d") % sum(rows))
        if check and (found or any(rows)):
            raise CommandError(_("The day-book or the keys differ from what they follow from."))
