"""Rows that are written once: a trigger of the database refuses to change or delete them.

A deletion passes once the parent row is gone, so that a database can be emptied.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
WHEN EXISTS (SELECT 1 FROM {parent} WHERE id = OLD.{column})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""

POSTGRESQL = """
CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM {parent} WHERE id = OLD.{column}) THEN
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();
"""


def append_only(table: str, *, parent: str, column: str) -> migrations.RunPython:
    """The migration step that guards `table`, whose `column` refers to the table `parent`."""
    names = {"table": table, "parent": parent, "column": column}

    def create(apps, schema_editor):
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL.format(**names))
                return
            for statement in SQLITE.format(**names).strip().split("END;"):
                if statement.strip():
                    cursor.execute(statement + "END;")

    def drop(apps, schema_editor):
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION {table}_is_append_only() CASCADE")
                return
            cursor.execute(f"DROP TRIGGER {table}_no_update")
            cursor.execute(f"DROP TRIGGER {table}_no_delete")

    return migrations.RunPython(create, drop)
