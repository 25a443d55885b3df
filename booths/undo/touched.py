"""What an import wrote to: whoever may not import there may not undo it either."""

from booths.models import Appointment, ImportBatch


def booths_of(batch: ImportBatch) -> set[int]:
    undo = batch.undo
    if batch.content == ImportBatch.Content.TEAMS:
        return set()
    if batch.content == ImportBatch.Content.BOOTHS:
        changed = map(int, undo.get("changed", {}))
        return {*undo.get("new", []), *undo.get("retired", []), *changed}
    made = Appointment.objects.filter(pk__in=undo.get("appointments", [])).order_by()
    return set(made.values_list("booth", flat=True))


def agents_of(batch: ImportBatch) -> set[int]:
    return _people(batch, "agents") if batch.content == ImportBatch.Content.AGENTS else set()


def members_of(batch: ImportBatch) -> set[int]:
    return _people(batch, "members") if batch.content == ImportBatch.Content.TEAMS else set()


def _people(batch: ImportBatch, new: str) -> set[int]:
    return {*map(int, batch.differences.get("changed", {})), *batch.undo.get(new, [])}
