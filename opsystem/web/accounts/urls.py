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
from opsystem.web.accounts.access import EVERYONE, OWN_ACCOUNT, View, access

_FOR_EVERYONE: dict[str, tuple[str, View]] = {
    "": ("front_door", views.front_door),
    "up": ("account_signup", account.signup),
    "up/code": ("account_email_verification_sent", account.email_verification_sent),
    "in": ("account_login", account.login),
    "in/code": ("account_request_login_code", account.request_login_code),
    "in/code/confirm": ("account_confirm_login_code", account.confirm_login_code),
    "in/passkey": ("mfa_login_webauthn", passkeys.login_webauthn),
    "in/second-step": ("mfa_authenticate", second_factors.authenticate),
    "out": ("account_logout", account.logout),
    "in/closed": ("account_inactive", account.account_inactive),
    "password/forgotten": ("account_reset_password", account.password_reset),
    "password/code": ("account_confirm_password_reset_code", account.confirm_password_reset_code),
    "password/new": ("account_complete_password_reset", account.complete_password_reset),
    "password/done": ("account_password_reset_completed", account.password_reset_from_key_done),
    "invitations/<str:token>": ("invitation", views.invitation),
}
_PASSKEY = "account/passkeys/<int:pk>"
_FOR_ONESELF: dict[str, tuple[str, View]] = {
    "businesses": ("businesses", views.businesses),
    "account": ("account", second_factors.index),
    "account/security": ("mfa_index", second_factors.index),
    "account/theme": ("theme", views.theme),
    "account/confirm": ("account_reauthenticate", account.reauthenticate),
    "account/confirm/code": ("mfa_reauthenticate", second_factors.reauthenticate),
    "account/confirm/passkey": ("mfa_reauthenticate_webauthn", passkeys.reauthenticate_webauthn),
    "account/email": ("account_email", account.email),
    "account/password": ("account_change_password", account.password_change),
    "account/password/first": ("account_set_password", account.password_set),
    "account/app": ("mfa_activate_totp", totp.activate_totp),
    "account/app/remove": ("mfa_deactivate_totp", totp.deactivate_totp),
    "account/passkeys": ("mfa_list_webauthn", passkeys.list_webauthn),
    "account/passkeys/add": ("mfa_add_webauthn", passkeys.add_webauthn),
    _PASSKEY: ("mfa_edit_webauthn", passkeys.edit_webauthn),
    f"{_PASSKEY}/remove": ("mfa_remove_webauthn", passkeys.remove_webauthn),
    "account/codes": ("mfa_view_recovery_codes", recovery_codes.view_recovery_codes),
    "account/codes/new": ("mfa_generate_recovery_codes", recovery_codes.generate_recovery_codes),
    "account/sessions": ("usersessions_list", sessions.list_usersessions),
    "account/sessions/<int:pk>/end": ("end_session", views.end_session),
}

urlpatterns = [
    path(route, access(who)(view), name=name)
    for who, views_of in ((EVERYONE, _FOR_EVERYONE), (OWN_ACCOUNT, _FOR_ONESELF))
    for route, (name, view) in views_of.items()
]
