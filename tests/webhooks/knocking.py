"""Knocking as the vendors do: signed with their keys, or not."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any

from django.http import HttpResponse
from django.test import Client
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from opsystem.business.conversations.models import VendorEvent
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.vault import Vault

FORM = "application/x-www-form-urlencoded"


def visitor() -> Client:
    """Return somebody who comes from outside; a fault of ours is an answer, not an exception."""
    return Client(HTTP_HOST="localhost", raise_request_exception=False)


def twilio(path: str, form: dict[str, str], *, key: str | None = None, signed_for: str = "") -> HttpResponse:
    """Post a form as Twilio; `key` and `signed_for` are another account's token and another address."""
    told = installation()
    validator = RequestValidator(key or told.twilio.auth_token)  # type: ignore[no-untyped-call]
    address = f"{told.base_url}{signed_for or path}"
    signature = validator.compute_signature(address, form)  # type: ignore[no-untyped-call]
    answer: Any = visitor().post(path, form, headers={"X-Twilio-Signature": signature})
    return answer  # type: ignore[no-any-return]


def text(sender: str, to: str, body: str, sid: str = "") -> dict[str, str]:
    """Return the form of an incoming text."""
    account = installation().twilio.account_sid
    sid = sid or f"SM{secrets.token_hex(16)}"
    return {"MessageSid": sid, "AccountSid": account, "From": sender, "To": to, "Body": body}


def stamp(token: str = "", *, at: int | None = None, key: str = "") -> dict[str, str]:
    """Return the signature fields of Mailgun."""
    token = token or secrets.token_hex(25)
    timestamp = str(at if at is not None else int(clock.now().timestamp()))
    signing_key = key or installation().mailgun.signing_key
    proof = hmac.new(signing_key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": timestamp, "token": token, "signature": proof}


def mail(to: str, subject: str, signature: dict[str, str], message_id: str = "", **more: str) -> HttpResponse:
    """Post an incoming mail as Mailgun."""
    form = {
        "from": "Maria Alvarez <maria@example.com>",
        "recipient": to,
        "subject": subject,
        "body-plain": "Hello",
        "Message-Id": f"<{message_id or secrets.token_hex(8)}@example.com>",
        **signature,
        **more,
    }
    answer: Any = visitor().post("/hooks/mailgun/inbound", form)
    return answer  # type: ignore[no-any-return]


def event(signature: dict[str, str], **data: Any) -> HttpResponse:
    """Post what became of a mail as Mailgun."""
    body = {"signature": signature, "event-data": {"timestamp": clock.now().timestamp(), **data}}
    return raw("/hooks/mailgun/events", json.dumps(body))


def raw(path: str, body: str | bytes, kind: str = "application/json") -> HttpResponse:
    """Post anything."""
    answer: Any = visitor().generic("POST", path, body, content_type=kind)
    return answer  # type: ignore[no-any-return]


def stored(vault: Vault) -> list[tuple[str, str]]:
    """Return vendor and kind of everything that was taken in and is to be understood."""
    with vault.reading() as session:
        rows = session.scalars(select(VendorEvent).where(VendorEvent.due_at.is_not(None)))
        return [(row.vendor, row.event) for row in rows]
