"""The faulty rows of a list as a file of the user's own: their columns as they were understood, and
beside them what is wrong. Corrected and uploaded, it is a list like any other."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, NamedTuple

import tablib
from django.utils.translation import gettext as _
from django.utils.translation import override

from booths.imports import CSV, XLSX
from booths.roll.table import Table
from booths.roll.text import folded

OF_TEXT = {".csv", ".tsv", ".txt"}


class File(NamedTuple):
    name: str
    content_type: str
    data: bytes
    headings: list[str]


def file_of(file_name: str, table: Table, problems: Iterable[Any]) -> File:
    """Of the problems each has the row of a fault, as a spreadsheet counts, and what is said of it.
    A column of errors that the file has from before gives way."""
    said: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said[problem.row].append(str(problem.advice))
    headings = list(table.columns.headings)
    while headings and folded(headings[-1]) in _errors():
        headings.pop()
    width = len(headings)
    faulty = tablib.Dataset(headers=[*headings, _("errors")])
    for row, advice in sorted(said.items()):
        cells = [*table.rows[row - table.first_row], *[""] * width][:width]
        faulty.append([*cells, " ".join(advice)])
    name = PurePath(file_name)
    if name.suffix.lower() in OF_TEXT:
        text = CSV().export_data(faulty).encode("utf-8-sig")
        return File(f"{name.stem}-faulty.csv", "text/csv", text, faulty.headers)
    data = XLSX().export_data(faulty)
    return File(f"{name.stem}-faulty.xlsx", XLSX.CONTENT_TYPE, data, faulty.headers)


def _errors() -> set[str]:
    found = set()
    for language in ("hi", "en"):
        with override(language):
            found.add(folded(_("errors")))
    return found
