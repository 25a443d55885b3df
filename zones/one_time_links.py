"""Links by which a person sets a password, once: handed over by the office, on paper if need be.

A link is dead once a password was set or the person has signed in, and after a week. While an
account has no password, only its newest link is alive: each new one draws another unusable
password, from which the links are reckoned. A password that is in use stays until a link is used,
and so do older links beside a newer one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from zones.accounts import unlock
from zones.models import User
from zones.staffing import lock


@dataclass(frozen=True)
class OneTimeLink:
    uid: str
    token: str
    valid_until: date


@transaction.atomic
def make_link(user: User, *, by: User, on: date) -> OneTimeLink:
    held = lock(user, by=by, on=on)
    if not held.is_active:
        raise ValidationError(_("The account is closed. Open it first."))
    if not held.has_usable_password():
        held.set_unusable_password()
        held.save(update_fields=["password"])
    return link_of(held, on=on)


def link_of(user: User, *, on: date) -> OneTimeLink:
    """For who has the machine itself; the office asks for make_link()."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    lasts = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return OneTimeLink(uid, default_token_generator.make_token(user), on + lasts)


def set_password(user: User, password: str) -> None:
    """Ends all links and, since Django reckons them from the password, all sessions."""
    user.set_password(password)
    user.save(update_fields=["password"])
    unlock(user)
