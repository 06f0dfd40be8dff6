"""Mailgun's webhooks: mail that came in, and what became of ours."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from opsystem.control.businesses.directory import business_behind, business_numbered
from opsystem.control.installation import installation
from opsystem.kit.errors import Invalid
from opsystem.vendors import mailgun
from opsystem.webhooks.storing import refused, store, vendor_hook

_STATES = {"accepted": "accepted", "delivered": "delivered", "rejected": "failed", "complained": "delivered"}
# Mailgun tries again for eight hours on any answer but 200 and 406.
_DO_NOT_REPEAT = 406


def _signed(payload: dict[str, object]) -> bool:
    signature = mailgun.webhook_signature(payload)
    key = installation().mailgun.signing_key
    return mailgun.verify_webhook(key, signature.timestamp, signature.token, signature.signature)


@vendor_hook
def mail_came(request: HttpRequest) -> HttpResponse:
    """Take a mail that came in for one of the businesses."""
    form = {name: request.POST[name] for name in request.POST}
    if not _signed(dict(form)):
        return refused()
    mail = mailgun.parse_inbound_mail(form)
    business = business_behind("email", mail.recipient)
    if business is None:
        return HttpResponse("nobody here", status=_DO_NOT_REPEAT, content_type="text/plain")
    payload = {
        "vendor_key": mail.message_id,
        "sender": mail.sender,
        "subject": mail.subject,
        "body": mail.text,
    }
    store(business, vendor="mailgun", key=mail.key, event="mail", payload=payload)
    return HttpResponse(status=200)


@vendor_hook
def mail_moved(request: HttpRequest) -> HttpResponse:
    """Take what became of a mail of ours. Mail of the accounts has no business and is not followed."""
    try:
        payload = json.loads(request.body)
    except ValueError as error:
        raise Invalid("This is not JSON.", code="bad_webhook") from error
    if not isinstance(payload, dict) or not _signed(payload):
        return refused()
    event = mailgun.parse_event(payload)
    number, token = event.variables.get("business", ""), event.variables.get("attempt", "")
    state = _STATES.get(event.kind) or ("failed" if event.kind == "failed" and event.permanent else None)
    if state is not None and number.isdecimal() and token:
        problem = f"Mailgun reported: {event.reason} {event.code}".strip() if state == "failed" else None
        told = {"token": token, "vendor_id": event.message_id, "state": state, "problem": problem}
        store(business_numbered(int(number)), vendor="mailgun", key=event.key, event="status", payload=told)
    return HttpResponse(status=200)
