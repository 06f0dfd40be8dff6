"""A way to pay that was kept, charged while its owner is away (/api/payment_intents, `off_session`)."""

from __future__ import annotations

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.stripe.answers import told
from opsystem.vendors.stripe.client import calling
from opsystem.vendors.stripe.reading import CHECKOUT
from opsystem.vendors.stripe.refusals import VENDOR

CHARGE_METHOD = Call(
    VENDOR,
    "charge_method",
    "charge a saved card or account",
    {
        "amount": Category.PAYMENTS,
        "description": Category.PAYMENTS,
        "currency": Category.TECHNICAL,
        "customer": Category.TECHNICAL,
        "payment_method": Category.TECHNICAL,
        "confirm": Category.TECHNICAL,
        "off_session": Category.TECHNICAL,
        "metadata[checkout]": Category.TECHNICAL,
    },
)


def charge_method(
    config: StripeConfig,
    account: str,
    *,
    customer: str,
    method: str,
    cents: int,
    words: str,
    checkout: str,
    key: str,
    ledger: Ledger,
    ref: str,
    initiator: str,
) -> str:
    """Charge a method that was kept; return the payment's id. A declined one is GatewayError DECLINED."""
    with calling(config, Passage(CHARGE_METHOD, ledger, ref, initiator), account) as stripe:
        made = stripe.v1.payment_intents.create(
            {
                "amount": cents,
                "currency": "usd",
                "customer": customer,
                "payment_method": method,
                "confirm": True,
                "off_session": True,
                "description": words,
                "metadata": {CHECKOUT: checkout},
            },
            {"idempotency_key": key},
        )
        return told(made.id)
