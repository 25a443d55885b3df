"""The reader's language: the one chosen on this device, else the user's own, else Hindi.

The browser's Accept-Language does not count: a phone sold with an English menu
belongs to a Hindi reader all the same.
"""

from django.conf import settings
from django.utils import translation

KNOWN = dict(settings.LANGUAGES)


def reader_language(request) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in KNOWN:
        return chosen
    own = getattr(request.user, "language", "")
    return own if own in KNOWN else settings.LANGUAGE_CODE


class ReaderLanguageMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        translation.activate(reader_language(request))
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
