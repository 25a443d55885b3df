"""The chain: each seal holds the digests of its rows and the hash of the seal before."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType

from django.apps import apps
from django.db import IntegrityError, OperationalError, models, transaction

from zones.models import Anchor, Look, Seal
from zones.trail.digests import CHUNK, canonical, digest, digest_of_many, plain

Row = tuple[str, int, str]  # table, id, digest

FIRST = "0" * 64
TRIES = 50  # as many may seal at the same instant and find the place taken
LOCKED = 3  # times that a locked database is waited for; each waits as long as the database does
LATE = "sealed late"
UNDERWAY = timedelta(minutes=1)  # what is younger may be about to be sealed


def kept_models() -> list[type[models.Model]]:
    """The models whose changes are kept."""
    return [model for model in apps.get_models() if hasattr(model._meta, "tracked")]


@cache
def trail_tables() -> Mapping[str, type[models.Model]]:
    """What seals hold, by name of the table: the histories and the looks. Remembered, since each
    mention of `history` makes a class of manager anew and every write asks."""
    histories = [model.history.model for model in kept_models()]
    return MappingProxyType({model._meta.db_table: model for model in (*histories, Look)})


def rows_of(batch: uuid.UUID, tables: Iterable[str]) -> Iterator[Row]:
    """The rows of the batch in order of table and id; they may be too many to be held."""
    models_by_table = trail_tables()
    for table in sorted(tables):
        rows = models_by_table[table].objects.filter(batch=batch).order_by("pk")
        for pk, of in rows.values_list("pk", "digest").iterator(chunk_size=CHUNK):
            yield table, pk, of


def digest_of_rows(rows: Iterable[Row]) -> str:
    return digest_of_many(f"{table}:{pk}:{of}" for table, pk, of in rows)


def seal(
    batch: uuid.UUID, tables: Iterable[str], *, at: datetime, by: int | None, address: str, why: str
) -> Seal | None:
    """Seals what the batch wrote; none if it wrote nothing after all."""
    counts: Counter[str] = Counter()
    sealed = digest_of_rows(_counted(rows_of(batch, tables), counts))
    if not counts:
        return None
    made = Seal(
        batch=batch, at=at, by_id=by, address=address, why=why, rows=dict(counts), digest=sealed
    )  # fmt: skip
    locked = 0
    for _try in range(TRIES):
        made.previous = last_hash()
        made.hash = hash_of(made)
        try:
            with transaction.atomic():
                made.save(force_insert=True)
            return made
        except IntegrityError:  # another took the place after the same seal: go behind it
            made.pk = None
            if Seal.objects.filter(batch=batch).exists():
                return None
        except OperationalError:
            made.pk = None
            locked += 1
            if locked == LOCKED:
                raise
    raise IntegrityError(f"no place in the chain after {TRIES} tries")


def _counted(rows: Iterable[Row], counts: Counter[str]) -> Iterator[Row]:
    for row in rows:
        counts[row[0]] += 1
        yield row


def hash_of(entry: Seal) -> str:
    fields = {field.name: field for field in Seal._meta.concrete_fields}
    says = {
        name: plain(fields[name], getattr(entry, fields[name].attname))
        for name in ("batch", "at", "by", "address", "why", "rows", "digest")
    }
    return digest(entry.previous, canonical(says))


def last_hash() -> str:
    return end()[1]


def end() -> tuple[int, str]:
    """Number and hash of the last seal, whether it stands or was pruned."""
    last = Seal.objects.order_by("-pk").values_list("pk", "hash").first()
    if last is None:
        last = Anchor.objects.order_by("-pk").values_list("seal", "hash").first()
    return last or (0, FIRST)


def loose_batches(*, before: datetime | None = None) -> Iterator[tuple[uuid.UUID, str]]:
    """(batch, table) of what was written, `before` an instant, and never sealed: the server
    stopped right after."""
    anchor = Anchor.objects.order_by("-pk").first()
    for table, model in sorted(trail_tables().items()):
        when = "at" if model is Look else "history_date"
        rows = model.objects.filter(
            ~models.Exists(Seal.objects.filter(batch=models.OuterRef("batch")))
        )
        if anchor:
            rows = rows.filter(**{f"{when}__gte": anchor.before})
        if before:
            rows = rows.filter(**{f"{when}__lt": before})
        for batch in rows.order_by().values_list("batch", flat=True).distinct():
            yield batch, table


def seal_late(*, before: datetime, at: datetime) -> int:
    """Seals what was left without a seal, and says so in each; returns how many."""
    batches: dict[uuid.UUID, set[str]] = defaultdict(set)
    for batch, table in loose_batches(before=before):
        batches[batch].add(table)
    late = [
        seal(batch, tables, at=at, by=None, address="", why=LATE)
        for batch, tables in batches.items()
    ]
    return len(list(filter(None, late)))
