"""The forms of an account, in our words."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LOCKED = _(
    "Too many wrong tries. Wait a quarter of an hour, sign in on a device that you have signed in"
    " on before, use a passkey, or ask the state office to unlock your account."
)


class SignInForm(LoginForm):
    """What the library calls `login` is called `username` in the page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["login"] = forms.CharField(
            label=_("User name or mobile number"),
            max_length=150,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
            ),
        )
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs.pop("placeholder")
        self.order_fields(["login", "password"])

    def add_prefix(self, field_name):
        return super().add_prefix("username" if field_name == "login" else field_name)

    def _clean_with_password(self, credentials):
        try:
            return super()._clean_with_password(credentials)
        except ValidationError:
            if getattr(self.request, "axes_locked_out", False):
                raise ValidationError(LOCKED, code="locked") from None
            raise


class PasswordForm(ChangePasswordForm):
    """Wrong tries at the present password count as they do at the door."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, label in (
            ("oldpassword", _("Present password")),
            ("password1", _("New password")),
            ("password2", _("New password once more")),
        ):
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean_oldpassword(self):
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["oldpassword"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["oldpassword"]

    def clean(self):
        data = self.cleaned_data
        if "password1" in data and data["password1"] != data.get("password2"):
            self.add_error("password2", _("The two new passwords differ."))
        return data
