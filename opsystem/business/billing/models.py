"""Progress contracts, billing plans, and clients who are not reminded."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class ProgressContract(Record):
    """A job that is billed by stages. Every stage holds back a share until the end."""

    __tablename__ = "progress_contract"
    __table_args__ = table_options(client="(SELECT client_id FROM job WHERE id = {row}.job_id)")
    kind: ClassVar[str] = "contract"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), unique=True)
    sum_cents: Mapped[int]
    retainage_milli_percent: Mapped[int]
    taxable: Mapped[bool]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    release_invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))


class ProgressStage(Record):
    """One stage: what it comes to and holds back in US cents, and the invoice it was billed by."""

    __tablename__ = "progress_stage"
    __table_args__ = table_options(
        client="(SELECT job.client_id FROM progress_contract JOIN job ON job.id = progress_contract.job_id"
        " WHERE progress_contract.id = {row}.contract_id)"
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("progress_contract.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    cents: Mapped[int]
    retained_cents: Mapped[int]
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))


class BillingPlan(Record):
    """An invoice that is made again and again, on its own days: every so many months from `first_on`."""

    __tablename__ = "billing_plan"
    __table_args__ = (
        Index("ix_billing_plan_next", "next_on", "paused_at"),
        table_options(client="{row}.client_id"),
    )
    kind: ClassVar[str] = "plan"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    property_id: Mapped[int | None] = mapped_column(ForeignKey("property.id"))
    title: Mapped[str]
    lines: Mapped[str] = mapped_column(Text)
    every_months: Mapped[int]
    first_on: Mapped[date]
    # The next day an invoice is made; None when the plan is over.
    next_on: Mapped[date | None]
    last_on: Mapped[date | None]
    made: Mapped[int] = mapped_column(server_default="0")
    paused_at: Mapped[datetime | None]
    paused_by: Mapped[str | None]
    problem: Mapped[str | None]


class ReminderPause(Record):
    """A client who is not reminded of overdue invoices by itself, since when and by whose wish."""

    __tablename__ = "reminder_pause"
    __table_args__ = table_options(client="{row}.client_id")

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), unique=True)
    at: Mapped[datetime]
    by: Mapped[str]
