"""Mailgun's webhooks: mail that came in, and what became of ours."""

from __future__ import annotations

import json
import re
from functools import partial

from django.http import HttpRequest, HttpResponse

from opsystem.control.businesses.directory import business_behind, business_numbered
from opsystem.control.installation import installation
from opsystem.kit.errors import Invalid
from opsystem.vendors import mailgun
from opsystem.webhooks.attachments import keep_attachments
from opsystem.webhooks.storing import refused, store, vendor_hook

_STATES = {"accepted": "accepted", "delivered": "delivered", "rejected": "failed", "complained": "delivered"}
# Mailgun tries again for eight hours on any answer but 200 and 406.
_DO_NOT_REPEAT = 406
_BUSINESS = re.compile(r"[0-9]{1,9}")
# As long as the operations take them; who writes longer ones is heard all the same.
_LONGEST_SUBJECT, _LONGEST_NAME = 1000, 300


def _signed_token(payload: dict[str, object]) -> str | None:
    """Return the token that Mailgun signed, None when it did not."""
    part = mailgun.webhook_signature(payload)
    key = installation().mailgun.signing_key
    return part.token if mailgun.verify_webhook(key, part.timestamp, part.token, part.signature) else None


@vendor_hook
def mail_came(request: HttpRequest) -> HttpResponse:
    """Take a mail that came in for one of the businesses."""
    form = {name: request.POST[name] for name in request.POST}
    token = _signed_token(dict(form))
    if token is None:
        return refused()
    mail = mailgun.parse_inbound_mail(form)
    business = business_behind("email", mail.recipient)
    if business is None:
        return HttpResponse("nobody here", status=_DO_NOT_REPEAT, content_type="text/plain")
    payload = {
        "vendor_key": mail.message_id,
        "sender": mail.sender,
        "sender_name": mail.sender_name[:_LONGEST_NAME],
        "to": mail.recipient,
        "subject": mail.subject[:_LONGEST_SUBJECT],
        "body": mail.text,
        "automatic": mail.automatic,
    }
    kept = partial(keep_attachments, request)
    store(business, vendor="mailgun", key=mail.key, event="mail", payload=payload, token=token, more=kept)
    return HttpResponse(status=200)


@vendor_hook
def mail_moved(request: HttpRequest) -> HttpResponse:
    """Take what became of a mail of ours. Mail of the accounts has no business and is not followed."""
    try:
        payload = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Invalid("This is not JSON.", code="bad_webhook") from error
    signed = _signed_token(payload) if isinstance(payload, dict) else None
    if signed is None:
        return refused()
    event = mailgun.parse_event(payload)
    number, token = event.variables.get("business", ""), event.variables.get("attempt", "")
    state = _STATES.get(event.kind) or ("failed" if event.kind == "failed" and event.permanent else None)
    if state is not None and _BUSINESS.fullmatch(number) and token:
        problem = f"Mailgun reported: {event.reason} {event.code}".strip() if state == "failed" else None
        told = {"token": token, "vendor_id": event.message_id, "state": state, "problem": problem}
        business = business_numbered(int(number))
        store(business, vendor="mailgun", key=event.key, event="status", payload=told, token=signed)
    return HttpResponse(status=200)
