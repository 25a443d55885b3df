"""The doors of an account: of the library's addresses those that are needed here, and no others.

It looks its own pages up by their names; two names of one address are ours and the library's.
"""

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from campaign.views import account
from campaign.views.sign_in import SignIn, SignOut

sign_in, sign_out = SignIn.as_view(), SignOut.as_view()

urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out/", sign_out, name="sign_out"),
    path("sign-out/", sign_out, name="account_logout"),
    path("account/", account.own_page, name="account"),
    path("account/password/", account.ChangePassword.as_view(), name="account_change_password"),
    path("account/devices/others/", account.sign_out_others, name="sign_out_others"),
    path("account/devices/<int:pk>/", account.sign_out_one, name="sign_out_one"),
    path("account/confirm/", reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/second-factor/", account.SecondFactors.as_view(), name="mfa_index"),
    path("account/second-factor/", account.SecondFactors.as_view(), name="mfa_list_webauthn"),
    path("account/second-factor/app/", account.AddApp.as_view(), name="mfa_activate_totp"),
    path(
        "account/second-factor/app/remove/", account.RemoveApp.as_view(), name="mfa_deactivate_totp"
    ),
    path("account/second-factor/passkey/", account.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "account/second-factor/passkey/<int:pk>/remove/",
        account.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"
    ),
    path(
        "account/second-factor/codes/new/",
        account.NewCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]
