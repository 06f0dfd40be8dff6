"""Money given back (https://docs.stripe.com/api/refunds)."""

from __future__ import annotations

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.stripe.client import calling
from opsystem.vendors.stripe.reading import ERRAND, refund_of
from opsystem.vendors.stripe.records import RefundState
from opsystem.vendors.stripe.refusals import VENDOR

REFUND = Call(
    VENDOR,
    "refund",
    "give money back",
    {
        "payment_intent": Category.TECHNICAL,
        "amount": Category.PAYMENTS,
        "metadata[errand]": Category.TECHNICAL,
    },
)


def refund(
    config: StripeConfig,
    account: str,
    *,
    intent: str,
    cents: int,
    errand: str,
    key: str,
    ledger: Ledger,
    ref: str,
    initiator: str,
) -> RefundState:
    """Give back a part of a payment; the same `key` gives back once."""
    with calling(config, Passage(REFUND, ledger, ref, initiator), account) as stripe:
        made = stripe.v1.refunds.create(
            {"payment_intent": intent, "amount": cents, "metadata": {ERRAND: errand}},
            {"idempotency_key": key},
        )
        return refund_of(made.to_dict())
