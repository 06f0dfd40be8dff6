"""Payments: what became of one, charge a way to pay that was kept, give money back.

https://docs.stripe.com/api/payment_intents, /refunds, /disputes, /payment_methods.
"""

from __future__ import annotations

from dataclasses import replace

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.stripe.client import calling
from opsystem.vendors.stripe.reading import dispute_of, payment_of, refund_of
from opsystem.vendors.stripe.records import DisputeState, PaymentState, RefundState
from opsystem.vendors.stripe.refusals import VENDOR

_OF_ONE = {"payment_intent": Category.TECHNICAL, "limit": Category.TECHNICAL}
PAYMENT_STATE = Call(VENDOR, "payment_state", "look at a payment", {"expand[0]": Category.TECHNICAL})
REFUNDS_OF = Call(VENDOR, "refunds_of", "look at a payment", _OF_ONE)
DISPUTES_OF = Call(VENDOR, "disputes_of", "look at a payment", _OF_ONE)
_MOST = 100


def payment_state(
    config: StripeConfig, account: str, intent: str, *, ledger: Ledger, ref: str, initiator: str
) -> PaymentState:
    """Ask for a payment as it is now, with its fee, refunds and disputes: three calls."""
    who = (ledger, ref, initiator)
    found = payment_alone(config, account, intent, ledger=ledger, ref=ref, initiator=initiator)
    refunds = refunds_of(config, account, intent, Passage(REFUNDS_OF, *who))
    return replace(
        found, refunds=refunds, disputes=disputes_of(config, account, intent, Passage(DISPUTES_OF, *who))
    )


def payment_alone(
    config: StripeConfig, account: str, intent: str, *, ledger: Ledger, ref: str, initiator: str
) -> PaymentState:
    """Ask for a payment without its refunds and disputes."""
    with calling(config, Passage(PAYMENT_STATE, ledger, ref, initiator), account) as stripe:
        wanted = ["latest_charge.balance_transaction"]
        return payment_of(stripe.v1.payment_intents.retrieve(intent, {"expand": wanted}).to_dict())


def refunds_of(config: StripeConfig, account: str, intent: str, passage: Passage) -> tuple[RefundState, ...]:
    """Ask for a payment's refunds, the newest first."""
    with calling(config, passage, account) as stripe:
        page = stripe.v1.refunds.list({"payment_intent": intent, "limit": _MOST})
        return tuple(refund_of(one.to_dict()) for one in page.data)


def disputes_of(
    config: StripeConfig, account: str, intent: str, passage: Passage
) -> tuple[DisputeState, ...]:
    """Ask for a payment's disputes, the newest first."""
    with calling(config, passage, account) as stripe:
        page = stripe.v1.disputes.list({"payment_intent": intent, "limit": _MOST})
        return tuple(dispute_of(one.to_dict()) for one in page.data)
