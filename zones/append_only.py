"""Rows that are written once: triggers of the database refuse to change or delete them.

`kept_while` is a condition in SQL on the row, OLD: a deletion passes once it is false. One column of
free text may be emptied, and only emptied: it can hold what a person may ask to be erased.
"""

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({emptying})
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
    """CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {kept_while}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF {emptying} THEN RETURN NEW; END IF;
        RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF {kept_while} THEN
        RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN OLD;
    END $$""",
    """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()""",
)


def guarded(table: str, *, kept_while: str, may_be_emptied: str = "") -> migrations.RunPython:
    """The migration step that guards the table."""

    def create(apps, schema_editor):
        connection = schema_editor.connection
        statements = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
        with connection.cursor() as cursor:
            emptying = _emptying(connection, cursor, table, may_be_emptied)
            for statement in statements:
                cursor.execute(
                    statement.format(table=table, kept_while=kept_while, emptying=emptying)
                )

    def drop(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION {table}_is_append_only() CASCADE")
                return
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")

    return migrations.RunPython(create, drop)


def _emptying(connection, cursor, table: str, text: str) -> str:
    """The condition that a change does nothing but empty the column."""
    if not text:
        return "1 = 0"
    if connection.vendor == "postgresql":
        return f"NEW.{text} = '' AND to_jsonb(NEW) - '{text}' = to_jsonb(OLD) - '{text}'"
    columns = connection.introspection.get_table_description(cursor, table)
    others = [field.name for field in columns if field.name != text]
    return " AND ".join([f"NEW.{text} = ''", *(f'NEW."{n}" IS OLD."{n}"' for n in others)])
