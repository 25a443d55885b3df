"""The page behind a one-time link: set a password, then sign in.

It does not sign in by itself: the second factor is asked for at the sign-in.
"""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.sign_in.devices import remember_device
from campaign.sign_in.second_factor import remember_link
from zones.one_time_links import link_tokens, use_link


class NewPasswordForm(SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["new_password1"].label = gettext_lazy("New password")
        self.fields["new_password1"].help_text = ""  # the rules stand above
        self.fields["new_password2"].label = gettext_lazy("The same once more")
        self.fields["new_password2"].help_text = ""


class Welcome(PasswordResetConfirmView):
    template_name = "welcome.html"
    form_class = NewPasswordForm
    token_generator = link_tokens
    reset_url_token = "new-password"
    success_url = reverse_lazy("sign_in")

    def get_user(self, uidb64):
        """Closed accounts get none, whatever link they were given before."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form):
        token = self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        try:
            use_link(form.user, token, form.cleaned_data["new_password1"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        response = redirect(self.success_url)
        logout(self.request)  # whoever was signed in on this device is not who comes now
        remember_link(self.request, form.user)
        remember_device(self.request, response, form.user)  # guesses of strangers do not stop them
        said = _("The password is set. Sign in as %(username)s with it.")
        messages.success(self.request, said % {"username": form.user.username})
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"rules": password_validators_help_texts()}
