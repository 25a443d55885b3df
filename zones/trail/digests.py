"""What a row of the trail says, in one exact form, and the digest of it (SHA-256, hexadecimal).

The form of a value is what canonical() makes of plain(). Nearly all values are of the one class
that their field has, and are written straight: the general way takes ten times as long.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from json.encoder import encode_basestring
from typing import Any
from uuid import UUID

from django.db import models

CHUNK = 5000
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def digest(*parts: str) -> str:
    """No two lists of parts have the same text: each is preceded by its length."""
    return sha256(_joined(parts).encode()).hexdigest()


def _joined(parts: Iterable[str]) -> str:
    return "".join([f"{len(part)}:{part}" for part in parts])


def digest_of_many(parts: Iterable[str]) -> str:
    """The same of parts that are too many to be held."""
    found, left = sha256(), iter(parts)
    while some := list(islice(left, CHUNK)):
        found.update(_joined(some).encode())
    return found.hexdigest()


def plain(field: models.Field, value: Any) -> Any:
    """A value as JSON has it, the same before it is stored and after it is read again."""
    if value is None or isinstance(field, models.JSONField):
        return value
    value = field.to_python(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(field, models.DecimalField):
        return str(Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places)))
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int) else str(value)


def values_of(row: models.Model, fields: Iterable[models.Field]) -> dict[str, Any]:
    return {field.attname: plain(field, getattr(row, field.attname)) for field in fields}


# How a value is written that its field leaves as it is: the class of the value, and the text.
TEXT = (str, encode_basestring)
WHOLE = (int, str)
STRAIGHT: dict[type[models.Field], tuple[type, Callable[[Any], str]]] = {
    models.CharField: TEXT,
    models.SlugField: TEXT,
    models.TextField: TEXT,
    models.BigAutoField: WHOLE,
    models.BigIntegerField: WHOLE,
    models.IntegerField: WHOLE,
    models.PositiveIntegerField: WHOLE,
    models.PositiveSmallIntegerField: WHOLE,
    models.BooleanField: (bool, lambda value: "true" if value else "false"),
    models.DateField: (date, lambda value: f'"{value.isoformat()}"'),
    models.UUIDField: (UUID, lambda value: f'"{value}"'),
    models.DateTimeField: (
        datetime,
        lambda value: f'"{value.astimezone(UTC).isoformat(timespec="microseconds")}"',
    ),
}


class Writer:
    """Writes values of a field. Of exact classes only straight: what is derived may do otherwise."""

    def __init__(self, field: models.Field):
        held = field.target_field if type(field) is models.ForeignKey else field
        self.field = field
        self.own, self.straight = STRAIGHT.get(type(held), (None, str))

    def __call__(self, value: Any) -> str:
        if type(value) is self.own:
            return self.straight(value)
        return "null" if value is None else canonical(plain(self.field, value))

    def column(self, values: Sequence[Any]) -> list[str]:
        if {*map(type, values)} == {self.own}:
            return list(map(self.straight, values))
        return ["null" if value is None else self(value) for value in values]


@lru_cache(maxsize=256)
def _writers(fields: tuple[models.Field, ...]) -> list[tuple[str, str, Writer]]:
    """Column, its name as JSON and its writer, in the order of canonical()."""
    ordered = sorted(fields, key=lambda field: field.attname)
    return [(field.attname, canonical(field.attname), Writer(field)) for field in ordered]


def digested_fields(model: type[models.Model]) -> list[models.Field]:
    """All but the digest, and the key, which the database gives and the seal holds."""
    return [f for f in model._meta.concrete_fields if not f.primary_key and f.name != "digest"]


def version_digests(
    model: type[models.Model], own: Mapping[str, Sequence[Any]], same: Mapping[str, Any]
) -> list[str]:
    """Of rows of the trail, by column: what each row has of its `own`, and all have the `same`."""
    said, cells = [], []
    for column, name, write in _writers(tuple(digested_fields(model))):
        if column in same:
            said.append(f"{name}:{write(same[column])}".replace("%", "%%"))
        else:
            said.append(f"{name}:%s")
            cells.append(write.column(own[column]))
    form, first = "{" + ",".join(said) + "}", _joined([model._meta.db_table])
    # As digest() has it of the table and the row, for which the table need not be written anew.
    rows = [form % row for row in zip(*cells, strict=True)]
    return [sha256(f"{first}{len(row)}:{row}".encode()).hexdigest() for row in rows]


def row_digest(row: models.Model, fields: Iterable[models.Field] | None = None) -> str:
    """Over the fields; without them, over those of today."""
    fields = digested_fields(type(row)) if fields is None else fields
    said = [f"{name}:{write(getattr(row, c))}" for c, name, write in _writers(tuple(fields))]
    return digest(row._meta.db_table, "{" + ",".join(said) + "}")


def personal_digest(salt: str, values: dict[str, Any]) -> str:
    return digest(salt, canonical(values))
