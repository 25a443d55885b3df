"""The library's forms of the second factor, where they take more than they should: a code works
once, and only a passkey that asked for finger, face or PIN opens the door by itself."""

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def _wrong() -> ValidationError:
    return get_adapter().validation_error("incorrect_code")


class WorksOnce:
    """The library forgets that a code was used before the code is dead, and never knew it of the
    one that was typed to set the app up."""

    def clean_code(self):
        code = super().clean_code()
        lives = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        used = f"second-factor-code:{self.user.pk}:{normalize_user_code(code)}"
        if not cache.add(used, True, timeout=lives):
            raise _wrong()
        return code


class CodeForm(WorksOnce, AuthenticateForm):
    pass


class CodeAgainForm(WorksOnce, ReauthenticateForm):
    pass


class AddAppForm(WorksOnce, ActivateTOTPForm):
    pass


class Credential(forms.JSONField):
    """What a browser answers for a key; anything else is a wrong answer, and no fault of ours."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise _wrong() from None


class PasskeyForm(LoginWebAuthnForm):
    credential = Credential(widget=forms.HiddenInput)

    def clean_credential(self):
        asked = auth.get_state() or {}
        if asked.get("user_verification") != "required":
            raise _wrong()
        try:
            authenticator = super().clean_credential()
        except (KeyError, RecursionError):
            raise _wrong() from None
        # Some browsers leave out whether it is one; then it was asked for as said above.
        if authenticator.wrap().is_passwordless is False:
            raise _wrong()
        return authenticator


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey, unless it is told to be a mere second factor: it opens the door by itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["name"].label = _("Name of this passkey")
        passwordless = self.fields["passwordless"]
        passwordless.initial = True
        passwordless.label = _("Sign in with it without a password")
        passwordless.help_text = ""
