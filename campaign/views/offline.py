"""What a device keeps for when it has no network."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@login_not_required
@require_safe
def offline_page(request: HttpRequest, *, was_sent: bool = False) -> HttpResponse:
    """Without the request, so that the page which the device keeps names nobody.

    `was_sent`: instead of the answer to something that was sent, which may have arrived; to ask for
    that address again would be no way to send it.
    """
    return HttpResponse(_page(was_sent=was_sent))


def _page(*, was_sent: bool) -> str:
    return render_to_string("offline.html", {"languages": LANGUAGES, "was_sent": was_sent})


@login_not_required
@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """Its address lies at the root, since it acts for no address above its own. Its text is another
    one when a page is, or their style sheet, whose name does not always tell: else no device would
    fetch the new one."""
    pages = _page(was_sent=False) + _page(was_sent=True)
    sheet = Path(finders.find("pages.css")).read_bytes()
    digest = sha256(pages.encode() + sheet).hexdigest()[:12]
    script = render_to_string("offline.js", {"digest": digest})
    return HttpResponse(script, content_type="text/javascript")
