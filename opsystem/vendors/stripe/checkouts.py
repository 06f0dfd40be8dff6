"""Checkout: the page at Stripe on which a client pays an amount, or leaves a way to pay for later.

https://docs.stripe.com/api/checkout/sessions. Everything is made on the connected account (direct charges).
The client tells Stripe his name and number himself: from us Stripe gets the amount and what it is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.stripe.client import calling
from opsystem.vendors.stripe.reading import CHECKOUT
from opsystem.vendors.stripe.reading_standing import session_of
from opsystem.vendors.stripe.refusals import VENDOR
from opsystem.vendors.stripe.standing import SessionState

_TECHNICAL = (
    "mode",
    "currency",
    "customer",
    "success_url",
    "cancel_url",
    "expires_at",
    "metadata[checkout]",
    "line_items[0][quantity]",
    "line_items[0][price_data][currency]",
    "payment_intent_data[metadata][checkout]",
    "payment_intent_data[setup_future_usage]",
    "setup_intent_data[metadata][checkout]",
)
_MONEY = (
    "line_items[0][price_data][unit_amount]",
    "line_items[0][price_data][product_data][name]",
    "payment_intent_data[description]",
)
CREATE_CHECKOUT = Call(
    VENDOR,
    "create_checkout",
    "let a client pay",
    dict.fromkeys(_TECHNICAL, Category.TECHNICAL) | dict.fromkeys(_MONEY, Category.PAYMENTS),
)
CHECKOUT_STATE = Call(VENDOR, "checkout_state", "look at a payment page", {"expand[0]": Category.TECHNICAL})
EXPIRE_CHECKOUT = Call(VENDOR, "expire_checkout", "close a payment page", {})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page is made for: `cents` and `words` for a payment, neither where a way to pay is only kept.

    The same page must be asked for with the same values for ever, for its key's sake.
    """

    checkout: str
    back: str
    away: str
    expires_at: datetime
    cents: int = 0
    words: str = ""
    customer: str = ""


def create_checkout(
    config: StripeConfig, account: str, wanted: Wanted, *, key: str, ledger: Ledger, ref: str, initiator: str
) -> SessionState:
    """Make a page; the same `key` makes one. With a customer, what he pays with is kept for later."""
    with calling(config, Passage(CREATE_CHECKOUT, ledger, ref, initiator), account) as stripe:
        made = stripe.v1.checkout.sessions.create(_params(wanted), {"idempotency_key": key})  # type: ignore[arg-type]
        return session_of(made.to_dict())


def _params(wanted: Wanted) -> dict[str, Any]:
    ours = {CHECKOUT: wanted.checkout}
    common: dict[str, Any] = {
        "success_url": wanted.back,
        "cancel_url": wanted.away,
        "expires_at": int(wanted.expires_at.timestamp()),
        "metadata": ours,
    }
    if wanted.customer:
        common["customer"] = wanted.customer
    if not wanted.cents:
        return common | {"mode": "setup", "currency": "usd", "setup_intent_data": {"metadata": ours}}
    about: dict[str, Any] = {"metadata": ours, "description": wanted.words}
    if wanted.customer:
        about["setup_future_usage"] = "off_session"
    price = {"currency": "usd", "unit_amount": wanted.cents, "product_data": {"name": wanted.words}}
    return common | {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "payment_intent_data": about,
    }


def checkout_state(
    config: StripeConfig, account: str, session: str, *, ledger: Ledger, ref: str, initiator: str
) -> SessionState:
    """Ask what became of a page."""
    with calling(config, Passage(CHECKOUT_STATE, ledger, ref, initiator), account) as stripe:
        found = stripe.v1.checkout.sessions.retrieve(session, {"expand": ["setup_intent"]})
        return session_of(found.to_dict())


def expire_checkout(
    config: StripeConfig, account: str, session: str, *, ledger: Ledger, ref: str, initiator: str
) -> SessionState:
    """Close a page, so that nobody pays on it any more. Stripe refuses it for one that is over."""
    with calling(config, Passage(EXPIRE_CHECKOUT, ledger, ref, initiator), account) as stripe:
        return session_of(stripe.v1.checkout.sessions.expire(session).to_dict())
