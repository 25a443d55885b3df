"""Fills an empty database with Chhattisgarh and invented people; does nothing if it is there."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign import demo


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--sign-ins", action="store_true", help="Print the demo sign-ins.")

    def handle(self, *, sign_ins, **options):
        if not settings.LOCAL:
            raise CommandError(_("The demo has known passwords: it needs DEMO=1."))
        if not demo.exists():
            demo.build(timezone.localdate(), say=self.stdout.write)
        if sign_ins:
            for username, name, *_rest in demo.SIGN_INS:
                self.stdout.write(f"  {username:10} {demo.PASSWORD}   {name}")
