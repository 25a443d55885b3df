"""Drawing sectors: which booths make them."""

from collections.abc import Collection
from itertools import count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from booths.models import Booth, Sector
from booths.sector_plans import proposal
from zones.models import AssemblySeat
from zones.trail.keeping import acting, keep_ids


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


def draw(sector: Sector, booths: Collection[Booth], *, moving: bool = False, by) -> int:
    """Puts the booths into the sector, which may be new. Those of another sector are refused, by
    their number, unless they are to be moved."""
    with transaction.atomic(), acting(by=by):
        _hold(sector)
        held = _held(Booth.objects.filter(pk__in=[booth.pk for booth in booths]))
        elsewhere = [each for each in held if each.sector_id not in (None, sector.pk)]
        if elsewhere and not moving:
            raise ValidationError(
                _("These booths are in another sector: %(booths)s. Nothing was changed."),
                params={"booths": ", ".join(each.label for each in elsewhere)},
            )
        if sector.pk is None:
            sector.full_clean()
            sector.save()
        ids = [each.pk for each in held if each.sector_id != sector.pk]
        return put_in_sector(Booth.objects.filter(pk__in=ids), sector)


def accept(seat: AssemblySeat, free: QuerySet[Booth], *, size: int, seen: str, by) -> int:
    """Draws the sectors that are proposed for the free booths; refused where the booths are no
    longer those that `seen` tells of. Returns how many sectors."""
    with transaction.atomic(), acting(by=by):
        plan = proposal(_held(free), size)
        if seen != told(plan):
            raise ValidationError(
                _("The booths have changed since the proposal was shown. Look at it again.")
            )
        for booths, number in zip(plan, _free_numbers(seat), strict=False):
            names = {"name_hi": f"सेक्टर {number}", "name_en": f"Sector {number}"}
            draw(Sector(assembly_seat=seat, **names), booths, by=by)
    return len(plan)


def told(plan: list[list[Booth]]) -> str:
    """A proposal in one line, the same for the same booths."""
    return "/".join(",".join(str(booth.pk) for booth in booths) for booths in plan)


def _hold(sector: Sector) -> None:
    """The sector before its booths, as dissolve() has it."""
    if sector.pk and not Sector.objects.select_for_update().filter(pk=sector.pk):
        raise ValidationError(_("This sector has been deleted meanwhile. Choose another."))


def _held(booths: QuerySet[Booth]) -> list[Booth]:
    """The booths of the list, held in order of id as every writer holds them."""
    return list(booths.select_for_update().filter(retired_on=None).order_by("pk"))


def _free_numbers(seat: AssemblySeat):
    taken = set(seat.sectors.values_list("name_hi", flat=True))
    return (number for number in count(1) if f"सेक्टर {number}" not in taken)
