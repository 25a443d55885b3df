"""How often one may ask the API: a user, and an address that is not signed in. The counts lie in
the cache that all processes share; the rates come from the settings."""

from math import ceil

from django.utils.translation import ngettext
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import Throttled
from rest_framework.views import APIView


class Rated(APIView):
    """The library counts only whom it lets in; here who is refused is counted too, or they could
    knock without end."""

    def permission_denied(self, request, message=None, code=None):
        self.check_throttles(request)
        super().permission_denied(request, message, code)

    def throttled(self, request, wait):
        seconds = max(1, ceil(wait or 60))
        refusal = Throttled(detail=too_often(seconds))
        # Set afterwards: the library would add a sentence of its own.
        refusal.wait = seconds
        raise refusal


class Schema(Rated, SpectacularAPIView):
    pass


def too_often(seconds: int) -> str:
    said = ngettext(
        "Too many requests. Try again in %(seconds)s second.",
        "Too many requests. Try again in %(seconds)s seconds.",
        seconds,
    )
    return said % {"seconds": seconds}
