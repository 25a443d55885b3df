"""What a version of a row changed, in words: each field from what it was to what it became.

Whoever shows it hands in `words`, which says how rows of a model are called.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zones.models import PersonalValues

Words = Callable[[type[models.Model], set[int]], dict[int, str]]
CHUNK = 2000


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str


@dataclass
class ReadVersion:
    version: models.Model  # a row of a history
    thing: str  # "agent"
    row: str  # how the row is called now
    changes: list[Change]
    who: str = ""

    @property
    def verb(self) -> str:
        return {"+": _("created"), "~": _("changed"), "-": _("deleted")}[self.version.history_type]


@dataclass
class Pair:
    """A version and the one before it of the same row, with what each says by column."""

    version: models.Model
    before: dict[str, Any]
    after: dict[str, Any]


ERASED = object()


def read(model: type[models.Model], versions: Sequence[models.Model], words: Words):
    """The versions, all of one model, in words; as many queries for one as for a thousand."""
    pairs = _pairs(model, versions)
    known = _known_words(model, pairs, words)
    rows = known[model]
    return [
        ReadVersion(
            pair.version,
            str(model._meta.verbose_name),
            rows.get(pair.version.id) or _gone_row(pair.version),
            list(_changes(model, pair, known)),
        )
        for pair in pairs
    ]


def _gone_row(version: models.Model) -> str:
    return getattr(version, "name_hi", "") or f"#{version.id}"


def _pairs(model: type[models.Model], versions: Sequence[models.Model]) -> list[Pair]:
    previous = _previous(model.history.model, versions)
    everything = [*versions, *previous.values()]
    beside = _beside({version.personal for version in everything if version.personal})
    pairs = []
    for version in versions:
        before = previous.get(version.pk)
        first = _said(before, beside) if before else {}
        last = _said(version, beside)
        if version.history_type == "-":
            first, last = last, {}
        pairs.append(Pair(version, first, last))
    return pairs


def _previous(history, versions: Sequence[models.Model]) -> dict[int, models.Model]:
    """By version, the one before it of the same row."""
    earlier = history.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    last = Subquery(earlier.order_by("-history_id").values("history_id")[:1])
    before: dict[int, int] = {}
    for chunk in _chunks([version.pk for version in versions]):
        found = history.objects.filter(pk__in=chunk).order_by()
        before |= dict(found.annotate(previous=last).values_list("pk", "previous"))
    rows: dict[int, models.Model] = {}
    for chunk in _chunks(sorted(set(filter(None, before.values())))):
        rows |= {row.pk: row for row in history.objects.filter(pk__in=chunk).order_by()}
    return {pk: rows[of] for pk, of in before.items() if of}


def _beside(digests: set[str]) -> dict[str, dict]:
    found: dict[str, dict] = {}
    for chunk in _chunks(sorted(digests)):
        rows = PersonalValues.objects.filter(digest__in=chunk)
        found |= dict(rows.values_list("digest", "values"))
    return found


def _chunks(keys: list) -> Iterator[list]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def last_versions(model: type[models.Model], ids: Iterable[int]) -> dict[int, models.Model]:
    """By row, the last version of each: who changed it last, and when."""
    history = model.history.model
    found: dict[int, models.Model] = {}
    for chunk in _chunks(sorted(ids)):
        later = history.objects.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
        rows = history.objects.filter(Q(id__in=chunk), ~Exists(later)).order_by()
        found |= {row.id: row for row in rows}
    return found


def pairs(
    model: type[models.Model], before: dict[int, models.Model], ids: Iterable[int]
) -> dict[int, list[int | None]]:
    """By row, the keys of its last version before, if it had one, and of its last one now."""
    after = last_versions(model, ids)
    return {
        pk: [getattr(before.get(pk), "history_id", None), last.history_id]
        for pk, last in after.items()
    }


def first_said(model: type[models.Model], ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """By row, what it was made with, by column; not of rows whose first version is pruned."""
    history = model.history.model
    found: dict[int, dict[str, Any]] = {}
    for chunk in _chunks(sorted(ids)):
        rows = history.objects.filter(id__in=chunk, history_type="+").order_by("history_id")
        found |= {row.id: said for row, said in _with_what_they_say(rows)}
    return found


def said_in(model: type[models.Model], keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What each of these versions says, by column; ERASED stands for what is."""
    history = model.history.model
    found: dict[int, dict[str, Any]] = {}
    for chunk in _chunks(sorted(keys)):
        rows = history.objects.filter(pk__in=chunk).order_by()
        found |= {row.pk: said for row, said in _with_what_they_say(rows)}
    return found


