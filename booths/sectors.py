"""Drawing sectors: which booths make them."""

from django.db import transaction
from django.db.models import QuerySet

from booths.models import Booth, Sector
from zones.trail.keeping import keep_ids


def put_in_sector(booths: QuerySet[Booth], sector: Sector) -> int:
    """Puts the booths into the sector; returns how many."""
    with transaction.atomic():
        ids = list(booths.order_by("pk").values_list("pk", flat=True))
        Booth.objects.filter(pk__in=ids).update(sector=sector)
        keep_ids(Booth, ids, "~")
    return len(ids)
