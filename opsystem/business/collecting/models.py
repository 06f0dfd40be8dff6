"""The business's account at Stripe, its payment pages, and ways to pay that clients let it keep."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class StripeAccount(Record):
    """The account at Stripe that belongs to the business. There is at most one row, number 1.

    What it may do are moments: since when, or None. `missing` are Stripe's words for what its owner still has
    to tell, one a line.
    """

    __tablename__ = "stripe_account"
    __table_args__ = table_options()

    account: Mapped[str | None]
    begun_at: Mapped[datetime]
    begun_by: Mapped[str]
    details_at: Mapped[datetime | None]
    charges_at: Mapped[datetime | None]
    payouts_at: Mapped[datetime | None]
    missing: Mapped[str] = mapped_column(server_default="")
    looked_at: Mapped[datetime | None]
    disconnected_at: Mapped[datetime | None]
    disconnected_by: Mapped[str | None]


class Checkout(Record):
    """One attempt to collect: a page at Stripe on which a client pays, or a charge of a way that was kept.

    `purpose`: invoice, deposit, statement, charge or setup. Amounts are US cents. `payment_intent` is
    Stripe's payment, `payment_id` ours once the money has come; `way` says in words what it came from.
    """

    __tablename__ = "checkout"
    __table_args__ = table_options(client="{row}.client_id")
    kind: ClassVar[str] = "checkout"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    purpose: Mapped[str]
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"), index=True)
    deposit_for: Mapped[str | None]
    cents: Mapped[int]
    words: Mapped[str]
    keeps: Mapped[bool] = mapped_column(server_default="0")
    customer: Mapped[str | None]
    session: Mapped[str | None] = mapped_column(unique=True)
    url: Mapped[str | None]
    expires_at: Mapped[datetime]
    payment_intent: Mapped[str | None] = mapped_column(unique=True)
    charge: Mapped[str | None] = mapped_column(index=True)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    way: Mapped[str] = mapped_column(server_default="")
    problem: Mapped[str] = mapped_column(server_default="")
    begun_at: Mapped[datetime]
    begun_by: Mapped[str]
    processing_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def is_live(self) -> bool:
        """Whether a client may still pay on it."""
        return not (self.closed_at or self.paid_at or self.failed_at or self.processing_at)


class SavedMethod(Record):
    """A card or bank account that a client let Stripe keep: its words, his consent, and never its number."""

    __tablename__ = "saved_method"
    __table_args__ = table_options(client="{row}.client_id")
    kind: ClassVar[str] = "method"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    customer: Mapped[str]
    method: Mapped[str] = mapped_column(unique=True)
    brand: Mapped[str]
    last4: Mapped[str]
    exp_month: Mapped[int | None]
    exp_year: Mapped[int | None]
    consent: Mapped[str]
    consented_at: Mapped[datetime]
    # Since when invoices may be charged to it by themselves, and who said so.
    auto_at: Mapped[datetime | None]
    auto_by: Mapped[str | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.brand.title()} ending in {self.last4}".strip()
