"""The library's forms of the second factor, where they take more than they should: a code works
once, and only a passkey that asked for finger, face or PIN opens the door by itself."""

import json
import struct
from contextlib import contextmanager

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_ANSWER = 100_000  # letters; a real one has a few thousand
NUL = b"\\u0000"
MALFORMED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


def _wrong() -> ValidationError:
    return get_adapter().validation_error("incorrect_code")


def _not_accepted() -> ValidationError:
    return get_adapter().validation_error("passkey_not_accepted")


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


class Credential(forms.Field):
    """What a browser answers for a key; anything else is a wrong answer, and no fault of ours."""

    widget = forms.HiddenInput

    def to_python(self, value):
        with _malformed_is_wrong():
            answer = json.loads((value or "")[:LONGEST_ANSWER])
            # PostgreSQL keeps no such character or number, and no half of a pair.
            if NUL in json.dumps(answer, ensure_ascii=False, allow_nan=False).encode():
                raise _not_accepted()
        if not isinstance(answer, dict) or not answer:
            raise _not_accepted()
        return answer

    def bound_data(self, data, initial):
        return initial  # an answer is good for one question: the form does not show it again


@contextmanager
def _malformed_is_wrong():
    """The library's readers of JSON, CBOR and keys fall over many things that are none."""
    try:
        yield
    except MALFORMED:
        raise _not_accepted() from None
    except ValidationError as error:
        if error.code == "incorrect_code":  # its word for a key as well
            raise _not_accepted() from None
        raise


class KeyForm(forms.Form):
    credential = Credential()


class KeyCheckForm(KeyForm):
    def clean_credential(self):
        with _malformed_is_wrong():
            return super().clean_credential()


class SecondKeyForm(KeyCheckForm, AuthenticateWebAuthnForm):
    pass


class KeyAgainForm(KeyCheckForm, ReauthenticateWebAuthnForm):
    pass


class PasskeyForm(KeyCheckForm, LoginWebAuthnForm):
    def clean_credential(self):
        asked = auth.get_state() or {}
        if asked.get("user_verification") != "required":
            raise _not_accepted()
        authenticator = super().clean_credential()
        # Some browsers leave out whether it is one; then it was asked for as said above.
        if authenticator.wrap().is_passwordless is False:
            raise _not_accepted()
        return authenticator


class AddPasskeyForm(KeyForm, AddWebAuthnForm):
    """A passkey, unless it is told to be a mere second factor: it opens the door by itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["name"].label = _("Name of this passkey")
        passwordless = self.fields["passwordless"]
        passwordless.initial = True
        passwordless.label = _("Sign in with it without a password")
        passwordless.help_text = ""

    def clean(self):
        with _malformed_is_wrong():
            return super().clean()
