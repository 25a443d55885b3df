"""Undoing the import of a list of team members: whom it brought in was in no team on any day and is
gone, and what it changed of others is as it was."""

from datetime import date

from booths import erasure, membership
from booths.models import ImportBatch, TeamMember
from booths.roll.apply import chunks
from booths.undo.people import PeopleBack, versions_of


def _label(member: TeamMember) -> str:
    team = member.zone or member.block or member.sector
    return f"{team} / {member.post.name}"


def hold(batch: ImportBatch) -> None:
    for chunk in chunks(sorted({*batch.undo.get("members", []), *versions_of(batch)})):
        held = TeamMember.objects.select_for_update().filter(pk__in=chunk)
        list(held.order_by("pk").values("pk"))


def back(batch: ImportBatch) -> PeopleBack:
    found = PeopleBack(TeamMember, _label)
    found.find_changed(batch)
    ids = batch.undo.get("members", [])
    found.find_new(ids, stays=_handed_on(ids, found))
    return found


def _handed_on(ids: list[int], found: PeopleBack) -> set[int]:
    """Who is in the team of the zone that came after."""
    stays: set[int] = set()
    for chunk in chunks(sorted(ids)):
        rows = TeamMember.objects.filter(pk__in=chunk, erased_on=None).exclude(handed_on_to=None)
        for member in rows.order_by("pk"):
            found.leave(member, "handed_on")
            stays.add(member.pk)
    return stays


def write(found: PeopleBack, *, on: date, by) -> None:
    """Within the caller's transaction, which holds the members."""
    found.give_back()
    for member in found.erase:
        membership.take_back(member, by=by)
        erasure.erase_member(member, on=max(on, member.since), by=by, reason=erasure.Reason.MISTAKE)
