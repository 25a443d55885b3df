"""Drawing sectors: which booths make them."""

from django.db import transaction
from django.db.models import QuerySet

from booths.models import Booth, Sector
from zones.trail.keeping import keep_ids


def put_in_sector(booths: QuerySet[Booth], sector: Sector | None) -> int:
    """Puts the booths into the sector, or into none; returns how many."""
    with transaction.atomic():
        ids = list(booths.order_by("pk").values_list("pk", flat=True))
        Booth.objects.filter(pk__in=ids).update(sector=sector)
        keep_ids(Booth, ids, "~")
    return len(ids)


def dissolve(sectors: QuerySet[Sector]) -> None:
    """Deletes the sectors and frees their booths, of which the database by itself would keep no
    version."""
    with transaction.atomic():
        ids = sorted(sectors.values_list("pk", flat=True))
        gone = Sector.objects.filter(pk__in=ids)
        list(gone.select_for_update().order_by("pk").values("pk"))  # no booth is put in meanwhile
        put_in_sector(Booth.objects.filter(sector__in=ids), None)
        gone.delete()
