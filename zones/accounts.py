"""What the office does to an account that its owner cannot use, or that somebody else has used."""

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset
from django.db.models import Q
from django.http import HttpRequest

from zones.mobiles import bare_mobile
from zones.models import User


def account_named(text: str) -> User | None:
    """The account of a user name or mobile number; a user name goes before a mobile number."""
    digits = bare_mobile(text)
    named = Q(username=text) | (Q(mobile=digits) if digits else Q())
    found = {user.username == text: user for user in User.objects.filter(named)}
    return found.get(True) or found.get(False)


def sign_out_everywhere(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def unlock(user: User) -> None:
    """Forgets the failed tries, so that the next right password is let in."""
    reset(username=user.username)
    # The library counts wrong codes of the second factor apart, under this name.
    ratelimit.clear(HttpRequest(), action="login_failed", key=f"mfa-auth-user-{user.pk}")


def forget_second_factor(user: User) -> None:
    """For a lost phone, which is signed out. The password goes too, so that a link of the office is
    the only way back: whoever had stolen the password could set up a factor of their own."""
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    sign_out_everywhere(user)
