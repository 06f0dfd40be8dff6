"""Twilio's webhooks: texts that came in, and how far ours have come."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from opsystem.control.businesses.directory import business_numbered, channels_of
from opsystem.control.installation import installation
from opsystem.delivery.arriving import text_event
from opsystem.kit.errors import NotFound
from opsystem.vendors import twilio
from opsystem.webhooks.storing import refused, store, vendor_hook

# Twilio's words for a text's way, in ours. `sent` may be the last one where carriers give no receipt.
_STATES = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
_EMPTY_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


def _form(request: HttpRequest) -> dict[str, str] | None:
    """Return the signed form, None when the signature is not Twilio's."""
    told = installation()
    form = {name: request.POST[name] for name in request.POST}
    address = f"{told.base_url}{request.get_full_path()}"
    signature = request.headers.get("X-Twilio-Signature", "")
    return form if twilio.verify_webhook(told.twilio, address, form, signature) else None


@vendor_hook
def text_came(request: HttpRequest, number: int) -> HttpResponse:
    """Take a text that came in for a business. The answer says nothing to the sender."""
    form = _form(request)
    if form is None:
        return refused()
    text = twilio.parse_inbound_text(form)
    business = business_numbered(number)
    if text.recipient.lower() not in channels_of(business, "sms"):
        raise NotFound("This number is not of this business.", code="no_channel")
    store(business, **text_event(text))
    return HttpResponse(_EMPTY_ANSWER, content_type="text/xml")


@vendor_hook
def text_moved(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Take how far a text of ours has come. The token in the address is ours and names the attempt."""
    form = _form(request)
    if form is None:
        return refused()
    status = twilio.parse_text_status(form)
    state = _STATES.get(status.status)
    if state is not None:
        problem = f"Twilio reported {status.status} ({status.error_code})." if state == "failed" else None
        payload = {
            "token": token,
            "vendor_id": status.vendor_id,
            "state": state,
            "problem": problem,
            "opted_out": status.opted_out,
        }
        store(business_numbered(number), vendor="twilio", key=status.key, event="status", payload=payload)
    return HttpResponse(status=204)
