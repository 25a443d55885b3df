"""What a device keeps for when it has no network."""

from hashlib import sha256

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
    return HttpResponse(_page())


def _page() -> str:
    return render_to_string("offline.html", {"languages": LANGUAGES})


@login_not_required
@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """Its address lies at the root, since it acts for no address above its own. It is another one
    when the page is: else no device would fetch the new text."""
    digest = sha256(_page().encode()).hexdigest()[:12]
    script = render_to_string("offline.js", {"digest": digest})
    return HttpResponse(script, content_type="text/javascript")
