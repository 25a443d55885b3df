"""Signing in and out."""

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.utils.translation import gettext_lazy as _

from campaign.demo import PASSWORD, SIGN_INS


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("User name and password do not go together. Please try again."),
        "inactive": _("This account is closed. The state office can open it again."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
        self.label_suffix = ""


class SignIn(LoginView):
    template_name = "sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"demo": demo_sign_ins()}


def demo_sign_ins() -> list[dict[str, str]]:
    """The sign-ins of the demo, whose password is known; none anywhere else."""
    if not settings.DEMO:
        return []
    return [
        {"username": username, "name": name, "password": PASSWORD}
        for username, name, *_rest in SIGN_INS
    ]
