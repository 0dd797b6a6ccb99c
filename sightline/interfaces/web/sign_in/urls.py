"""The addresses of signing in: only those pages of allauth that we use, under our own names."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from sightline.interfaces.web.sign_in.second_factor import not_the_last

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-up/", account.signup, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("prove/", account.reauthenticate, name="account_reauthenticate"),
    path("prove/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("prove/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("", second_factor.index, name="mfa_index"),
    path("app/set-up/", app.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", not_the_last(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", not_the_last(passkey.remove_webauthn), name="mfa_remove_webauthn"),
    path("recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]
