"""Letting somebody in by a door other than the password: a one-time link of the office."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from zones.models import User


def let_in(request: HttpRequest, user: User, *, to: str | None = None) -> HttpResponse:
    """As after a right password: who has a second factor is asked for it, a closed account stays
    closed, and the device is known from then on. `to` is the address after it."""
    return perform_login(request, Login(user=user, redirect_url=to))
