"""Prints a one-time link by which the owner of an account sets a password and a second factor: for
the first account of an installation, and where nobody of the office gets in any more."""

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zones.accounts import account_named
from zones.models import Look
from zones.one_time_links import link_of
from zones.trail import keeping


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--site", default="", help="Such as https://booth.example")

    def handle(self, *, username, site, **options):
        user = account_named(username)
        if user is None or not user.is_active:
            raise CommandError(_("There is no open account of the name %s.") % username)
        link = link_of(user, on=timezone.localdate())
        keeping.note(Look.What.ACCOUNT, "manage.py sign_in_link", users=[user.pk])
        path = reverse("welcome", args=[link.uid, link.token])
        self.stdout.write(f"{site.rstrip('/')}{path}")
