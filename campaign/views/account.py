"""The pages of one's own account."""

from allauth.account.views import PasswordChangeView
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaign.sign_in.forms import PasswordForm
from campaign.sign_in.second_factor import FACTORS, is_the_last, waits_for_link
from campaign.sign_in.signed_in import signed_in
from zones.models import Look
from zones.trail import keeping


@require_safe
def own_page(request: HttpRequest) -> HttpResponse:
    context = {
        "devices": signed_in(request.user, request.session.session_key, timezone.now()),
        "has_second_factor": Authenticator.objects.filter(
            user=request.user, type__in=FACTORS
        ).exists(),
    }
    return render(request, "account.html", context)


@require_POST
def sign_out_one(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    session.end()
    messages.success(request, _("That device is signed out."))
    return redirect("account")


@require_POST
def sign_out_others(request: HttpRequest) -> HttpResponse:
    end_others(request)
    messages.success(request, _("All other devices are signed out."))
    return redirect("account")


def end_others(request: HttpRequest) -> None:
    others = UserSession.objects.filter(user=request.user)
    for session in others.exclude(session_key=request.session.session_key):
        session.end()


class SecondFactors(IndexView):
    def get_context_data(self, **kwargs):
        waits = waits_for_link(self.request, timezone.localdate())
        return super().get_context_data(**kwargs) | {"waits_for_link": waits}


class Kept:
    """The trail keeps that the owner of an account added or removed what opens it."""

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            keeping.note(Look.What.ACCOUNT, self.request.path, users=[self.request.user.pk])
        return response


class Added(Kept):
    """Who was signed in with the password alone is signed out by it."""

    def form_valid(self, form):
        response = super().form_valid(form)
        end_others(self.request)
        return response


class AddApp(Added, ActivateTOTPView):
    pass


class AddPasskey(Added, AddWebAuthnView):
    pass


class Removed(Kept):
    def dispatch(self, request, *args, **kwargs):
        if is_the_last(request.user, timezone.localdate()):
            messages.error(request, _("Your posting needs one: first add another, then remove it."))
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


class RemoveApp(Removed, DeactivateTOTPView):
    pass


class RemovePasskey(Removed, RemoveWebAuthnView):
    pass


class NewCodes(Kept, GenerateRecoveryCodesView):
    pass


class ChangePassword(PasswordChangeView):
    """The other devices are signed out by it."""

    template_name = "change_password.html"
    form_class = PasswordForm

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_usable_password():
            messages.error(request, _("You have no password yet. Ask the state office for a link."))
            return redirect("account")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        end_others(self.request)
        return response
