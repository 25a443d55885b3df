"""Whether somebody has proved more than a password, where their posting asks for it."""

from datetime import date

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings

from zones import scope

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_missing(request, on: date) -> bool:
    """Whether the user's posting asks for a second factor and they have none. The session knows
    it from the sign-in; only who was not asked there costs a query."""
    if not settings.SECOND_FACTOR_REQUIRED or not scope.needs_second_factor(request.user, on):
        return False
    records = get_authentication_records(request, request.user)
    if any(record["method"] == "mfa" for record in records):
        return False
    return not Authenticator.objects.filter(user=request.user, type__in=FACTORS).exists()
