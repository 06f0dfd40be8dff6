"""Where allauth asks us: letters, words of its messages, and what is noted of sign-ins."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest

from opsystem.control.accounts.letters import write_letter
from opsystem.control.accounts.models import Person
from opsystem.control.audit.events import origin_of, record
from opsystem.control.usage.meters import note_sign_in

# Words for people where allauth's own would be jargon or English by a machine.
_WORDS = {
    "account_inactive": "This account is closed.",
    "email_password_mismatch": "The email address and the password do not belong together.",
    "enter_current_password": "Type your present password.",
    "incorrect_code": "This code is not right. Look at the newest one.",
    "incorrect_password": "This is not your password.",
    "rate_limited": "That was too often. Wait a while, then try again.",
    "same_as_current": "Give another one than you have now.",
    "too_many_login_attempts": "That was tried too often. Wait an hour, or sign in another way.",
    "unknown_email": "There is no account with this address.",
}


# What the next page says after an act. What is not here goes without saying.
_MESSAGES = {
    "account/messages/email_confirmed.txt": "Your email address is confirmed.",
    "account/messages/password_changed.txt": "Your new password is saved.",
    "account/messages/password_set.txt": "Your password is saved.",
    "account/messages/unverified_primary_email.txt": "Confirm the address first.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "The authenticator app is removed.",
    "mfa/messages/webauthn_added.txt": "The passkey is added.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
    "usersessions/messages/sessions_logged_out.txt": "All other devices are signed out.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Our answers to allauth's questions."""

    error_messages = DefaultAccountAdapter.error_messages | _WORDS

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Write the letter that allauth means by a template's name."""
        letter = write_letter(template_prefix.rpartition("/")[2], context)
        to = [email] if isinstance(email, str) else email
        return EmailMessage(letter.subject, letter.body, self.get_from_email(), to, headers=headers)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 - allauth passes it
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Keep a message for the next page, in our words."""
        words = message or _MESSAGES.get(message_template or "", "")
        if words:
            # The shell of a business's pages reads from the tags what kind of line it is.
            kind = "failed|" if level >= messages.ERROR else "done|"
            messages.add_message(request, level, words, extra_tags=extra_tags or kind)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign a person in, and note when, from where and by which way."""
        super().login(request, user)
        origin = origin_of(request)
        method = _way_of(request, user)
        record("person.signed_in", result=method, actor_id=user.pk, origin=origin)
        note_sign_in(user.pk, ip=origin.ip, method=method)

    def logout(self, request: HttpRequest) -> None:
        """Sign a person out."""
        actor_id = request.user.pk
        super().logout(request)
        record("person.signed_out", actor_id=actor_id, origin=origin_of(request))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note that a password was refused, and whose if there is such a person."""
        person = Person.objects.filter(email__iexact=credentials.get("email") or "").first()
        record(
            "person.sign_in_refused",
            result="password",
            actor_id=person.pk if person else None,
            origin=origin_of(request),
        )


def _way_of(request: HttpRequest, person: AbstractBaseUser) -> str:
    """Return the ways this session was signed in by, such as `password+totp`."""
    ways = [
        str(found.get("type") or found.get("method")) for found in get_authentication_records(request, person)
    ]
    return "+".join(dict.fromkeys(ways))[:40] or "email"
