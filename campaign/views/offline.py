"""What a device keeps for when it has no network."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@login_not_required
@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """Without the request, so that the page which the device keeps names nobody."""
    return HttpResponse(render_to_string("offline.html", {"languages": LANGUAGES}))


@login_not_required
@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """Its address lies at the root, since it acts for no address above its own."""
    return HttpResponse(render_to_string("offline.js"), content_type="text/javascript")
