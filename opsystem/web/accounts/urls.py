"""Addresses of the accounts pages. The views of sign-in itself are allauth's, rendered by our templates."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import path

from opsystem.web.accounts import views

# For everybody.
_entrance = [
    path("", views.front_door, name="front_door"),
    path("up", account.signup, name="account_signup"),
    path("up/code", account.email_verification_sent, name="account_email_verification_sent"),
    path("in", account.login, name="account_login"),
    path("in/code", account.request_login_code, name="account_request_login_code"),
    path("in/code/confirm", account.confirm_login_code, name="account_confirm_login_code"),
    path("in/passkey", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("in/second-step", second_factors.authenticate, name="mfa_authenticate"),
    path("out", account.logout, name="account_logout"),
    path("account/closed", account.account_inactive, name="account_inactive"),
    path("password/forgotten", account.password_reset, name="account_reset_password"),
    path("password/code", account.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("password/new", account.complete_password_reset, name="account_complete_password_reset"),
    path("password/done", account.password_reset_from_key_done, name="account_password_reset_completed"),
    path("invitations/<str:token>", views.invitation, name="invitation"),
]

# For the person who is signed in, about this person's own account.
_own_account = [
    path("businesses", views.businesses, name="businesses"),
    path("account/confirm", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code", second_factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/confirm/passkey", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/email", account.email, name="account_email"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/password/first", account.password_set, name="account_set_password"),
    path("account/security", second_factors.index, name="mfa_index"),
    path("account/security/app", totp.activate_totp, name="mfa_activate_totp"),
    path("account/security/app/remove", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/security/passkeys", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/security/passkeys/add", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/security/passkeys/<int:pk>/remove", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/security/passkeys/<int:pk>", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/security/codes", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/security/codes/new",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/security/codes/file",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/sessions", sessions.list_usersessions, name="usersessions_list"),
    path("account/sessions/<int:pk>/end", views.end_session, name="end_session"),
]

urlpatterns = [*_entrance, *_own_account]
