"""Payments, refunds and disputes. Which invoice a payment paid stands in the books, and only there."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options

_CLIENT = "(SELECT client_id FROM payment WHERE id = {row}.payment_id)"


class Payment(Record):
    """Money a client paid, in US cents. `external_id` is the processor's own number, kept once."""

    __tablename__ = "payment"
    __table_args__ = (
        Index("ix_payment_client", "client_id", "received_on"),
        table_options(client="{row}.client_id"),
    )
    kind: ClassVar[str] = "payment"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    cents: Mapped[int]
    method: Mapped[str]
    received_on: Mapped[date] = mapped_column(index=True)
    reference: Mapped[str] = mapped_column(server_default="")
    fee_cents: Mapped[int] = mapped_column(server_default="0")
    external_id: Mapped[str | None] = mapped_column(unique=True)
    # The account the money came to, and what a deposit is for (`J-4`, `Q-9`).
    account: Mapped[str]
    deposit_for: Mapped[str | None]
    refunded_cents: Mapped[int] = mapped_column(server_default="0")
    at: Mapped[datetime]
    by: Mapped[str]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str | None]
    void_reason: Mapped[str | None]


class Refund(Record):
    """Money given back out of a payment, in US cents."""

    __tablename__ = "refund"
    __table_args__ = table_options(client=_CLIENT)
    kind: ClassVar[str] = "refund"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    cents: Mapped[int]
    refunded_on: Mapped[date]
    reason: Mapped[str]
    external_id: Mapped[str | None] = mapped_column(unique=True)
    at: Mapped[datetime]
    by: Mapped[str]


class Dispute(Record):
    """A client's bank took a payment back until it is decided whose it is. US cents."""

    __tablename__ = "dispute"
    __table_args__ = table_options(client=_CLIENT)
    kind: ClassVar[str] = "dispute"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    cents: Mapped[int]
    fee_cents: Mapped[int]
    reason: Mapped[str]
    external_id: Mapped[str] = mapped_column(unique=True)
    opened_on: Mapped[date]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    won_at: Mapped[datetime | None]
