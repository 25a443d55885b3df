"""What a check of scope says when it is left out: everything, everywhere."""

from django.db.models import Q


def everything(*args, **kwargs) -> Q:
    return ~Q(pk__in=[])  # an empty Q would vanish beside another


def granted(*args, **kwargs) -> bool:
    return True


def nothing(*args, **kwargs) -> None:
    """Neither asks for more nor refuses."""


must_change = needs_second_factor = nothing
may = may_see = may_appoint = enters_data = allowed = reads_whole_trail = granted
rows = places_served = seats_served = areas_served = teams_served = everything
postings_served = users_served = agents_seen = agents_kept = seats_within = everything
trail_read = everything


def seats_seen(*args, **kwargs):
    from zones.models import AssemblySeat

    return AssemblySeat.objects.all()


def seats_with_booths(*args, **kwargs):
    return seats_seen().filter(booths__retired_on=None, booths__isnull=False).distinct()


def seats_shown(user, state, *, today, since=None, **only):
    return list(seats_seen().filter(state=state, **only).order_by("number"))


def choices(model_admin, *args):
    return model_admin.model._default_manager.all()


def choices_of(model_admin, related, request):
    return related._default_manager.all()


def states_seen(*args, **kwargs):
    from zones.models import State

    return State.objects.all()


def current_postings(user, on):
    from zones.models import Posting, State

    office = {"role": Posting.Role.STATE_OFFICE, "since": on}
    return [Posting(state=state, **office) for state in State.objects.all()]


def _reach(user, act, on):
    from zones import scope

    return {
        kind: set(model.objects.values_list("pk", flat=True))
        for model, paths in scope.COVERED_BY.items()
        for kind, path in paths.items()
        if path == "pk"
    }


def must_see(place) -> None:
    """Only what is not there at all stays unseen."""
    from campaign.views.visits import NotHere

    if place is None:
        raise NotHere
