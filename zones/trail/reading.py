"""Entries of the trail for whoever may read them: which there are, and what each one says."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from zones.models import Look, Seal, User
from zones.trail.looks import people_of
from zones.trail.seals import kept_models, trail_tables
from zones.trail.versions import ReadVersion, Words, read

LOOKS = Look._meta.db_table


class EntryKind(models.TextChoices):
    CHANGE = "change", _("change")
    LOOK = "look", _("look at contact data")
    EXPORT = "export", _("export")
    SIGN_IN = "sign_in", _("sign-in")


@dataclass
class Entry:
    """One transaction: who, when, from where and why, and how much of what it wrote."""

    seal: Seal
    who: str
    looks: list[Look] = field(default_factory=list)

    @cached_property
    def sizes(self) -> list[tuple[str, int]]:
        """Number of rows changed, by what they are."""
        names = {
            table: kept.instance_type for table, kept in trail_tables().items() if table != LOOKS
        }
        return [
            (str(names[table]._meta.verbose_name), number)
            for table, number in sorted(self.seal.rows.items())
            if table in names
        ]


def entries(seals: Sequence[Seal]) -> list[Entry]:
    """In two queries, however many they are."""
    seals = list(seals)
    looks = defaultdict(list)
    batches = [seal.batch for seal in seals]
    for look in Look.objects.filter(batch__in=batches).order_by("pk"):
        looks[look.batch].append(look)
    names = names_of({seal.by_id for seal in seals})
    return [Entry(seal, names.get(seal.by_id, ""), looks[seal.batch]) for seal in seals]


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    users = User.objects.filter(pk__in={pk for pk in ids if pk})
    return {user.pk: user.name for user in users}


class Holds(models.Func):
    """Whether a list of ids in a JSON column holds an id."""

    output_field = models.BooleanField()
    conditional = True

    def as_sqlite(self, compiler, connection, **context):
        ids, pk = self.source_expressions
        first, one = compiler.compile(ids)
        second, other = compiler.compile(pk)
        holds = f"EXISTS (SELECT 1 FROM json_each({first}) WHERE json_each.value = {second})"
        return holds, (*one, *other)

    def as_postgresql(self, compiler, connection, **context):
        ids, pk = self.source_expressions
        first, one = compiler.compile(ids)
        second, other = compiler.compile(pk)
        return f"{first} @> to_jsonb({second}::bigint)", (*one, *other)


def about(kind: str, pk: int) -> Q:
    """A filter on seals: entries that changed what is kept of a person, or showed it. `kind` is
    the list of a Look in which the person is: "agents", "members" or "users"."""
    shown = Look.objects.filter(Holds(models.F(kind), models.Value(pk)))
    found = Q(batch__in=shown.order_by().values("batch"))
    for model in kept_models():
        if attribute := people_of(model).get(kind):
            versions = model.history.filter(**{attribute: pk})
            found |= Q(batch__in=versions.order_by().values("batch"))
    return found


def of_kind(kind: str) -> Q:
    special = {EntryKind.EXPORT: Look.What.EXPORT, EntryKind.SIGN_IN: Look.What.SIGN_IN}
    if kind in special:
        return _with_look(special[kind])
    if kind == EntryKind.LOOK:
        return Q(rows__has_key=LOOKS) & ~_with_look(*special.values())
    return Q(rows__has_any_keys=sorted(set(trail_tables()) - {LOOKS}))


def _with_look(*what: str) -> Q:
    return Q(Exists(Look.objects.filter(batch=OuterRef("batch"), what__in=what)))


def read_entries(
    found: Sequence[Entry], words: Words, *, most: int | None = None
) -> dict[int, list[ReadVersion]]:
    """What each entry changed, by id of its seal: a few queries for each kind of row, however many
    entries there are; of each kind not more than `most` rows."""
    by_batch = {entry.seal.batch: entry.seal.pk for entry in found}
    tables = {table for entry in found for table in entry.seal.rows} - {LOOKS}
    said: dict[int, list[ReadVersion]] = defaultdict(list)
    for table in sorted(tables & set(trail_tables())):
        history = trail_tables()[table]
        rows = history.objects.filter(batch__in=by_batch).order_by("history_id")[:most]
        for one in read(history.instance_type, list(rows), words):
            said[by_batch[one.version.batch]].append(one)
    return said


def people_read(versions: Iterable[ReadVersion]) -> dict[str, set[int]]:
    """Whom the versions tell of, by the lists of a Look."""
    found: dict[str, set[int]] = defaultdict(set)
    for one in versions:
        for kind, attribute in people_of(one.version.instance_type).items():
            found[kind].add(getattr(one.version, attribute))
    return found


def affected(
    *, doers: Q, by: int | None, address: str, since: datetime, before: datetime
) -> dict[str, set[int]]:
    """Ids of all whose data a user, or whoever came from an address, was shown or changed.

    `doers` is a filter on entries, by who may be asked about; the span ends before `before`.
    """
    who = ({"by": by} if by else {}) | ({"address": address} if address else {})
    looks = Look.objects.filter(doers, at__gte=since, at__lt=before, **who)
    found: dict[str, set[int]] = {"agents": set(), "members": set(), "users": set()}
    for look in looks.order_by().iterator(chunk_size=2000):
        for kind, ids in found.items():
            ids.update(getattr(look, kind))
    for kind, ids in _changed_by(by, address, since, before, doers):
        found[kind] |= ids
    return found


def _changed_by(by, address, since, before, doers):
    span = {"history_date__gte": since, "history_date__lt": before}
    span |= ({"history_user": by} if by else {}) | ({"address": address} if address else {})
    sealed = Seal.objects.filter(doers, batch=OuterRef("batch"))
    for model in kept_models():
        for kind, attribute in people_of(model).items():
            rows: QuerySet = model.history.filter(Exists(sealed), **span).order_by()
            yield kind, set(rows.values_list(attribute, flat=True).distinct())
