"""What the user says of an uploaded file beside its form: which sheet holds the list, what its
columns hold, which of them are in Kruti Dev; and what was said of a file of the same shape before.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from booths.models import ChosenColumns
from booths.roll.text import folded
from booths.spreadsheets import as_typed
from zones.models import User


@dataclass(frozen=True)
class HowRead:
    """`columns` are by index the field that each holds, "" for none; None where the headings tell.
    Without headings the list begins in the first row. `kruti_dev` are the indexes of the columns
    confirmed to be in that font; None where nobody was asked."""

    sheet: str | None = None
    columns: Mapping[int, str] | None = None
    has_headings: bool = True
    kruti_dev: Sequence[int] | None = None

    @classmethod
    def kept(cls, kept: Mapping[str, Any] | None) -> "HowRead":
        """From JSON, whose keys are text."""
        found = cls(**(kept or {}))
        if found.columns is None:
            return found
        return replace(found, columns={int(i): of for i, of in found.columns.items()})

    @property
    def as_kept(self) -> dict[str, Any]:
        return {name: of for name, of in asdict(self).items() if of is not None}


AS_IT_SAYS = HowRead()  # nobody said anything of the file


def shape_of(headings: Sequence[str]) -> str:
    """The same for files whose headings read the same."""
    read = [folded(as_typed(heading)) for heading in headings]
    return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()


def remember(user: User, content: str, headings: Sequence[str], columns: Mapping[int, str]) -> None:
    ChosenColumns.objects.update_or_create(
        user=user, content=content, shape=shape_of(headings), defaults={"columns": dict(columns)}
    )


def forget(user: User, content: str, headings: Sequence[str]) -> None:
    ChosenColumns.objects.filter(user=user, content=content, shape=shape_of(headings)).delete()


def remembered(user: User, content: str, headings: Sequence[str]) -> dict[int, str] | None:
    """What the user said last of the columns of a file with these headings."""
    rows = ChosenColumns.objects.filter(user=user, content=content, shape=shape_of(headings))
    columns = rows.values_list("columns", flat=True).first()
    return None if columns is None else {int(index): of for index, of in columns.items()}
