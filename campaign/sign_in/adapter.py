"""Where the library's way of signing in asks us: words, addresses, and what happens after."""

import base64
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign import qr
from campaign.sign_in.devices import remember_device
from campaign.sign_in.second_factor import came_by_link
from zones.models import Look
from zones.trail import keeping
from zones.visitors import address_of

PASSWORD_OF = "password_of"  # in the session: what the password was when the sign-in began
JUST_NOW = 5 * 60  # seconds after signing in, in which nobody is asked for the password again


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "User name and password do not go together. Please try again."
        ),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your present password."),
        "too_many_login_attempts": _(
            "Too many wrong codes. Wait a quarter of an hour, or sign in with a passkey."
        ),
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_client_ip(self, request) -> str:
        return address_of(request) or "0.0.0.0"  # a session's row cannot be without one

    def pre_authenticate(self, request, **credentials) -> None:
        """Wrong passwords are counted by campaign.sign_in.lock_out alone."""

    def pre_login(self, request, user, **how):
        request.session[PASSWORD_OF] = user.get_session_auth_hash()
        return super().pre_login(request, user, **how)

    def login(self, request, user) -> None:
        """A sign-in that waited for its second factor goes no further with an old password."""
        if request.session.pop(PASSWORD_OF, None) != user.get_session_auth_hash():
            messages.error(request, gettext("The password was changed meanwhile. Sign in anew."))
            raise ImmediateHttpResponse(redirect("sign_in"))
        super().login(request, user)
        request.session["began_at"] = time.time()
        where = f"{request.path} {', '.join(ways_in(request, user))}"
        keeping.note(Look.What.SIGN_IN, where, users=[user.pk])

    def post_login(self, request, user, **how):
        response = super().post_login(request, user, **how)
        remember_device(request, response, user)
        return response

    def respond_user_inactive(self, request, user):
        closed = gettext("This account is closed. The state office can open it again.")
        messages.error(request, closed)
        return redirect("sign_in")

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < JUST_NOW:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("account")


def ways_in(request, user) -> list[str]:
    """What the user has proved in this session, for the trail: password, totp, webauthn, …, and
    whether a one-time link began it."""
    records = get_authentication_records(request, user)
    ways = [record.get("type", record["method"]) for record in records]
    return list(dict.fromkeys([*ways, *(["one_time_link"] if came_by_link(request, user) else [])]))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted under SECRET_KEY: who has only the database has no codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Wait for the next one and try again."),
        "passkey_not_accepted": _("This passkey was not accepted. Try again."),
    }

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def _get_user_identifier(self, user) -> str:
        return user.username

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER

    def build_totp_svg(self, url: str) -> str:
        return qr.drawn(url, gettext("Picture for the app"))

    def generate_authenticator_name(self, user, type) -> str:
        return gettext("My passkey")


def _keys() -> MultiFernet:
    return MultiFernet([_key(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derive = HKDF(SHA256(), length=32, salt=None, info=b"campaign.sign_in.adapter")
    return Fernet(base64.urlsafe_b64encode(derive.derive(secret.encode())))
