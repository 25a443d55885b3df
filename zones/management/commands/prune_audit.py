"""Deletes what the audit trail holds of more than a year ago; an anchor keeps the chain whole."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from zones.trail.guards import become_owner
from zones.trail.pruning import prune

YEAR = 365  # days: the law asks for one year of logs


class Command(BaseCommand):
    help = "Prunes the audit trail. On PostgreSQL only the owner of the tables may."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=YEAR, help="how many days are kept")

    def handle(self, *args, **options):
        become_owner()
        now = timezone.now()
        days = max(options["days"], YEAR)
        anchor = prune(now - timedelta(days=days), at=now)
        if anchor is None:
            self.stdout.write(_("There is nothing so old."))
            return
        self.stdout.write(_("Pruned: %(count)s rows.") % {"count": sum(anchor.pruned.values())})
