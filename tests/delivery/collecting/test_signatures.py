"""Signatures that Stripe has not made, or not now."""

from __future__ import annotations

import time

import stripe as sdk

from opsystem.vendors import stripe
from tests.delivery.collecting.till import Till


def test_a_signature_from_the_future_and_rubbish_are_refused(till: Till) -> None:
    secret, body = till.vendors.stripe_webhook_secret, "{}"
    ahead = sdk.WebhookSignature.generate_signature_header(body, secret, int(time.time()) + 3_600)
    for header in ("", "t=,v1=", "t=1,v1=2", "v1", "t=\u0661,v1=x", "t=" + "9" * 400, ahead):
        assert not stripe.verify_webhook(till.route.config, body.encode(), header)
    assert not stripe.verify_webhook(till.route.config, b"\xff\xfe", ahead)
