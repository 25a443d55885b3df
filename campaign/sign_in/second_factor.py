"""Whether somebody has proved more than a password, where their posting asks for it."""

from datetime import date

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings

from zones import scope
from zones.models import User

BY_LINK = "by_link"  # in the session: the account whose one-time link began it
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


def is_the_last(user: User, on: date) -> bool:
    """Whether the user's posting asks for the one second factor that they have."""
    if not settings.SECOND_FACTOR_REQUIRED or not scope.needs_second_factor(user, on):
        return False
    return len(Authenticator.objects.filter(user=user, type__in=FACTORS)[:2]) == 1


def remember_link(request, user: User) -> None:
    request.session[BY_LINK] = user.pk


def came_by_link(request, user: User) -> bool:
    return request.session.get(BY_LINK) == user.pk


def waits_for_link(request, on: date) -> bool:
    """Whether the user has yet to come by a one-time link before the first second factor is set
    up: with a stolen password alone a thief could set up one of their own."""
    return is_missing(request, on) and not came_by_link(request, request.user)
