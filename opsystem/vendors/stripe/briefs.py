"""Events and lines of a balance as the Stripe gateway gives them back: ids and amounts, no content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
