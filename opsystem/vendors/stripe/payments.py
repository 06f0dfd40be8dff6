"""Payments: what became of one, charge a way to pay that was kept, give money back.

https://docs.stripe.com/api/payment_intents, /refunds, /disputes, /payment_methods.
"""

from __future__ import annotations

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.stripe.client import calling
from opsystem.vendors.stripe.reading import dispute_of, payment_of, refund_of
from opsystem.vendors.stripe.records import PaymentState
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
