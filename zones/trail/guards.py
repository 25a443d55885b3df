"""Rows of the trail are written once: what the database itself refuses.

A trigger refuses every change, and every deletion but of what an anchor of the pruning is past. On
PostgreSQL the application's role has not even the right to try.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, migrations

from zones.trail.seals import trail_tables

SQLITE = (
    """CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
    """CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
    WHEN NOT EXISTS (SELECT 1 FROM zones_anchor WHERE {past})
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' OR NOT EXISTS (SELECT 1 FROM zones_anchor WHERE {past}) THEN
        RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN OLD;
    END $$""",
    """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()""",
)
# Free text of which a person may ask that it be erased; a trigger lets it be emptied, no more.
MAY_BE_EMPTIED = [("booths_appointmentevent", "reason")]
BEFORE = "before > OLD.{column}"
NEVER = "1 = 0"


def append_only_trail(tables: dict[str, str | None]) -> migrations.RunPython:
    """The migration step that guards tables: name, and the column that says when a row was
    written, by which it may be pruned; None: never."""

    def create(apps, schema_editor):
        statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
        with schema_editor.connection.cursor() as cursor:
            for table, column in tables.items():
                past = BEFORE.format(column=column) if column else NEVER
                for statement in statements:
                    cursor.execute(statement.format(table=table, past=past))

    def drop(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            for table in tables:
                if schema_editor.connection.vendor == "postgresql":
                    cursor.execute(f"DROP FUNCTION {table}_is_append_only() CASCADE")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")

    return migrations.RunPython(create, drop)


def tables_written_once() -> list[str]:
    """Whatever a trigger guards, on either database: the trail, events, frozen numbers."""
    others = ("booths_appointmentevent", "campaign_snapshotrow")
    known = {model._meta.db_table for model in apps.get_models()}
    return [*trail_tables(), "zones_seal", *(table for table in others if table in known)]


def owned_tables() -> list[str]:
    return ["zones_anchor"]


def become_owner() -> None:
    """Lets the default connection be the owner's from here on, for a command that prunes."""
    if settings.OWNER in settings.DATABASES:
        connection.close()
        connection.settings_dict.update(connections[settings.OWNER].settings_dict)


def grant(connection, role: str, *, once: list[str], owned: list[str]) -> None:
    """Gives the application's role what it needs: everything on most tables, to read and add on
    those written `once`, to read those that only the owner writes (`owned`)."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        for table in [*once, *owned]:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
        for table, column in MAY_BE_EMPTIED:
            cursor.execute(f"GRANT UPDATE ({column}) ON {table} TO {name}")
        for table in owned:
            cursor.execute(f"REVOKE INSERT ON {table} FROM {name}")
