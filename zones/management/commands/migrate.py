"""Django's migrate, by the owner of the tables where the application has a role of its own."""

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS, connections

from zones.trail.guards import grant, owned_tables, tables_written_once


class Command(Migrate):
    def handle(self, *args, **options):
        has_owner = settings.OWNER in settings.DATABASES
        if has_owner and options["database"] == DEFAULT_DB_ALIAS:
            options["database"] = settings.OWNER
        super().handle(*args, **options)
        if has_owner:
            role = settings.DATABASES[DEFAULT_DB_ALIAS]["USER"]
            owner = connections[settings.OWNER]
            grant(owner, role, once=tables_written_once(), owned=owned_tables())
