"""Rows that are written once beside a parent row: a deletion passes once the parent is gone, so
that a database can be emptied."""

from django.db import migrations

from zones.append_only import guarded, parent_stands


def append_only(table: str, *, parent: str, column: str) -> migrations.RunPython:
    """The migration step that guards `table`, whose `column` refers to the table `parent`."""
    return guarded(table, kept_while=parent_stands(parent, column))


def may_be_emptied(table: str, text: str, *, parent: str, column: str) -> migrations.RunPython:
    """The migration step that lets the column `text` of a guarded table be emptied."""
    strict = append_only(table, parent=parent, column=column)
    loose = guarded(table, kept_while=parent_stands(parent, column), may_be_emptied=text)

    def loosen(apps, schema_editor):
        strict.reverse_code(apps, schema_editor)
        loose.code(apps, schema_editor)

    def tighten(apps, schema_editor):
        loose.reverse_code(apps, schema_editor)
        strict.code(apps, schema_editor)

    return migrations.RunPython(loosen, tighten)
