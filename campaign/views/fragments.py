"""The part of a page that is exchanged without loading the rest; by the same address either way."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from campaign.views.visits import Visit


def wants_fragment(request: HttpRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request


def fragment_or_page(visit: Visit, whole: str, fragment: str, **context) -> HttpResponse:
    response = visit.page(fragment if wants_fragment(visit.request) else whole, **context)
    patch_vary_headers(response, ["HX-Request"])
    return response
