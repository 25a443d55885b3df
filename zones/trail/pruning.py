"""After a year the trail is pruned: an anchor says where the chain goes on, and what stays.

The last version of each row stays however old it is, or nothing would tell whether the row is as
it was written. Of a row that was deleted nothing stays.
"""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from zones.models import Anchor, Look, PersonalValues, Seal
from zones.trail import seals
from zones.trail.digests import digest

CHUNK = 2000


def prune(before: datetime, *, at: datetime) -> Anchor | None:
    """Deletes what was sealed before the instant; None where there is nothing to prune.

    Needs the right to delete: on PostgreSQL the owner's connection.
    """
    with transaction.atomic():
        last = _last_before(before)
        if last is None:
            return None
        # Asked once: a version written meanwhile makes another the last but one.
        going = {
            table: set(_going(model, before, last.pk).values_list("pk", flat=True))
            for table, model in seals.trail_tables().items()
        }
        anchor = Anchor.objects.create(
            at=at,
            before=before,
            seal=last.pk,
            hash=last.hash,
            pruned={table: len(ids) for table, ids in going.items()},
            kept=kept_digest(before, last.pk, without=going),
        )
        for table, ids in going.items():
            _delete(seals.trail_tables()[table], sorted(ids))
        Seal.objects.filter(pk__lte=last.pk).delete()
        _forget_unused()
        return anchor


def _last_before(before: datetime) -> Seal | None:
    """The last seal before the first that stays: the clocks of two servers may differ, the order
    of the chain does not."""
    first = Seal.objects.filter(at__gte=before).order_by("pk").first()
    older = Seal.objects.filter(pk__lt=first.pk) if first else Seal.objects.all()
    return older.order_by("pk").last()


def _old(model: type[models.Model], before: datetime, seal: int) -> models.QuerySet:
    """Rows of the trail that were written before the instant and sealed, if ever, up to the seal."""
    column = "at" if model is Look else "history_date"
    later = Seal.objects.filter(batch=OuterRef("batch"), pk__gt=seal)
    return model.objects.filter(~Exists(later), **{f"{column}__lt": before})


def _going(model: type[models.Model], before: datetime, seal: int) -> models.QuerySet:
    return _old(model, before, seal).exclude(_staying(model))


def _staying(model: type[models.Model]) -> Q:
    """The last version of each row that is there, and what was erased, since it explains what is
    missing."""
    if model is Look:
        return Q(what=Look.What.ERASURE)
    last = model.objects.order_by().values("id").annotate(last=models.Max("history_id"))
    return Q(pk__in=last.values("last")) & ~Q(history_type="-")


def kept_digest(before: datetime, seal: int, *, without: dict[str, set[int]] | None = None) -> str:
    """Over what there is of before, `without` the ids, by table, that are about to go."""
    going = without or {}
    lines = []
    for table, model in sorted(seals.trail_tables().items()):
        found = _old(model, before, seal).order_by("pk").values_list("pk", "digest")
        lines += [
            f"{table}:{pk}:{of}"
            for pk, of in found.iterator(chunk_size=CHUNK)
            if pk not in going.get(table, ())
        ]
    return digest(*lines)


def _delete(model: type[models.Model], ids: list[int]) -> None:
    for start in range(0, len(ids), CHUNK):
        model.objects.filter(pk__in=ids[start : start + CHUNK]).delete()


def _forget_unused() -> None:
    """What no version refers to any more is nobody's business."""
    unused = PersonalValues.objects.all()
    for model in seals.kept_models():
        versions = model.history.model.objects.filter(personal=OuterRef("digest"))
        unused = unused.filter(~Exists(versions))
    unused.delete()
