"""Payments: what became of one, charge a way to pay that was kept, give money back.

https://docs.stripe.com/api/payment_intents, /refunds, /disputes, /payment_methods.
"""

from __future__ import annotations

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.stripe.client import VENDOR, calling, told
from opsystem.vendors.stripe.reading import (
    CHECKOUT,
    ERRAND,
    dispute_of,
    method_of,
    payment_of,
    refund_of,
)
from opsystem.vendors.stripe.records import MethodState, PaymentState, RefundState

_OF_ONE = {"payment_intent": Category.TECHNICAL, "limit": Category.TECHNICAL}
PAYMENT_STATE = Call(VENDOR, "payment_state", "look at a payment", {"expand[0]": Category.TECHNICAL})
REFUNDS_OF = Call(VENDOR, "refunds_of", "look at a payment", _OF_ONE)
DISPUTES_OF = Call(VENDOR, "disputes_of", "look at a payment", _OF_ONE)
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
METHOD_STATE = Call(VENDOR, "method_state", "look at a saved card or account", {})
DETACH_METHOD = Call(VENDOR, "detach_method", "forget a saved card or account", {})
_MOST = 100


def payment_state(
    config: StripeConfig, account: str, intent: str, *, ledger: Ledger, ref: str, initiator: str
) -> PaymentState:
    """Ask for a payment as it is now, with its fee, refunds and disputes: three calls."""
    with calling(config, Passage(PAYMENT_STATE, ledger, ref, initiator), account) as stripe:
        wanted = ["latest_charge.balance_transaction"]
        found = stripe.v1.payment_intents.retrieve(intent, {"expand": wanted}).to_dict()
    with calling(config, Passage(REFUNDS_OF, ledger, ref, initiator), account) as stripe:
        page = stripe.v1.refunds.list({"payment_intent": intent, "limit": _MOST})
        refunds = tuple(refund_of(one.to_dict()) for one in page.data)
    with calling(config, Passage(DISPUTES_OF, ledger, ref, initiator), account) as stripe:
        listed = stripe.v1.disputes.list({"payment_intent": intent, "limit": _MOST})
        disputes = tuple(dispute_of(one.to_dict()) for one in listed.data)
    return payment_of(found, refunds, disputes)


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


def method_state(
    config: StripeConfig, account: str, method: str, *, ledger: Ledger, ref: str, initiator: str
) -> MethodState:
    """Ask what a way to pay is called."""
    with calling(config, Passage(METHOD_STATE, ledger, ref, initiator), account) as stripe:
        return method_of(stripe.v1.payment_methods.retrieve(method).to_dict())


def detach_method(
    config: StripeConfig, account: str, method: str, *, ledger: Ledger, ref: str, initiator: str
) -> None:
    """Let Stripe forget a way to pay. Stripe refuses it for one that is forgotten already."""
    with calling(config, Passage(DETACH_METHOD, ledger, ref, initiator), account) as stripe:
        stripe.v1.payment_methods.detach(method)
