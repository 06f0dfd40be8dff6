"""What is told about payments by Stripe. Amounts are US cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Standing:
    """How the account at Stripe stands. `state`: not_connected, needs_details, can_charge or can_pay_out."""

    state: str
    words: str
    missing: list[str]
    begun_at: datetime | None
    looked_at: datetime | None
    open_findings: int
    compared_at: datetime | None
    compared_lines: int
    different: int


@dataclass(frozen=True)
class Begun:
    """A payment page was begun. `url` is None until Stripe has made it; then it is where the client pays."""

    ref: str
    id: int
    cents: int
    url: str | None
    errand: int | None


@dataclass(frozen=True)
class CheckoutRow:
    """One attempt to collect. `state`: open, processing, paid, failed or closed."""

    ref: str
    id: int
    client: str
    purpose: str
    invoice: str | None
    deposit_for: str | None
    cents: int
    state: str
    way: str
    problem: str
    payment: str | None
    begun_at: datetime
    begun_by: str


@dataclass(frozen=True)
class MethodRow:
    """A way to pay that a client let Stripe keep."""

    ref: str
    id: int
    name: str
    expires: str
    consent: str
    consented_at: datetime
    auto_at: datetime | None


@dataclass(frozen=True)
class DisputeRow:
    """A dispute at Stripe, with the moment until which evidence is taken there."""

    dispute: str
    cents: int
    reason: str
    status: str
    due_by: datetime | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Details:
    """What Stripe knows of a payment of ours, and how much of it can be given back there."""

    checkout: str
    way: str
    fee_cents: int
    refundable_cents: int
    waiting_cents: int
    disputes: list[DisputeRow]


@dataclass(frozen=True)
class FindingRow:
    """Something to look at."""

    ref: str
    id: int
    about: str
    words: str
    cents: int
    found_at: datetime
