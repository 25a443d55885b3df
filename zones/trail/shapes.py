"""Which columns the digest of a row of the trail is over: those that its table had at the time.

`migrate` records them where they changed. A row whose columns are not all there any more cannot be
digested again: its seal still tells whether its digest was changed, nothing tells of its values.
"""

from collections.abc import Sequence

from django.db import models

from zones.models import Shape
from zones.trail.digests import digested_fields, row_digest
from zones.trail.seals import trail_tables

Columns = dict[str, list[str]]


def columns_in(connection) -> Columns:
    """By table of the trail that is there, the columns that the database has."""
    there = set(connection.introspection.table_names())
    found = {}
    with connection.cursor() as cursor:
        for table, model in trail_tables().items():
            if table in there:
                columns = connection.introspection.get_table_description(cursor, table)
                names = {column.name for column in columns}
                found[table] = sorted(names - {"digest", model._meta.pk.column})
    return found


def record(connection, *, before: Columns) -> None:
    """Records the shapes that a migration left; `before` is what columns_in() said ahead of it."""
    if Shape._meta.db_table not in connection.introspection.table_names():
        return
    shapes = Shape.objects.using(connection.alias)
    known = {shape.table: shape.columns for shape in shapes.order_by("pk")}
    for table, columns in columns_in(connection).items():
        if table not in known and table in before:
            shapes.create(table=table, columns=before[table], from_id=0)
            known[table] = before[table]
        if columns != known.get(table):
            rows = trail_tables()[table].objects.using(connection.alias)
            last = rows.order_by("-pk").values_list("pk", flat=True).first() or 0
            shapes.create(table=table, columns=columns, from_id=last + 1)


def of_table(table: str) -> list[Shape]:
    """The latest first."""
    return list(Shape.objects.filter(table=table).order_by("-pk"))


def fits(row: models.Model, shapes: Sequence[Shape]) -> bool:
    """Whether the row has the digest of what it says, or cannot be asked any more."""
    own = [shape for shape in shapes if shape.from_id <= row.pk]
    if not own:
        return row_digest(row) == row.digest
    fields = {field.column: field for field in digested_fields(type(row))}
    if not fields.keys() >= set(own[0].columns):
        return True
    # A process of the release before may still write while the new one starts.
    return any(
        row_digest(row, [fields[column] for column in shape.columns]) == row.digest
        for shape in own[:2]
        if fields.keys() >= set(shape.columns)
    )
