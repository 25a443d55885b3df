"""Reads the audit trail again and names every row that does not fit it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zones.trail.verifying import faults


class Command(BaseCommand):
    help = "Checks the chain of the audit trail, and every tracked row against its last version."

    def handle(self, *args, **options):
        count = 0
        for fault in faults():
            self.stderr.write(fault)
            count += 1
        if count:
            raise CommandError(
                ngettext(
                    "The trail does not fit in %(count)s place.",
                    "The trail does not fit in %(count)s places.",
                    count,
                )
                % {"count": count}
            )
        self.stdout.write(_("The trail is whole, and every row is as it was last written."))
