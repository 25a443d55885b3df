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
from zones.trail.digests import row_digest, version_digests
from zones.trail.persons import keep_personal
from zones.trail.seals import kept_models, seal
from zones.visitors import address_of

MANY = 100  # rows from which writing in bulk pays
CHUNK = 5000
REASON = 300  # characters
Columns = dict[str, Sequence[Any]]


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
    who, history = actor(), type(rows[0]).history.model
    own = {
        "history_user_id": [_user_of(row, who) for row in rows],
        "history_change_reason": [_why(row, why or who.why) for row in rows],
        "personal": keep_personal(rows),
        "related": [{} if verb == "-" else related_ids(row) for row in rows],
    }
    own |= {name: [getattr(row, name) for row in rows] for name in _tracked(history)}
    _write(history, verb, who, own, {})


def _tracked(history: type[models.Model]) -> list[str]:
    return [field.attname for field in history.tracked_fields]


def _user_of(row: models.Model, who: Actor) -> int | None:
    user = getattr(row, "_history_user", None)
    return user.pk if user else who.by


def _why(row: models.Model, why: str) -> str:
    return (getattr(row, "_change_reason", "") or why)[:REASON]


def related_ids(row: models.Model) -> dict[str, list[int]]:
    """What a row holds by many-to-many fields."""
    names = row._meta.tracked.related
    return {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in names}


def _write(history: type[models.Model], verb: str, who: Actor, own: Columns, same: dict) -> None:
    """Writes a version for each row of the columns: its `own` values, and the `same` of all."""
    same = same | _said_of_all(verb, who)
    own["digest"] = digests = version_digests(history, own, same)
    if len(digests) < MANY:
        rows = zip(*own.values(), strict=True)
        history.objects.bulk_create(
            history(**same, **dict(zip(own, row, strict=True))) for row in rows
        )
    else:
        rows_in_bulk.append_columns(history, own, same)
    _sealed_at_commit(_batch(), history._meta.db_table, who)


def _said_of_all(verb: str, who: Actor) -> dict[str, Any]:
    said = {"history_type": verb, "history_date": timezone.now()}
    return said | {"batch": _batch(), "address": who.address}


def keep_ids(model: type[models.Model], ids: Iterable[int], verb: str, *, why: str = "") -> None:
    """Keeps rows that were written in bulk, as the database now has them."""
    ids, tracked = sorted(ids), model._meta.tracked
    for start in range(0, len(ids), CHUNK):
        rows = model._base_manager.filter(pk__in=ids[start : start + CHUNK]).order_by("pk")
        if tracked.personal or tracked.secret or tracked.related:
            keep(list(rows), verb, why=why)
        else:
            _keep_columns(rows, verb, why)


def _keep_columns(rows: models.QuerySet, verb: str, why: str) -> None:
    """The same for a model that tells of nobody, without making an object of each row."""
    names = _tracked(rows.model.history.model)
    columns = list(zip(*rows.values_list(*names), strict=True))
    if columns:
        keep_columns(rows.model, dict(zip(names, columns, strict=True)), {}, verb, why=why)


def keep_columns(
    model: type[models.Model], own: Columns, same: dict[str, Any], verb: str, *, why: str = ""
) -> None:
    """Keeps rows of a model that tells of nobody, by column, for whoever has just written these very
    values: `own` of each row, the `same` of all."""
    who, history = actor(), model.history.model
    _refuse_missing(history, {*own, *same})
    _write(history, verb, who, {**own}, same | _of_nobody(who, why))


def keep_parts(
    model: type[models.Model],
    parts: Iterable[rows_in_bulk.Columns],
    same: dict[str, Any],
    verb: str,
) -> None:
    """The same of many rows, part by part; what makes the parts may not ask the database."""
    who, history = actor(), model.history.model
    same = same | _of_nobody(who) | _said_of_all(verb, who)

    def digested(own: rows_in_bulk.Columns) -> rows_in_bulk.Columns:
        _refuse_missing(history, {*own, *same})
        return {**own, "digest": version_digests(history, own, same)}

    rows_in_bulk.append_parts(history, map(digested, parts), same)
    _sealed_at_commit(_batch(), history._meta.db_table, who)


def _of_nobody(who: Actor, why: str = "") -> dict[str, Any]:
    said = {"history_user_id": who.by, "history_change_reason": (why or who.why)[:REASON]}
    return said | {"personal": "", "related": {}}


def _refuse_missing(history: type[models.Model], said: set[str]) -> None:
    if missing := set(_tracked(history)) - said:
        raise TypeError(f"columns of {history._meta.db_table} are not said: {sorted(missing)}")


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