def _with_what_they_say(rows: Iterable[models.Model]) -> list[tuple[models.Model, dict[str, Any]]]:
    versions = list(rows)
    beside = _beside({version.personal for version in versions if version.personal})
    return [(version, _said(version, beside)) for version in versions]


def _said(version: models.Model, beside: dict[str, dict]) -> dict[str, Any]:
    said = {field.attname: getattr(version, field.attname) for field in version.tracked_fields}
    if version.personal:
        erased = dict.fromkeys(_personal_columns(version.instance_type), ERASED)
        said |= beside.get(version.personal, erased)
    return said | version.related


def _personal_columns(model: type[models.Model]) -> list[str]:
    tracked = model._meta.tracked
    return [model._meta.get_field(name).attname for name in (*tracked.personal, *tracked.secret)]


def _fields(model: type[models.Model]) -> dict[str, models.Field]:
    """Every field that is kept, by the column or the list that holds it."""
    tracked = model._meta.tracked
    found = {f.attname: f for f in model._meta.concrete_fields if f.name not in tracked.quiet}
    del found[model._meta.pk.attname]
    return found | {name: model._meta.get_field(name) for name in tracked.related}


def _known_words(model, pairs: list[Pair], words: Words) -> dict[type[models.Model], dict]:
    """The words of all rows that the pairs refer to: a question for each model."""
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    wanted[model] |= {pair.version.id for pair in pairs}
    for column, field in _fields(model).items():
        if field.related_model:
            said = (value for pair in pairs for value in _differing(pair, column))
            wanted[field.related_model] |= set(_ids(said))
    return {related: words(related, ids) if ids else {} for related, ids in wanted.items()}


def _ids(said: Iterable[Any]) -> Iterator[int]:
    for value in said:
        if isinstance(value, list):
            yield from value
        elif isinstance(value, int):
            yield value


def _differing(pair: Pair, column: str) -> tuple:
    before, after = pair.before.get(column), pair.after.get(column)
    return () if before == after else (before, after)


def _changes(model: type[models.Model], pair: Pair, known: dict) -> Iterator[Change]:
    secret = model._meta.tracked.secret
    for column, field in _fields(model).items():
        before, after = pair.before.get(column), pair.after.get(column)
        if before == after or (_is_empty(before) and _is_empty(after)):
            continue
        name = str(getattr(field, "verbose_name", field.name))
        if field.name in secret and ERASED not in (before, after):
            yield Change(name, "", _("set anew"))
            continue
        related = known.get(field.related_model, {})
        yield Change(name, shown(field, before, related), shown(field, after, related))


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], {})


def shown(field: models.Field, value: Any, related: dict[int, str]) -> str:
    """A value as a reader says it."""
    if value is ERASED:
        return _("erased")
    if _is_empty(value):
        return ""
    if field.related_model:
        ids = value if isinstance(value, list) else [value]
        return ", ".join(related.get(pk) or f"#{pk}" for pk in ids)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _plainly(field, value)


def _plainly(field: models.Field, value: Any) -> str:
    if isinstance(field, models.JSONField):
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    try:
        value = field.to_python(value)  # what stands beside the history is plain text
    except ValidationError:
        return str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return date_format(value) if isinstance(value, date) else str(value)
