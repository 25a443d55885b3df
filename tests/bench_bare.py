"""What the database alone takes for the rows of an import: PostgreSQL's COPY, on SQLite executemany.

All of them, with their ids, as text or tuples made ready before, in one transaction, into the same
tables, which are emptied first and keep their indexes, constraints and triggers.
"""

import io
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection, transaction

Rows = dict[str, Any]  # by table: text as COPY reads it, or what it takes to call executemany


def counts() -> dict[str, int]:
    """How many rows each table has."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    return {table: _first(f"SELECT COUNT(*) FROM {table}") for table in tables}


def _first(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def empty(tables: Iterable[str]) -> None:
    """Removes all rows, also of tables that are written once, and leaves no dead ones."""
    from zones.trail.guards import guards

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f"TRUNCATE {table} CASCADE")
            return
        own = [guard for guard in guards() if guard.table in tables]
        for guard in own:
            guard.drop(connection)
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        for guard in own:
            guard.make(connection)


def taken(tables: Iterable[str]) -> Rows:
    """The rows that the tables have now, ready to be written."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return {table: _copied(cursor, table) for table in tables}
        return {table: _selected(cursor, table) for table in tables}


def _copied(cursor, table: str) -> str:
    text = io.StringIO()
    cursor.copy_expert(f"COPY {table} TO STDOUT", text)
    return text.getvalue()


def _selected(cursor, table: str) -> tuple[str, list[tuple]]:
    rows = cursor.connection.execute(f"SELECT * FROM {table}").fetchall()
    marks = ", ".join("?" * len(rows[0]))
    return f"INSERT INTO {table} VALUES ({marks})", [*map(tuple, rows)]


def write(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, ready in rows.items():
            if connection.vendor == "postgresql":
                cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(ready))
            else:
                cursor.connection.executemany(*ready)
