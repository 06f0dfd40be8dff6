"""What allauth tells only by signals, noted as security events.

Signals act at a distance and are not our habit; allauth has no other place to hear of these.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.dispatch import Signal

from opsystem.control.audit.events import origin_of, record

_HEARD: tuple[tuple[Signal, str, str], ...] = (
    (account.user_signed_up, "person.signed_up", "done"),
    (account.password_set, "password.set", "done"),
    (account.password_changed, "password.changed", "done"),
    (account.password_reset, "password.reset", "done"),
    (account.email_changed, "email.changed", "done"),
    (account.login_code_rejected, "person.sign_in_refused", "code"),
    (account.password_reset_code_rejected, "password.reset_refused", "code"),
    (account.email_verification_code_rejected, "email.confirmation_refused", "code"),
    (mfa.authenticator_added, "second_factor.added", "done"),
    (mfa.authenticator_removed, "second_factor.removed", "done"),
    (mfa.authenticator_reset, "second_factor.renewed", "done"),
    (mfa.authentication_failed, "person.sign_in_refused", "second factor"),
)


def _listener(action: str, result: str) -> Any:
    def note(**told: Any) -> None:
        factor = told.get("authenticator")
        user = told.get("user")
        record(
            action,
            result=result,
            actor_id=user.pk if user is not None else None,
            object_id=f"{factor.type} {factor.pk or ''}".strip() if factor is not None else "",
            origin=origin_of(told.get("request")),
        )

    return note


def listen() -> None:
    """Begin to note these events; called once when the app is ready."""
    for signal, action, result in _HEARD:
        signal.connect(_listener(action, result), weak=False, dispatch_uid=f"trail {action} {result}")
