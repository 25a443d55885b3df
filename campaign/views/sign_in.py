"""Signing in and out."""

from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from booths import kept_uploads
from campaign.demo import PASSWORD, SIGN_INS
from campaign.sign_in.forms import SignInForm


class SignIn(LoginView):
    template_name = "sign_in.html"
    form_class = SignInForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"demo": demo_sign_ins()}


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """Also for whoever has given a password and turns back before the second factor."""

    http_method_names = ["post", "options"]

    def logout(self):
        kept_uploads.remove_all_of(self.request.session)
        super().logout()


def demo_sign_ins() -> list[dict[str, str]]:
    """The sign-ins of the demo, whose password is known; none anywhere else."""
    if not settings.DEMO:
        return []
    return [
        {"username": username, "name": name, "password": PASSWORD}
        for username, name, *_rest in SIGN_INS
    ]
