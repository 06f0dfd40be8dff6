"""What is told about payments. US cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Method(StrEnum):
    """How a client paid."""

    CASH = "cash"
    CHECK = "check"
    CARD = "card"
    BANK = "bank"
    OTHER = "other"


@dataclass(frozen=True)
class Part:
    """A part of a payment on an invoice, in US cents; below zero where it was given back."""

    invoice: str
    cents: int


@dataclass(frozen=True)
class Paid:
    """A payment was recorded: what of it paid which invoice, what is a deposit, what is credit.

    `outcome` says it in a sentence. `again` is True when this very payment had been recorded before.
    """

    ref: str
    id: int
    parts: list[Part]
    deposit_cents: int
    credit_cents: int
    outcome: str
    again: bool = False


@dataclass(frozen=True)
class PaymentRow:
    """A payment in a list."""

    ref: str
    id: int
    client: str
    client_id: int
    client_name: str
    cents: int
    method: Method
    received_on: date
    reference: str
    fee_cents: int
    deposit_for: str | None
    refunded_cents: int
    voided_at: datetime | None
    disputed: bool


@dataclass(frozen=True)
class RefundRow:
    """Money given back."""

    ref: str
    cents: int
    refunded_on: date
    reason: str
    by: str


@dataclass(frozen=True)
class PaymentPage:
    """A payment with where its money went: its receipt is made of this."""

    row: PaymentRow
    parts: list[Part]
    deposit_cents: int
    credit_cents: int
    refunds: list[RefundRow]
    at: datetime
    by: str
    voided_by: str | None
    void_reason: str | None


@dataclass(frozen=True)
class Returned:
    """Money went back: what it was taken from. `reopened` are invoices that are owed again."""

    ref: str
    id: int
    credit_cents: int
    deposit_cents: int
    reopened: list[Part]
    outcome: str
    again: bool = False


@dataclass(frozen=True)
class ClientBalance:
    """How a client stands, in US cents: owed, of that overdue, deposits and credit held, held back."""

    owed_cents: int
    overdue_cents: int
    deposit_cents: int
    credit_cents: int
    retained_cents: int
