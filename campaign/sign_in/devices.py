"""Known devices: a browser on which somebody has signed in, or set the password by a link of the
office, holds a signed cookie that says so.

A stranger's wrong tries lock an account for strangers; its owner's own devices stay open. The
cookie opens nothing by itself: without it, and with it, the password is asked.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from zones.models import User

COOKIE = "device"
SALT = "campaign.sign_in.devices"
KEPT_FOR = 180 * 24 * 3600  # seconds
MOST_ACCOUNTS = 5  # of one browser in a shared office


@dataclass(frozen=True)
class Device:
    name: str  # drawn by lot: "" for a stranger's
    accounts: tuple[int, ...] = ()  # ids of users, the latest first


def device_of(request) -> Device:
    try:
        name, accounts = signing.loads(request.COOKIES[COOKIE], salt=SALT, max_age=KEPT_FOR)
    except (KeyError, signing.BadSignature):
        return Device("")
    return Device(name, tuple(accounts))


def knows(request, user: User) -> str:
    """The name of the device, if the user once signed in on it."""
    device = device_of(request)
    return device.name if user.pk in device.accounts else ""


def remember_device(request, response, user: User) -> None:
    """To be called wherever somebody has got in, by whatever door."""
    device = device_of(request)
    others = [pk for pk in device.accounts if pk != user.pk]
    accounts = [user.pk, *others][:MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps([device.name or secrets.token_urlsafe(16), accounts], salt=SALT),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
