"""Links by which a person sets a password, once: handed over by the office, on paper if need be.

Only the newest link of an account is alive, for a week, until a password is set or the person
signs in. A password that is in use stays until a link is used. Closing an account ends its link.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from zones.accounts import unlock
from zones.models import User
from zones.staffing import lock


class LinkTokens(PasswordResetTokenGenerator):
    def _make_hash_value(self, user, timestamp) -> str:
        return super()._make_hash_value(user, timestamp) + user.link_key

    def check_token(self, user, token) -> bool:
        return bool(user and user.link_key) and super().check_token(user, token)


link_tokens = LinkTokens()


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
    return link_of(held, on=on)


def link_of(user: User, *, on: date) -> OneTimeLink:
    """For who has the machine itself; the office asks for make_link()."""
    user.link_key = secrets.token_urlsafe(16)
    user.save(update_fields=["link_key"])
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    lasts = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return OneTimeLink(uid, link_tokens.make_token(user), on + lasts)


@transaction.atomic
def use_link(user: User, token: str, password: str) -> None:
    """Sets the password; ends the link and, since Django reckons them from the password, all
    sessions. Of two who use a link at once, one does."""
    held = User.objects.select_for_update().get(pk=user.pk)
    if not (held.is_active and link_tokens.check_token(held, token)):
        raise ValidationError(_("This link was used already or is no longer valid."))
    held.set_password(password)
    held.link_key = ""
    held.save(update_fields=["password", "link_key"])
    unlock(held)
