"""Rows that are written once: triggers of the database refuse to change or delete them.

`kept_while` is a condition in SQL on the row, OLD: a deletion passes once it is false. One column of
free text may be emptied, and only emptied: it can hold what a person may ask to be erased.
"""

from dataclasses import dataclass

from django.db import migrations

SQLITE = {
    "{table}_no_update": """CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({emptying})
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
    "{table}_no_delete": """CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {kept_while}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
}
POSTGRESQL = """
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF {emptying} THEN RETURN NEW; END IF;
        RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      IF {kept_while} THEN
        RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN OLD;
    END """


@dataclass(frozen=True)
class Guard:
    """What keeps a table append-only, as a migration makes it and as it is found and repaired."""

    table: str
    kept_while: str
    may_be_emptied: str = ""

    def make(self, connection) -> None:
        self.drop(connection)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                body, table = self._body(connection), self.table
                cursor.execute(
                    f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger"
                    f" LANGUAGE plpgsql AS $${body}$$"
                )
                cursor.execute(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
                    f" FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"
                )
                return
            for statement in self._triggers(connection).values():
                cursor.execute(statement)

    def drop(self, connection) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {self.table}_is_append_only() CASCADE")
                return
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name.format(table=self.table)}")

    def stands(self, connection) -> bool:
        """Whether the database has it, in force and in these words."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                    " WHERE tgrelid = %s::regclass AND tgname = %s AND tgenabled <> 'D'",
                    [self.table, f"{self.table}_append_only"],
                )
                return cursor.fetchall() == [(self._body(connection),)]
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [self.table],
            )
            return self._triggers(connection).items() <= dict(cursor.fetchall()).items()

    def _body(self, connection) -> str:
        return POSTGRESQL.format(**self._words(connection))

    def _triggers(self, connection) -> dict[str, str]:
        words = self._words(connection)
        return {name.format(**words): text.format(**words) for name, text in SQLITE.items()}

    def _words(self, connection) -> dict[str, str]:
        emptying = _emptying(connection, self.table, self.may_be_emptied)
        return {"table": self.table, "kept_while": self.kept_while, "emptying": emptying}


FULL_SQLITE = """CREATE TRIGGER {table}_full BEFORE INSERT ON {table} WHEN NOT ({open_while})
    BEGIN SELECT RAISE(ABORT, '{table} is complete'); END"""
FULL_POSTGRESQL = """
    BEGIN
      IF {open_while} THEN RETURN NEW; END IF;
      RAISE EXCEPTION '{table} is complete' USING ERRCODE = 'integrity_constraint_violation';
    END """


@dataclass(frozen=True)
class Full:
    """What keeps a table from more rows; `open_while` is a condition in SQL on the row, NEW."""

    table: str
    open_while: str

    def make(self, connection) -> None:
        self.drop(connection)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE FUNCTION {self.table}_is_full() RETURNS trigger"
                    f" LANGUAGE plpgsql AS $${FULL_POSTGRESQL.format(**vars(self))}$$"
                )
                cursor.execute(
                    f"CREATE TRIGGER {self.table}_full BEFORE INSERT ON {self.table}"
                    f" FOR EACH ROW EXECUTE FUNCTION {self.table}_is_full()"
                )
                return
            cursor.execute(FULL_SQLITE.format(**vars(self)))

    def drop(self, connection) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {self.table}_is_full() CASCADE")
                return
            cursor.execute(f"DROP TRIGGER IF EXISTS {self.table}_full")

    def stands(self, connection) -> bool:
        """Whether the database has it, in force and in these words."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                    " WHERE tgrelid = %s::regclass AND tgname = %s AND tgenabled <> 'D'",
                    [self.table, f"{self.table}_full"],
                )
                return cursor.fetchall() == [(FULL_POSTGRESQL.format(**vars(self)),)]
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [f"{self.table}_full"])
            return cursor.fetchall() == [(FULL_SQLITE.format(**vars(self)),)]


def fewer_than(table: str, *, parent: str, column: str, rows: str) -> str:
    """The condition that the row to which `column` refers has not yet as many as its `rows` says."""
    return (
        f"(SELECT COUNT(*) FROM {table} WHERE {column} = NEW.{column})"
        f" < (SELECT {rows} FROM {parent} WHERE id = NEW.{column})"
    )


def guarded(table: str, *, kept_while: str, may_be_emptied: str = "") -> migrations.RunPython:
    """The migration step that guards the table."""
    guard = Guard(table, kept_while, may_be_emptied)
    return migrations.RunPython(
        lambda apps, schema_editor: guard.make(schema_editor.connection),
        lambda apps, schema_editor: guard.drop(schema_editor.connection),
    )


def parent_stands(parent: str, column: str) -> str:
    """The condition that a row is kept while the row is there to which its `column` refers."""
    return f"EXISTS (SELECT 1 FROM {parent} WHERE id = OLD.{column})"


def _emptying(connection, table: str, text: str) -> str:
    """The condition that a change does nothing but empty the column."""
    if not text:
        return "1 = 0"
    if connection.vendor == "postgresql":
        return f"NEW.{text} = '' AND to_jsonb(NEW) - '{text}' = to_jsonb(OLD) - '{text}'"
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    others = [field.name for field in columns if field.name != text]
    return " AND ".join([f"NEW.{text} = ''", *(f'NEW."{n}" IS OLD."{n}"' for n in others)])
