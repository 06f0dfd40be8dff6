"""Stripe's webhooks: where to look, of the account of one business."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from opsystem.control.businesses.directory import business_behind
from opsystem.control.installation import installation
from opsystem.delivery.collecting.nightly import event_of
from opsystem.vendors import stripe
from opsystem.webhooks.storing import refused, store, vendor_hook

_MOST_BYTES = 1024 * 1024


@vendor_hook
def something_happened(request: HttpRequest) -> HttpResponse:
    """Take an event. The account it names leads to one vault; one of nobody's is answered and left."""
    config, body = installation().stripe, request.body
    if len(body) > _MOST_BYTES or not stripe.verify_webhook(
        config, body, request.headers.get("Stripe-Signature", "")
    ):
        return refused()
    brief = stripe.parse_event(config, body)
    business = business_behind("stripe", brief.account) if brief is not None else None
    if brief is not None and business is not None:
        store(business, **event_of(brief))  # type: ignore[arg-type]
    return HttpResponse(status=200)
