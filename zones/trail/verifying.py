"""Reads the trail again and names what does not fit: a row changed, missing, added or unsealed.

Sentences are for the office and its technician; each names the table and the row.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, models, transaction
from django.db.models import Max

from zones.models import Anchor, Look, PersonalValues, Seal
from zones.trail import seals, shapes
from zones.trail.digests import personal_digest, values_of
from zones.trail.guards import missing_guards
from zones.trail.keeping import related_ids
from zones.trail.persons import known_salts, person_key, personal_values
from zones.trail.pruning import kept_digest

CHUNK = 2000


def faults(*, at: datetime | None = None) -> Iterator[str]:
    """All of one moment, though others write meanwhile. Given the instant, what was written in the
    minute before it may lack its seal: it is perhaps being sealed."""
    with of_one_moment():
        found = [*guard_faults(), *chain_faults(), *version_faults()]
        found += [*anchor_faults(), *row_faults(), *personal_faults()]
        loose = set(loose_faults(at))
    yield from found
    # What took long to write was old before it was sealed: look again.
    yield from sorted(loose & set(loose_faults(at)) if loose else loose)


@contextmanager
def of_one_moment() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # keeps nobody out
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = mode


def guard_faults() -> Iterator[str]:
    for guard in missing_guards(connection):
        yield f"{guard.table}: no trigger keeps its rows from being changed"


def chain_faults() -> Iterator[str]:
    """Each seal says what it said, follows the one before, and its rows are all there."""
    anchor = Anchor.objects.order_by("-pk").first()
    previous = anchor.hash if anchor else seals.FIRST
    written = written_by_batch()
    for entry in Seal.objects.order_by("pk").iterator(chunk_size=CHUNK):
        if entry.previous != previous:
            yield f"zones_seal {entry.pk}: the seal before it is not there"
        if seals.hash_of(entry) != entry.hash:
            yield f"zones_seal {entry.pk}: changed"
        rows = written[entry.batch]
        if {table: len(found) for table, found in rows.items()} != entry.rows:
            yield f"zones_seal {entry.pk}: sealed {entry.rows}, found {counts(rows)}"
        elif seals.digest_of_rows(_in_order(rows)) != entry.digest:
            yield f"zones_seal {entry.pk}: its rows are not those that were sealed"
        previous = entry.hash


def end_faults(number: int, hash_then: str) -> Iterator[str]:
    """Whether the seal that was once the last is still there; a chain that was cut off or written
    anew lacks it. What an anchor is past was pruned."""
    anchor = Anchor.objects.order_by("-pk").first()
    known = dict(Seal.objects.filter(pk=number).values_list("pk", "hash"))
    if anchor:
        known[anchor.seal] = anchor.hash
    pruned = bool(anchor) and number < anchor.seal
    if not pruned and known.get(number) != hash_then:
        yield f"zones_seal {number}: expected {hash_then}, found {known.get(number, 'none')}"


def written_by_batch() -> dict[uuid.UUID, dict[str, list[tuple[int, str]]]]:
    found: dict = defaultdict(lambda: defaultdict(list))
    for table, model in seals.trail_tables().items():
        rows = model.objects.order_by("pk").values_list("batch", "pk", "digest")
        for batch, pk, digest in rows.iterator(chunk_size=CHUNK):
            found[batch][table].append((pk, digest))
    return found


def _in_order(rows: dict[str, list[tuple[int, str]]]) -> Iterator[seals.Row]:
    return ((table, pk, of) for table in sorted(rows) for pk, of in rows[table])


def counts(rows: dict) -> dict[str, int]:
    return {table: len(found) for table, found in rows.items()}


def version_faults() -> Iterator[str]:
    """Each row of the trail has the digest of what it says."""
    for table, model in sorted(seals.trail_tables().items()):
        known = shapes.of_table(table)
        for row in model.objects.order_by("pk").iterator(chunk_size=CHUNK):
            if not shapes.fits(row, known):
                yield f"{table} {row.pk}: changed"


def loose_faults(at: datetime | None) -> Iterator[str]:
    for batch, table in seals.loose_batches(before=at - seals.UNDERWAY if at else None):
        yield f"{table}: batch {batch} has no seal"


def anchor_faults() -> Iterator[str]:
    anchor = Anchor.objects.order_by("-pk").first()
    if anchor and kept_digest(anchor.before, anchor.seal) != anchor.kept:
        yield f"zones_anchor {anchor.pk}: what was kept of before {anchor.before} has changed"


def row_faults() -> Iterator[str]:
    """Each tracked row is as its last version says, and none is without or gone."""
    for model in seals.kept_models():
        history, name = model.history.model, model._meta.db_table
        last = history.objects.order_by().values("id").annotate(last=Max("history_id"))
        versions = history.objects.filter(pk__in=last.values("last"))
        by_row = {version.id: version for version in versions.iterator(chunk_size=CHUNK)}
        for row in model._base_manager.order_by("pk").iterator(chunk_size=CHUNK):
            version = by_row.pop(row.pk, None)
            yield from (f"{name} {row.pk}: {fault}" for fault in differences(row, version))
        for pk, version in by_row.items():
            if version.history_type != "-":
                yield f"{name} {pk}: gone, and no version says so"


def differences(row: models.Model, version: models.Model | None) -> Iterator[str]:
    if version is None:
        yield "no version of it is kept"
        return
    if version.history_type == "-":
        yield "its last version says that it was deleted"
    fields = version.tracked_fields
    now, then = values_of(row, fields), values_of(version, fields)
    yield from (
        f"{field} is {now[field]!r}, kept {then[field]!r}"
        for field in now
        if now[field] != then[field]
    )
    if related_ids(row) != version.related:
        yield f"holds {related_ids(row)}, kept {version.related}"


def personal_faults() -> Iterator[str]:
    """What is said of a person now is what was kept last, and nothing kept was changed."""
    for model in seals.kept_models():
        if not (model._meta.tracked.personal or model._meta.tracked.secret):
            continue
        history = model.history.model
        last = history.objects.order_by().values("id").annotate(last=Max("history_id"))
        rows = history.objects.filter(pk__in=last.values("last"))
        kept = dict(rows.values_list("id", "personal"))
        salts = known_salts([f"{model._meta.label_lower}:{pk}" for pk in kept])
        for row in model._base_manager.order_by("pk").iterator(chunk_size=CHUNK):
            salt = salts.get(person_key(row), "")
            if personal_digest(salt, personal_values(row)) != kept.get(row.pk):
                yield f"{model._meta.db_table} {row.pk}: who it is was changed"
    yield from beside_faults()


def beside_faults() -> Iterator[str]:
    """What stands beside the history fits its digest, is held by a version, and is missing only
    where it was erased after the version was written."""
    beside = {}
    people = list(PersonalValues.objects.order_by().values_list("person", flat=True).distinct())
    salts = known_salts(people)
    for kept in PersonalValues.objects.order_by("pk").iterator(chunk_size=CHUNK):
        beside[kept.digest] = kept.pk
        if personal_digest(salts.get(kept.person, ""), kept.values) != kept.digest:
            yield f"zones_personalvalues {kept.pk}: changed"
    held = set()
    for model in seals.kept_models():
        history = model.history.model
        held.update(history.objects.order_by().values_list("personal", flat=True).distinct())
        yield from missing_faults(model, set(beside))
    orphans = sorted(pk for digest, pk in beside.items() if digest not in held)
    yield from (f"zones_personalvalues {pk}: no version holds it" for pk in orphans)


def missing_faults(model: type[models.Model], known: set[str]) -> Iterator[str]:
    erased, history = erased_people(), model.history.model
    rows = history.objects.exclude(personal="").order_by("pk")
    for pk, row, personal, at in rows.values_list("pk", "id", "personal", "history_date"):
        erased_at = erased.get(f"{model._meta.label_lower}:{row}")
        if personal not in known and (erased_at is None or at > erased_at):
            yield f"{history._meta.db_table} {pk}: who it was is missing, and nobody erased it"


def erased_people() -> dict[str, datetime]:
    """When each person was erased last."""
    found = {}
    for look in Look.objects.filter(what=Look.What.ERASURE).order_by("pk"):
        found |= {f"booths.agent:{pk}": look.at for pk in look.agents}
        found |= {f"booths.teammember:{pk}": look.at for pk in look.members}
        found |= {f"zones.user:{pk}": look.at for pk in look.users}
    return found
