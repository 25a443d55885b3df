"""Drawing the sectors of a seat: by number, by ticking, or as proposed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from booths import sectors
from booths.models import Booth
from booths.sector_plans import proposal
from campaign import links, wording
from campaign.models import Campaign
from campaign.people_forms import refuse
from campaign.sector_forms import DrawForm
from campaign.views.visits import Visit, in_state
from zones.models import AssemblySeat
from zones.scope import Act, places_served


@require_http_methods(["GET", "HEAD", "POST"])
@in_state
def draw_sectors(visit: Visit, number: int) -> HttpResponse:
    seat = visit.seat(number)
    if not visit.may(Act.EDIT_TEAMS, seat):
        raise PermissionDenied
    booths = _booths(visit, seat)
    posted, accepts = visit.request.POST, "seen" in visit.request.POST
    form = DrawForm(posted if posted and not accepts else None, seat=seat, booths=list(booths))
    if accepts and _accepted(visit, seat, booths):
        return redirect(f"{links.address_of(seat)}teams/")
    if form.is_bound and form.is_valid() and _drawn(visit, form):
        return redirect(f"{links.address_of(seat)}sectors/")
    free = [booth for booth in form.booths if booth.sector_id is None]
    plan = proposal(free, _size(visit)) if accepts or "propose" in visit.query else []
    return visit.page(
        "teams/draw.html",
        seat=seat,
        form=form,
        free=free,
        plan=plan,
        seen=sectors.told(plan),
        crumbs=visit.way_to(seat),
    )


def _booths(visit: Visit, seat: AssemblySeat) -> QuerySet[Booth]:
    served = places_served(visit.user, Act.EDIT_TEAMS, visit.today)
    rows = Booth.objects.present().filter(served, assembly_seat=seat)
    return rows.order_by("number", "suffix")


def _size(visit: Visit) -> int:
    return (visit.frame.campaign or Campaign()).sector_size or 1


def _drawn(visit: Visit, form: DrawForm) -> bool:
    into = form.into
    try:
        done = sectors.draw(into, form.chosen, moving=form.cleaned_data["moving"], by=visit.user)
    except ValidationError as error:
        refuse(form, error)
        return False
    said = ngettext(
        "%(count)s booth is now in sector %(sector)s.",
        "%(count)s booths are now in sector %(sector)s.",
        done,
    )
    told = {"count": wording.indian(done), "sector": into.name}
    messages.success(visit.request, said % told)
    return True


def _accepted(visit: Visit, seat: AssemblySeat, booths: QuerySet[Booth]) -> bool:
    free, seen = booths.filter(sector=None), visit.request.POST["seen"]
    try:
        made = sectors.accept(seat, free, size=_size(visit), seen=seen, by=visit.user)
    except ValidationError as error:
        messages.error(visit.request, " ".join(error.messages))
        return False
    said = ngettext("%(count)s sector is drawn.", "%(count)s sectors are drawn.", made)
    messages.success(visit.request, said % {"count": wording.indian(made)})
    return True
