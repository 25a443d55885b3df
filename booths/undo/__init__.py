"""Undoing an import: what it changed is taken back where it is still what the import made of it;
what somebody edited since is named and left alone. All in one transaction, once for each import.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booths.models import ImportBatch
from booths.undo import agent_lists, booth_lists, team_lists
from booths.undo.left import TAKEN, WHY, Left, Undoing
from zones.trail.keeping import acting

__all__ = ["TAKEN", "WHY", "Left", "Undoing", "foreseen", "undo"]

# Each holds the rows, says what is to be taken back, and writes it.
OF: Mapping[str, Any] = {
    ImportBatch.Content.BOOTHS: booth_lists,
    ImportBatch.Content.AGENTS: agent_lists,
    ImportBatch.Content.TEAMS: team_lists,
}


def foreseen(batch: ImportBatch) -> Undoing:
    """What undoing the import would do now. Writes nothing."""
    return OF[batch.content].back(batch).told


def undo(batch: ImportBatch, *, by, on: date, at: datetime, why: str = "") -> Undoing:
    """Takes the import back as far as nobody edited since what it wrote. `on` and `at` are the day
    and the moment of the act. Refused where the import was undone already."""
    try:
        with transaction.atomic(), acting(by=by, why=why or _why(batch)):
            return _undo(_held(batch), by=by, on=on, at=at)
    except IntegrityError:
        # Whoever adds a booth by hand holds no seat.
        raise ValidationError(
            _("Somebody changed these booths at the same moment. Nothing was undone; try again.")
        ) from None


def _why(batch: ImportBatch) -> str:
    return _("Import undone: %(file)s") % {"file": batch.file_name}


def _held(batch: ImportBatch) -> ImportBatch:
    held = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.undone_at:
        raise ValidationError(
            _("%(file)s was undone already, on %(day)s by %(who)s."),
            params={
                "file": held.file_name,
                "day": date_format(timezone.localtime(held.undone_at)),
                "who": held.undone_by_name or "-",
            },
        )
    return held


def _undo(batch: ImportBatch, *, by, on: date, at: datetime) -> Undoing:
    told = _taken_back(batch, by, on)
    batch.undone_at, batch.undone_by, batch.undone_by_name = at, by, by.name if by else ""
    batch.undoing = {
        "taken": {name: number for name, number in told.taken.items() if number},
        "left": [left.as_dict() for left in told.left],
    }
    batch.save(update_fields=["undone_at", "undone_by", "undone_by_name", "undoing"])
    return told


def _taken_back(batch: ImportBatch, by, on: date) -> Undoing:
    module = OF[batch.content]
    module.hold(batch)
    found = module.back(batch)
    module.write(found, on=on, by=by)
    return found.told
