"""The fields that a column of a list can hold: what they are called, and what a user may say of the
columns of a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import agent_list, team_list
from booths.agent_list import label_of as label_of_agents
from booths.models import Booth, ImportBatch
from booths.roll.limits import MAX_COLUMNS
from booths.roll.table import Table

Content = ImportBatch.Content
OF_BOOTHS: dict[str, str | Promise] = {
    "number": gettext_lazy("Booth number"),
    "number_and_name": gettext_lazy("Booth number and name in one"),
    "suffix": gettext_lazy("Letter behind the booth number"),
    "name": gettext_lazy("Booth name"),
    "name_hi": gettext_lazy("Booth name in Hindi"),
    "name_en": gettext_lazy("Booth name in English"),
    "building": "",
    "locality": "",
    "section": gettext_lazy("Section of the area"),
    "type": gettext_lazy("Main or auxiliary"),
    "seat": gettext_lazy("Assembly seat: number"),
    "seat_name": gettext_lazy("Assembly seat: name"),
    "district": "",
    "sector": "",
    "electors_male": "",
    "electors_female": "",
    "electors_third": "",
    "electors_total": "",
    "latitude": "",
    "longitude": "",
    "lat_long": gettext_lazy("Latitude and longitude in one"),
    "serial": gettext_lazy("Running number of the list"),
}

# Several columns may hold these: the first that is filled counts, or all of them.
SEVERAL = {"", "name", "name_hi", "name_en", "building", "locality", "section"}


def choices_of(content: ImportBatch.Content) -> list[tuple[str, str]]:
    """The fields and what they are called; "" is a column that is not read."""
    if content == Content.BOOTHS:
        known = {field: label or _of_booth(field) for field, label in OF_BOOTHS.items()}
    elif content == Content.AGENTS:
        known = {field: label_of_agents(field) for field in agent_list.COLUMNS}
    else:
        known = {field: team_list.label_of(field) for field in team_list.COLUMNS}
    return [("", _("not read")), *((field, _capital(str(label))) for field, label in known.items())]


def _of_booth(field: str) -> str:
    return str(Booth._meta.get_field(field).verbose_name)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def labelled(table: Table, content: ImportBatch.Content) -> Table:
    """A table whose headings say what its columns hold, where the file has none."""
    labels, meant = dict(choices_of(content)), table.columns.meant
    letters = enumerate(table.columns.headings)
    headings = tuple(labels[meant[i]] if i in meant else letter for i, letter in letters)
    return replace(table, columns=replace(table.columns, headings=headings))


class BadColumns(ValidationError):
    """What is said of the columns cannot be."""


def columns_said(
    said: Mapping[Any, Any], content: ImportBatch.Content, headings: Sequence[str] = ()
) -> dict[int, str]:
    """Fields by the index of a column, as somebody says them. Raises BadColumns."""
    known = {field for field, _label in choices_of(content)}
    found: dict[int, str] = {}
    for index, field in said.items():
        if not _is_index(index) or not isinstance(field, str) or field not in known:
            raise BadColumns(_("This is no column, or nothing that one holds."))
        found[int(index)] = field
    of: dict[str, list[int]] = {}
    for index, field in sorted(found.items()):
        of.setdefault(field, []).append(index)
    for field, indexes in of.items():
        if len(indexes) > 1 and field not in SEVERAL:
            named = ", ".join(headings[i] if i < len(headings) else str(i) for i in indexes)
            raise BadColumns(
                _("Several columns cannot hold the same: %(columns)s. Leave all but one unread."),
                params={"columns": named},
            )
    return found


def indexes_said(said: Iterable[Any]) -> list[int]:
    indexes = list(said)
    if not all(_is_index(index) for index in indexes):
        raise BadColumns(_("This is no column, or nothing that one holds."))
    return sorted({int(index) for index in indexes})


def _is_index(index: Any) -> bool:
    text = str(index)
    return len(text) <= 3 and text.isascii() and text.isdecimal() and int(text) < MAX_COLUMNS
