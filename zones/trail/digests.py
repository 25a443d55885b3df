"""What a row of the trail says, in one exact form, and the digest of it (SHA-256, hexadecimal)."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models


def digest(*parts: str) -> str:
    """No two lists of parts have the same text: each is preceded by its length."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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


def digested_fields(model: type[models.Model]) -> list[models.Field]:
    """All but the digest, and the key, which the database gives and the seal holds."""
    return [f for f in model._meta.concrete_fields if not f.primary_key and f.name != "digest"]


def version_digest(
    model: type[models.Model], fields: Iterable[models.Field], values: dict[str, Any]
) -> str:
    """Of what a row of the trail says, with the name of its table."""
    says = {field.attname: plain(field, values[field.attname]) for field in fields}
    return digest(model._meta.db_table, canonical(says))


def row_digest(row: models.Model, fields: Iterable[models.Field] | None = None) -> str:
    """Over the fields; without them, over those of today."""
    fields = digested_fields(type(row)) if fields is None else fields
    return digest(row._meta.db_table, canonical(values_of(row, fields)))


def personal_digest(salt: str, values: dict[str, Any]) -> str:
    return digest(salt, canonical(values))
