"""The faulty rows of a list as a file of the user's own: their columns as they wrote them, and beside
them what is wrong. Corrected and uploaded, it is a list like any other."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, NamedTuple

import tablib
from django.utils.translation import gettext as _

from booths.imports import CSV, XLSX
from booths.roll.decode import decode

OF_TEXT = {".csv", ".tsv", ".txt"}


class File(NamedTuple):
    name: str
    content_type: str
    data: bytes


def file_of(data: bytes, file_name: str, table: Any, problems: Iterable[Any]) -> File:
    """`table` says on which sheet and below which headings the rows stand; of the problems each
    has the row of a fault, as a spreadsheet counts, and what is said of it."""
    said: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said[problem.row].append(str(problem.advice))
    rows = next(sheet.rows for sheet in decode(data) if sheet.name in (table.sheet, ""))
    width = len(table.columns.headings)
    faulty = tablib.Dataset(headers=[*table.columns.headings, _("errors")])
    for row, advice in sorted(said.items()):
        cells = [*rows[row - 1], *[""] * width][:width]
        faulty.append([*cells, " ".join(advice)])
    name = PurePath(file_name)
    if name.suffix.lower() in OF_TEXT:
        text = CSV().export_data(faulty)
        return File(f"{name.stem}-faulty.csv", "text/csv", text.encode("utf-8-sig"))
    return File(f"{name.stem}-faulty.xlsx", XLSX.CONTENT_TYPE, XLSX().export_data(faulty))
