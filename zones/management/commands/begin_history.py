"""Keeps a first version of every row that has none: of a fixture, or of an older release.

What the trail wrote and did not come to seal, since the server stopped, is sealed late.
"""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from zones.trail.keeping import keep_first_versions
from zones.trail.seals import UNDERWAY, seal_late


class Command(BaseCommand):
    help = "Keeps a first version of every row without one; seals what was left without a seal."

    def handle(self, *args, **options):
        count = keep_first_versions(why=_("What stood here when the history began"))
        self.stdout.write(_("First versions kept: %(count)s.") % {"count": count})
        now = timezone.now()
        if late := seal_late(before=now - UNDERWAY, at=now):
            self.stdout.write(_("Sealed late: %(count)s.") % {"count": late})
