"""What is asked of every request of somebody who is signed in."""

from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from campaign.sign_in import limits, second_factor

SETS_UP_SECOND_FACTOR = {"mfa_activate_totp", "mfa_add_webauthn"}  # open to who came by a link
# What one needs to come to that, and to go away.
OPEN_WITHOUT_SECOND_FACTOR = {
    "mfa_index",
    "welcome",
    "account_reauthenticate",
    "sign_out",
    "account_logout",
    "language",
    "theme",
    "map_shapes",
    "offline",
    "offline_sent",
    "offline_worker",
}


class SessionLimitsMiddleware:
    """Prolongs a session that is in use, and ends one that is too old for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and not limits.keep(request, timezone.now()):
            logout(request)
        return self.get_response(request)


class WholePageMiddleware:
    """Asks for the page anew where a part of it was asked for and the answer leads elsewhere, as to
    the sign-in: a part of that page would stand in the middle of this one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_elsewhere = 300 <= response.status_code < 400
        return HttpResponseClientRefresh() if request.htmx and is_elsewhere else response


class SecondFactorMiddleware:
    """Leads whoever must have a second factor and has none to the page that sets one up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not request.user.is_authenticated or match.url_name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        today = timezone.localdate()
        if not second_factor.is_missing(request, today):
            return None
        sets_up = match.url_name in SETS_UP_SECOND_FACTOR
        if sets_up and not second_factor.waits_for_link(request, today):
            return None
        if match.route.startswith("api/"):
            sentence = _("Your posting needs a second factor. Set it up on the pages first.")
            return JsonResponse({"detail": sentence}, status=403)
        return redirect("mfa_index")
