"""What Stripe tells us: the proof that it is Stripe, and what an event is about.

https://docs.stripe.com/webhooks. Events come at least once and in no order, so what they say is not believed
for what is now: it is asked for. Of the content only ids are read.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import stripe

from opsystem.kit.errors import Invalid
from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.stripe.answers import id_of, moment, told
from opsystem.vendors.stripe.briefs import EventBrief

TOLERANCE = 300  # seconds, either way
_TIMES = 20


def verify_webhook(config: StripeConfig, body: bytes, header: str) -> bool:
    """Say whether Stripe signed this body within the last five minutes.

    The SDK takes any time that lies in the future, so a signature captured from a wrong clock would stay good
    for long; here it may be five minutes ahead.
    """
    return any(_is_signed(secret, body, header) for secret in config.webhook_secrets)


def _is_signed(secret: str, body: bytes, header: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE)
    except (stripe.SignatureVerificationError, UnicodeError, ValueError, OverflowError):
        return False
    stamps = [part.partition("=")[2] for part in header.split(",") if part.startswith("t=")]
    return len(stamps) == 1 and len(stamps[0]) < _TIMES and int(stamps[0]) <= time.time() + TOLERANCE


def parse_event(config: StripeConfig, body: bytes) -> EventBrief | None:
    """Read a verified event; None for one that is none of ours.

    Raises Invalid for what is no event. A live endpoint of a platform is told of test payments as well: they
    move no money and are none of ours.
    """
    try:
        event: Any = json.loads(body)
        if not isinstance(event, Mapping) or event.get("object") != "event":
            return None  # a thin event of the second API, about nothing we use
        if bool(event.get("livemode")) is not config.is_live:
            return None
        return brief_of(event)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid("The event has not the form that Stripe sends.", code="bad_webhook") from error


def brief_of(event: Mapping[str, Any]) -> EventBrief | None:
    """Return what an event of a connected account is about; None for the platform's own."""
    thing = event["data"]["object"]
    account = event.get("account") or ""
    if not account:
        return None
    kind = told(thing["object"])
    about = id_of(thing.get("id")) or account
    intent = about if kind == "payment_intent" else id_of(thing.get("payment_intent"))
    return EventBrief(
        told(event["id"]), told(event["type"]), account, kind, about, intent, moment(event["created"])
    )
