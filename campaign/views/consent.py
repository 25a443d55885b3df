"""The notice that people read before they agree: open to all, to be printed and signed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from booths import consent
from campaign.models import Campaign


@login_not_required
@require_safe
def notice(request: HttpRequest, version: str = consent.CURRENT) -> HttpResponse:
    """The words of a version, in the name of the party whose campaign it is: of the state in
    `?state=cg` where campaigns of several are going on, else there is a line to write it on."""
    if version not in consent.VERSIONS:
        raise Http404
    campaigns = Campaign.objects.filter(is_current=True).select_related("state")
    if code := request.GET.get("state", "")[:4]:
        campaigns = campaigns.filter(state__code=code.upper())
    found = list(campaigns[:2])
    return render(
        request,
        "consent.html",
        {
            "notice": consent.VERSIONS[version],
            "version": version,
            "is_current": version == consent.CURRENT,
            "campaign": found[0] if len(found) == 1 else None,
        },
    )
