"""Django's migrate, by the owner of the tables where the application has a role of its own."""

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS, connections

from zones.trail import shapes
from zones.trail.guards import grant, missing_guards, owned_tables, tables_written_once


class Command(Migrate):
    def handle(self, *args, **options):
        has_owner = settings.OWNER in settings.DATABASES
        if has_owner and options["database"] == DEFAULT_DB_ALIAS:
            options["database"] = settings.OWNER
        used = connections[options["database"]]
        before = shapes.columns_in(used)
        super().handle(*args, **options)
        shapes.record(used, before=before)
        for guard in missing_guards(used):  # SQLite changes a table by making it anew, without
            guard.make(used)
        if has_owner:
            role = settings.DATABASES[DEFAULT_DB_ALIAS]["USER"]
            grant(used, role, once=tables_written_once(), owned=owned_tables())
