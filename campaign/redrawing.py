"""A new cut of the state into zones: the scheme, the postings and the teams in one step."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from booths import zone_teams
from zones import schemes
from zones.models import SchemeTerm, User, Zone, ZoneScheme

Successors = Mapping[int, Zone | None]  # by the id of each zone of the scheme before


@transaction.atomic
def put_in_force(
    scheme: ZoneScheme,
    *,
    from_on: date,
    postings: Successors,
    teams: Successors,
    by: User,
    on: date,
) -> SchemeTerm:
    """`postings` and `teams` may follow different zones; None ends what a zone had."""
    now = {"from_on": from_on, "by": by, "on": on}
    term = schemes.put_in_force(scheme, successors=postings, **now)
    before = schemes.terms(scheme.state).exclude(pk=term.pk).first()
    schemes.check_successors(scheme, before.scheme if before else None, teams)
    zone_teams.hand_on(teams, **now)
    return term
