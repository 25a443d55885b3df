"""Rows that are written once: a trigger of the database refuses to change or delete them.

A deletion passes once the parent row is gone, so that a database can be emptied. One column of
free text may be emptied, and only emptied: it can hold what a person may ask to be erased.
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


EMPTYING_IN_SQLITE = """
DROP TRIGGER {table}_no_update;
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
WHEN NOT (NEW.{text} = '' AND {same})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
EMPTYING_IN_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.{text} = '' AND to_jsonb(NEW) - '{text}' = to_jsonb(OLD) - '{text}' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM {parent} WHERE id = OLD.{column}) THEN
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
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


def may_be_emptied(table: str, text: str, *, parent: str, column: str) -> migrations.RunPython:
    """The migration step that lets the column `text` of a guarded table be emptied."""
    names = {"table": table, "parent": parent, "column": column, "text": text}

    def loosen(apps, schema_editor):
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(EMPTYING_IN_POSTGRESQL.format(**names))
                return
            columns = connection.introspection.get_table_description(cursor, table)
            kept = [field.name for field in columns if field.name != text]
            same = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in kept)
            drop, create = EMPTYING_IN_SQLITE.format(**names, same=same).split(";", 1)
            cursor.execute(drop)
            cursor.execute(create)

    def tighten(apps, schema_editor):
        strict = append_only(table, parent=parent, column=column)
        strict.reverse_code(apps, schema_editor)
        strict.code(apps, schema_editor)

    return migrations.RunPython(loosen, tighten)
