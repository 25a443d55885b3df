"""Rows of the trail are written once: what the database itself refuses.

A trigger refuses every change, and every deletion but of what an anchor of the pruning is past. On
PostgreSQL the application's role has not even the right to try.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, migrations

from zones.append_only import Full, Guard, fewer_than, guarded, parent_stands
from zones.models import Anchor, Look, Seal, Shape
from zones.trail.seals import trail_tables


def append_only_trail(tables: dict[str, str | None]) -> list[migrations.RunPython]:
    """The migration steps that guard tables: name, and the column that says when a row was
    written, by which it may be pruned; None: never."""
    return [
        guarded(table, kept_while=_is_young(column) if column else "1 = 1")
        for table, column in tables.items()
    ]


def _is_young(column: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM zones_anchor WHERE before > OLD.{column})"


def guards() -> list[Guard | Full]:
    """What guards each table that is written once, in the words of the migrations."""
    trail = {
        table: "at" if model is Look else "history_date" for table, model in trail_tables().items()
    }
    kept = {table: _is_young(column) for table, column in trail.items()}
    kept |= {Seal._meta.db_table: _is_young("at")} | dict.fromkeys(owned_tables(), "1 = 1")
    others = [_guard_with_parent(m) for m in apps.get_models() if hasattr(m, "written_once_with")]
    full = [_full_guard(m) for m in apps.get_models() if hasattr(m, "as_many_as")]
    return [*(Guard(table, condition) for table, condition in kept.items()), *others, *full]


def _guard_with_parent(model) -> Guard:
    """Of a model that says itself with what its rows stand, and which text may be emptied."""
    to = model._meta.get_field(model.written_once_with)
    condition = parent_stands(to.related_model._meta.db_table, to.column)
    return Guard(model._meta.db_table, condition, getattr(model, "may_be_emptied", ""))


def _full_guard(model) -> Full:
    """Of a model that says itself which field of its parent holds how many rows there are."""
    to, table = model._meta.get_field(model.written_once_with), model._meta.db_table
    parent = to.related_model._meta.db_table
    return Full(table, fewer_than(table, parent=parent, column=to.column, rows=model.as_many_as))


def missing_guards(on) -> list[Guard | Full]:
    """Those that the database of the connection lacks, or has in other words."""
    there = set(on.introspection.table_names())
    return [guard for guard in guards() if guard.table in there and not guard.stands(on)]


def tables_written_once() -> list[str]:
    """Whatever a trigger guards and the application adds to."""
    return [guard.table for guard in guards() if guard.table not in owned_tables()]


def columns_that_may_be_emptied() -> list[tuple[str, str]]:
    """(table, column) of free text of which a person may ask that it be erased."""
    found = [(m._meta.db_table, getattr(m, "may_be_emptied", "")) for m in apps.get_models()]
    return [(table, column) for table, column in found if column]


def owned_tables() -> list[str]:
    return [Anchor._meta.db_table, Shape._meta.db_table]


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
        for table, column in columns_that_may_be_emptied():
            cursor.execute(f"GRANT UPDATE ({column}) ON {table} TO {name}")
        for table in owned:
            cursor.execute(f"REVOKE INSERT ON {table} FROM {name}")
