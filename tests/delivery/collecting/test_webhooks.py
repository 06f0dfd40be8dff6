"""10,000 webhooks: doubled, out of order, late and forged; each effect is there once."""

from __future__ import annotations

import json
import os
import random
import time
from typing import Any

import stripe as sdk
from sqlalchemy import func, select

from opsystem.business.collecting.models import Checkout
from opsystem.business.conversations.models import VendorEvent
from opsystem.business.payments.models import Payment, Refund
from opsystem.delivery.collecting.hearing import hear_next
from opsystem.delivery.collecting.nightly import compare, store_brief
from opsystem.kit import clock
from opsystem.vendors import stripe
from tests.delivery.collecting.till import Till

TOLD = int(os.environ.get("OPSYSTEM_WEBHOOKS", "10000"))
PAGES = 6


def _bodies(till: Till) -> list[bytes]:
    """Every event as Stripe would send it: asked for once more, whole."""
    client = sdk.StripeClient(
        till.vendors.stripe_key, stripe_account=till.route.account(),
        base_addresses={"api": till.vendors.stripe_url},
    )  # fmt: skip
    whole: list[Any] = client.v1.events.list({"limit": 100}).data
    return [json.dumps(one.to_dict()).encode() for one in whole]


def test_10_000_webhooks_end_in_the_right_state_with_each_effect_once(till: Till) -> None:
    dice = random.Random(45)
    for number in range(PAGES):
        _, url = till.page(till.invoice(10_000 + number))
        till.vendors.pay(url)
    for payment in till.vendors.payments()[:2]:
        till.vendors.at_stripe(payment["id"], "refund", 500)
    bodies, config = _bodies(till), till.route.config
    secret, taken, refused, known = till.vendors.stripe_webhook_secret, 0, 0, set()
    for turn in range(TOLD):
        body, now = dice.choice(bodies), int(time.time())
        kind = dice.choice(("good", "good", "good", "late", "forged", "changed"))
        signer = "whsec_somebody_elses" if kind == "forged" else secret
        stamp = now - 400 if kind == "late" else now
        header = sdk.WebhookSignature.generate_signature_header(body.decode(), signer, stamp)
        sent = body.replace(b'"amount": 1', b'"amount": 9') + b" " if kind == "changed" else body
        if not stripe.verify_webhook(config, sent, header):
            refused += 1
            assert kind != "good"
            continue
        assert kind == "good"
        brief = stripe.parse_event(config, sent)
        taken += 1
        # Storing is a transaction of its own: every event goes through it, and of those that come again one
        # in ten.
        if brief is not None and (brief.event not in known or dice.random() < 0.1):
            known.add(brief.event)
            store_brief(till.route, brief)
        if turn % 2_000 == 0:
            hear_next(till.route, clock.now())
    while hear_next(till.route, clock.now()):
        pass
    assert refused > TOLD // 4
    assert taken > TOLD // 4
    with till.vault.reading() as session:
        assert session.scalar(select(func.count(VendorEvent.id))) == len(known)
        assert session.scalar(select(func.count(Payment.id))) == PAGES
        assert session.scalar(select(func.sum(Payment.cents))) == sum(10_000 + one for one in range(PAGES))
        assert session.scalars(select(Refund.cents)).all() == [500, 500]
        assert session.scalar(select(func.count(Checkout.id)).where(Checkout.paid_at.is_not(None))) == PAGES
    assert compare(till.route) == 0


def test_an_event_of_a_test_payment_at_a_live_endpoint_is_none_of_ours(till: Till) -> None:
    live = stripe.StripeConfig("sk_live_of_the_tests", ("whsec_x",), "https://api.stripe.com")
    till.page(till.invoice())
    _, url = till.page(till.invoice())
    till.vendors.pay(url)
    assert [stripe.parse_event(live, body) for body in _bodies(till)] == [None] * len(_bodies(till))
