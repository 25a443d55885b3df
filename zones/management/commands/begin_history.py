"""Keeps a first version of every row that has none: of a fixture, or of an older release."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from zones.trail.keeping import keep_first_versions


class Command(BaseCommand):
    help = "Keeps a first version of every row that the history does not know yet."

    def handle(self, *args, **options):
        count = keep_first_versions(why=_("What stood here when the history began"))
        self.stdout.write(_("First versions kept: %(count)s.") % {"count": count})
