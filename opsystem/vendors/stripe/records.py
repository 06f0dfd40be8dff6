"""What the Stripe gateway gives back: only what we keep, and never a number of a card or an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
    charge: str = ""
    fee_cents: int = 0
    kind: str = ""
    brand: str = ""
    last4: str = ""
    problem: str = ""
    refunds: tuple[RefundState, ...] = ()
    disputes: tuple[DisputeState, ...] = ()
