"""Zone teams when the state is cut anew: each goes to the zone that succeeds its own, or ends."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from booths.models import TeamMember
from zones.models import User, Zone
from zones.scope import Act, may

KEPT = ("post_id", "name", "mobile", "origin", "consent_version", "consent_on", "consent_mode")


@transaction.atomic
def hand_on(
    successors: Mapping[int, Zone | None], *, from_on: date, by: User, on: date
) -> list[TeamMember]:
    """From the day on, the members of a zone's team, given by its id, are in the team of the zone
    that succeeds it, or in none. What they agreed to goes with them. Says who is in anew."""
    rows = TeamMember.objects.filter(zone__in=list(successors)).order_by("pk")
    rows = rows.filter(Q(until=None) | Q(until__gt=from_on) & Q(until__gt=F("since")))
    begun = []
    for member in rows.select_for_update(of=("self",)).select_related("zone__scheme__state"):
        if not may(by, Act.EDIT_TEAMS, member.zone, on=on):
            raise ValidationError(_("This team is not yours to change."))
        since, last = max(from_on, member.since), member.until
        zone = successors[member.zone_id]
        if zone and not member.erased_on:
            member.handed_on_to = _in_team_of(zone, member, since, last)
            begun.append(member.handed_on_to)
        member.until = since
        member.save(update_fields=["until", "handed_on_to"])
    return begun


def _in_team_of(zone: Zone, member: TeamMember, since: date, until: date | None) -> TeamMember:
    """A row of its own, so that the team of earlier days stays as it was."""
    values = {name: getattr(member, name) for name in KEPT}
    return TeamMember.objects.create(zone=zone, since=since, until=until, **values)
