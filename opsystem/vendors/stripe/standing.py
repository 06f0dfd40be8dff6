"""How accounts, payment pages and ways to pay stand, as the Stripe gateway gives them back."""

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
