"""What the Stripe gateway gives back: only what we keep, and never a number of a card or an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AccountState:
    """A connected account as it is now. `missing` are Stripe's own words for what its owner has to tell."""

    account: str
    details_submitted: bool
    charges_enabled: bool
    payouts_enabled: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionState:
    """A Checkout session. `status` is open, complete or expired; `url` is "" once nobody can pay on it."""

    session: str
    status: str
    url: str
    expires_at: datetime
    payment_intent: str = ""
    customer: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class MethodState:
    """A way to pay, in the words that may be shown. `customer` is "" once it cannot be charged any more."""

    method: str
    kind: str
    brand: str
    last4: str
    exp_month: int | None
    exp_year: int | None
    customer: str


@dataclass(frozen=True, slots=True)
class RefundState:
    """Money given back. `status`: pending, requires_action, succeeded, failed or canceled."""

    refund: str
    cents: int
    status: str
    created_at: datetime
    key: str = ""


@dataclass(frozen=True, slots=True)
class DisputeState:
    """A payment that a client's bank wants back. `due_by`: until when evidence is taken."""

    dispute: str
    cents: int
    reason: str
    status: str
    created_at: datetime
    due_by: datetime | None


@dataclass(frozen=True, slots=True)
class PaymentState:
    """A payment as it is now, whole: so it does not matter which event of it came first.

    `status` is Stripe's of the payment intent; `fee_cents` is what Stripe kept, known once it succeeded.
    """

    payment_intent: str
    status: str
    cents: int
    created_at: datetime
    checkout: str = ""
    fee_cents: int = 0
    kind: str = ""
    brand: str = ""
    last4: str = ""
    problem: str = ""
    refunds: tuple[RefundState, ...] = ()
    disputes: tuple[DisputeState, ...] = ()


@dataclass(frozen=True, slots=True)
class EventBrief:
    """An event without its content: what it is about is asked for anew. `about` is kind and id."""

    event: str
    type: str
    account: str
    kind: str
    about: str
    payment_intent: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """A line of a connected account's balance: charge, refund, adjustment, payout, …"""

    line: str
    type: str
    cents: int
    fee_cents: int
    source: str
    created_at: datetime
