"""Drafts and invoices. A draft is words on the way; an invoice is a fact that is never changed.

The number of an invoice is its row number: taken by the transaction that issues it and never used
twice, so there are no gaps (an issue that fails takes none, and an issued invoice is never removed).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.clients.standing import Makes, Standing
from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class InvoiceSettings(Record):
    """How the business invoices. There is at most one row, number 1; without it the defaults hold."""

    __tablename__ = "invoice_settings"
    __table_args__ = table_options()

    first_number: Mapped[int] = mapped_column(server_default="1001")
    terms_days: Mapped[int] = mapped_column(server_default="14")
    footer: Mapped[str] = mapped_column(server_default="")
    reminders_off_at: Mapped[datetime | None]
    reminders_off_by: Mapped[str | None]
    # On which day of each month statements go out by themselves, since when, and the last day they did.
    statement_day: Mapped[int | None]
    statements_since: Mapped[date | None]
    statements_last_on: Mapped[date | None]


class InvoiceDraft(Record):
    """What is to be invoiced. `version` grows with every edit; lines are kept as JSON of `DraftLine`."""

    __tablename__ = "invoice_draft"
    __table_args__ = table_options(client="{row}.client_id")
    kind: ClassVar[str] = "draft"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    property_id: Mapped[int | None] = mapped_column(ForeignKey("property.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    title: Mapped[str] = mapped_column(server_default="")
    notes: Mapped[str] = mapped_column(server_default="")
    lines: Mapped[str] = mapped_column(Text)
    discount_cents: Mapped[int] = mapped_column(server_default="0")
    discount_milli_percent: Mapped[int] = mapped_column(server_default="0")
    # What the client holds back until the end, and whether this invoice asks for what was held back.
    retained_cents: Mapped[int] = mapped_column(server_default="0")
    releases: Mapped[bool] = mapped_column(server_default="0")
    terms_days: Mapped[int | None]
    version: Mapped[int] = mapped_column(server_default="1")
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class Invoice(Record):
    """What a client was asked to pay. Amounts are US cents; names and places are copies of that day.

    `open_cents` is what the books say is still owed on it; `invoices/settling.py` alone writes it.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        Index("ix_invoice_open", "open_cents", "due_on"),
        Index("ix_invoice_client", "client_id", "issued_on"),
        table_options(
            client="{row}.client_id",
            standing=Makes(Standing.ACTIVE, "Invoiced", "{row}.issued_at", "{row}.issued_by"),
            search=SearchRule(
                "invoice", "'I-' || {row}.id || ' ' || {row}.bill_to", "{row}.title", client="{row}.client_id"
            ),
        ),
    )
    kind: ClassVar[str] = "invoice"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    property_id: Mapped[int | None] = mapped_column(ForeignKey("property.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    title: Mapped[str]
    notes: Mapped[str]
    bill_to: Mapped[str]
    bill_address: Mapped[str]
    place: Mapped[str]
    issued_on: Mapped[date] = mapped_column(index=True)
    due_on: Mapped[date]
    subtotal_cents: Mapped[int]
    discount_cents: Mapped[int]
    taxable_cents: Mapped[int]
    tax_cents: Mapped[int]
    total_cents: Mapped[int]
    retained_cents: Mapped[int]
    releases: Mapped[bool]
    exempt_by: Mapped[str | None]
    open_cents: Mapped[int]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str | None]
    void_reason: Mapped[str | None]
    written_off_at: Mapped[datetime | None]
    written_off_by: Mapped[str | None]
    disputed_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be paid on it."""
        return self.open_cents > 0

    def is_overdue(self, day: date) -> bool:
        """Whether it should have been paid before a day."""
        return self.is_open and self.due_on < day


_CLIENT = "(SELECT client_id FROM invoice WHERE id = {row}.invoice_id)"


class InvoiceLine(Record):
    """A line of an invoice: a copy that no later price reaches. `net_cents` is after discounts."""

    __tablename__ = "invoice_line"
    __table_args__ = table_options(client=_CLIENT)

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)
    position: Mapped[int]
    description: Mapped[str]
    quantity_milli: Mapped[int]
    unit: Mapped[str]
    unit_cents: Mapped[int]
    cost_cents: Mapped[int | None]
    taxable: Mapped[bool]
    discount_cents: Mapped[int]
    amount_cents: Mapped[int]
    net_cents: Mapped[int]
    price_id: Mapped[int | None] = mapped_column(ForeignKey("price.id"))
    job_line_id: Mapped[int | None] = mapped_column(ForeignKey("job_line.id"), index=True)


class InvoiceTax(Record):
    """One tax of an invoice, as it was on its day: name, rate in thousandths of a percent, US cents."""

    __tablename__ = "invoice_tax"
    __table_args__ = table_options(client=_CLIENT)

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)
    rate_id: Mapped[int | None] = mapped_column(ForeignKey("tax_rate.id"))
    name: Mapped[str]
    milli_percent: Mapped[int]
    cents: Mapped[int]


class CreditNote(Record):
    """Part or all of an invoice is not asked for any more; numbered without gaps like invoices."""

    __tablename__ = "credit_note"
    __table_args__ = table_options(client=_CLIENT)
    kind: ClassVar[str] = "credit"

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)
    day: Mapped[date]
    reason: Mapped[str]
    cents: Mapped[int]
    tax_cents: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]


class InvoiceReminder(Record):
    """A reminder that was written for an invoice: which step of the ladder, and the message it went by."""

    __tablename__ = "invoice_reminder"
    __table_args__ = (
        Index("ix_invoice_reminder_step", "invoice_id", "step", unique=True),
        table_options(client=_CLIENT),
    )

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    # Days after the due day for the ladder's own; below zero for those a person sent.
    step: Mapped[int]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    stopped_at: Mapped[datetime | None]
