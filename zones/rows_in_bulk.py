"""Writing and deleting many rows at once: COPY on PostgreSQL, one prepared statement on SQLite.

Five times faster than building and saving models; nothing else of the project knows of it.
Called inside a transaction.
"""

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, models
from psycopg2.extras import execute_batch

PLAIN = {str, int, bool, type(None)}  # what both drivers take as it is


def stored(field: models.Field, value: Any) -> Any:
    """A value of a model as insert() takes it."""
    if type(value) in PLAIN and not isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False)
    return field.get_db_prep_save(value, connection)


def insert(
    model: type[models.Model], fields: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> list[int]:
    """Writes new rows and returns their ids; `fields` names what each row holds."""
    table, key = model._meta.db_table, model._meta.pk.column
    columns = ", ".join([key, *(_column(model, field) for field in fields)])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            ids = _reserved_ids(cursor, table, key, len(rows))
            lines = (_copy_line((pk, *row)) for pk, row in zip(ids, rows, strict=True))
            with connection.wrap_database_errors:
                cursor.copy_expert(
                    f"COPY {table} ({columns}) FROM STDIN", io.StringIO("".join(lines))
                )
        else:
            ids = _following_ids(cursor, table, len(rows))
            marks = ", ".join(["%s"] * (len(fields) + 1))
            values = (_plain((pk, *row)) for pk, row in zip(ids, rows, strict=True))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
    return ids


def update(model: type[models.Model], changes: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """Sets fields of rows: pairs of (id, values by field)."""
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for pk, values in changes:
        groups[tuple(values)].append(_plain((*values.values(), pk)))
    with connection.cursor() as cursor:
        for fields, rows in groups.items():
            columns = ", ".join(f"{_column(model, field)} = %s" for field in fields)
            statement = f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s"
            if connection.vendor == "postgresql":
                with connection.wrap_database_errors:
                    execute_batch(cursor.cursor, statement, rows, page_size=500)
            else:
                cursor.executemany(statement, rows)


def delete(model: type[models.Model], ids: Sequence[int]) -> None:
    """Deletes rows to which nothing refers; what is kept of them the caller has kept."""
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        if ids:
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id IN ({marks})", ids)


def _column(model: type[models.Model], field: str) -> str:
    return model._meta.get_field(field).column


def _reserved_ids(cursor: Any, table: str, key: str, count: int) -> list[int]:
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        [table, key, count],
    )
    return [pk for (pk,) in cursor.fetchall()]


def _following_ids(cursor: Any, table: str, count: int) -> list[int]:
    """SQLite has one writer, so the ids after the last one that it ever gave are ours."""
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return list(range(first, first + count))


def _plain(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values as both drivers take them and as Django itself stores them."""
    return tuple(str(v) if isinstance(v, Decimal | date) else v for v in values)


# How COPY writes what would end a cell or a row.
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copy_line(values: Iterable[Any]) -> str:
    cells = ("\\N" if v is None else str(v).translate(ESCAPES) for v in values)
    return "\t".join(cells) + "\n"
