"""Keeps versions of rows and looks at people, all of one transaction under one seal.

Who acts and from where comes from the request that is being answered; a command or an import says
it with `acting()`. A row may carry `_history_user` and `_change_reason` for itself, as the library
has it. The instant is the clock's, as for every log: no rule of the field depends on it.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from simple_history.models import HistoricalRecords

from zones import rows_in_bulk
from zones.models import Look, User
from zones.trail.digests import digested_fields, row_digest, version_digest
from zones.trail.persons import keep_personal
from zones.trail.seals import kept_models, seal
from zones.visitors import address_of

MANY = 100  # rows from which writing in bulk pays
CHUNK = 5000
REASON = 300  # characters


@dataclass(frozen=True)
class Actor:
    by: int | None = None
    address: str = ""
    why: str = ""


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


def actor() -> Actor:
    return _actor.get() or _of_request()


def _of_request() -> Actor:
    request = getattr(HistoricalRecords.context, "request", None)
    if request is None:
        return Actor()
    user = getattr(request, "user", None)
    return Actor(by=user.pk if user else None, address=address_of(request))


@contextmanager
def acting(*, by: User | None = None, why: str = "", address: str = "") -> Iterator[None]:
    """Says who does what the block writes, why and from where."""
    known = actor()
    said = {"why": why[:REASON] or known.why, "address": address or known.address}
    token = _actor.set(replace(known, by=by.pk if by else known.by, **said))
    try:
        yield
    finally:
        _actor.reset(token)


def _batch() -> uuid.UUID:
    """The batch of this transaction; it is sealed when the transaction is committed."""
    batch = getattr(connection, "trail_batch", None)
    if batch is None:
        batch = connection.trail_batch = uuid.uuid4()
    return batch


def _sealed_at_commit(batch: uuid.UUID, table: str, who: Actor) -> None:
    connection.trail_tables = getattr(connection, "trail_tables", frozenset()) | {table}

    # Asked for by every row, since those of a savepoint rolled back are forgotten with it. What is
    # committed stays committed if the seal fails: verify_audit names rows without one. No partial:
    # Django asks the hook that failed for its name.
    def seal_the_batch() -> None:
        _seal(batch, who)

    transaction.on_commit(seal_the_batch, robust=True)


def _seal(batch: uuid.UUID, who: Actor) -> None:
    if getattr(connection, "trail_batch", None) != batch:
        return
    tables = connection.trail_tables
    connection.trail_batch, connection.trail_tables = None, frozenset()
    seal(batch, tables, at=timezone.now(), by=who.by, address=who.address, why=who.why)


def keep(rows: Sequence[models.Model], verb: str, *, why: str = "") -> None:
    """Keeps the rows, all of one model, as they are now: "+" created, "~" changed, "-" deleted."""
    if not rows:
        return
    who, batch, now = actor(), _batch(), timezone.now()
    history = type(rows[0]).history.model
    beside = keep_personal(rows)
    act = {"history_type": verb, "history_date": now, "batch": batch, "address": who.address}
    names = [field.attname for field in history.tracked_fields]
    made = [
        {
            **act,
            "history_user_id": _user_of(row, who),
            "history_change_reason": _why(row, why or who.why),
            "personal": personal,
            "related": {} if verb == "-" else related_ids(row),
            **{name: getattr(row, name) for name in names},
        }
        for row, personal in zip(rows, beside, strict=True)
    ]
    _write(history, made)
    _sealed_at_commit(batch, history._meta.db_table, who)


def _user_of(row: models.Model, who: Actor) -> int | None:
    user = getattr(row, "_history_user", None)
    return user.pk if user else who.by


def _why(row: models.Model, why: str) -> str:
    return (getattr(row, "_change_reason", "") or why)[:REASON]


def related_ids(row: models.Model) -> dict[str, list[int]]:
    """What a row holds by many-to-many fields."""
    names = row._meta.tracked.related
    return {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in names}


def _write(history: type[models.Model], made: list[dict[str, Any]]) -> None:
    fields = digested_fields(history)
    for values in made:
        values["digest"] = version_digest(history, fields, values)
    if len(made) < MANY:
        history.objects.bulk_create(history(**values) for values in made)
        return
    fields.append(history._meta.get_field("digest"))
    stored = rows_in_bulk.stored
    rows = [tuple(stored(field, values[field.attname]) for field in fields) for values in made]
    rows_in_bulk.insert(history, [field.attname for field in fields], rows)


def keep_ids(model: type[models.Model], ids: Iterable[int], verb: str, *, why: str = "") -> None:
    """Keeps rows that were written in bulk, as the database now has them."""
    ids = sorted(ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        keep(list(model._base_manager.filter(pk__in=chunk).order_by("pk")), verb, why=why)


def keep_first_versions(*, why: str) -> int:
    """Of every row that has none: what a fixture loaded, or was written past the models."""
    count = 0
    with transaction.atomic():
        for model in kept_models():
            known = model.history.model.objects.filter(id=OuterRef("pk"))
            rows = model._base_manager.filter(~Exists(known))
            ids = list(rows.values_list("pk", flat=True))
            keep_ids(model, ids, "+", why=why)
            count += len(ids)
    return count


def note(what: str, where: str, *, count: int | None = None, **people: Iterable[int]) -> Look:
    """Records a look at people: `agents`, `members` and `users` are ids."""
    who, batch = actor(), _batch()
    ids: dict[str, Any] = {kind: sorted(set(found)) for kind, found in people.items()}
    seen = sum(len(found) for found in ids.values()) if count is None else count
    look = Look(
        what=what, where=where[:300], count=seen, by_id=who.by, at=timezone.now(),
        batch=batch, address=who.address, **ids,
    )  # fmt: skip
    look.digest = row_digest(look)
    look.save(force_insert=True)
    _sealed_at_commit(batch, Look._meta.db_table, who)
    return look
