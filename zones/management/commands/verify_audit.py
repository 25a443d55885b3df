"""Reads the audit trail again and names every row that does not fit it."""

from itertools import chain

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zones.models import Seal
from zones.trail import seals
from zones.trail.verifying import end_faults, faults


def known_end(text: str) -> tuple[int, str]:
    number, _colon, hash_then = text.partition(":")
    return int(number), hash_then


class Command(BaseCommand):
    help = "Checks the chain of the audit trail, and every tracked row against its last version."

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            type=known_end,
            metavar="NUMBER:HASH",
            help="the last seal as an earlier run printed it; a chain without it was cut off",
        )

    def handle(self, *args, **options):
        number, last_hash = seals.end()
        self.stdout.write(
            _("Seals: %(count)s. The last: %(number)s:%(hash)s")
            % {"count": Seal.objects.count(), "number": number, "hash": last_hash}
        )
        expected = options["expect"]
        count = 0
        for fault in chain(end_faults(*expected) if expected else (), faults(at=timezone.now())):
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
