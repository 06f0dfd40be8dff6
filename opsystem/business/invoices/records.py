"""What is told about invoices. Amounts are US cents, quantities thousandths."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from opsystem.business.lines import Line


class InvoiceState(StrEnum):
    """Where an invoice stands; `open` and `overdue` ones are to be paid."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"
    DISPUTED = "disputed"
    VOID = "void"
    WRITTEN_OFF = "written off"


@dataclass(frozen=True)
class DraftLine(Line):
    """A line of a draft, with the job's line it bills, where it bills one."""

    job_line: int | None = None


@dataclass(frozen=True)
class InvoiceTaxRow:
    """One tax of an invoice; the rate in thousandths of a percent."""

    name: str
    milli_percent: int
    cents: int


@dataclass(frozen=True)
class DraftPage:
    """A draft with what it comes to today."""

    ref: str
    id: int
    client: str
    client_id: int
    client_name: str
    property: str | None
    job: str | None
    title: str
    notes: str
    lines: list[DraftLine]
    discount_cents: int
    discount_milli_percent: int
    terms_days: int
    version: int
    subtotal_cents: int
    discounted_cents: int
    taxes: list[InvoiceTaxRow]
    exempt_by: str | None
    total_cents: int
    retained_cents: int
    releases: bool
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice in a list. `due_cents` is what is still owed on it."""

    ref: str
    id: int
    client: str
    client_id: int
    client_name: str
    title: str
    state: InvoiceState
    issued_on: date
    due_on: date
    total_cents: int
    due_cents: int
    job: str | None
    sent_at: datetime | None
    days_late: int


@dataclass(frozen=True)
class InvoiceLineRow:
    """A line as it was invoiced; `amount_cents` after its own discount, `net_cents` after all discounts."""

    description: str
    quantity_milli: int
    unit: str
    unit_cents: int
    discount_cents: int
    amount_cents: int
    net_cents: int
    taxable: bool


@dataclass(frozen=True)
class InvoiceEvent:
    """Something that happened to what is owed: what, on which paper, and by how many US cents it fell."""

    day: date
    event: str
    source: str
    cents: int
    by: str
    at: datetime


@dataclass(frozen=True)
class InvoicePage:
    """An invoice with everything on it."""

    row: InvoiceRow
    property: str | None
    bill_to: str
    bill_address: str
    place: str
    notes: str
    footer: str
    lines: list[InvoiceLineRow]
    subtotal_cents: int
    discount_cents: int
    taxable_cents: int
    taxes: list[InvoiceTaxRow]
    tax_cents: int
    exempt_by: str | None
    retained_cents: int
    releases: bool
    issued_at: datetime
    issued_by: str
    sent_by: str | None
    paid_at: datetime | None
    voided_at: datetime | None
    voided_by: str | None
    void_reason: str | None
    written_off_at: datetime | None
    disputed_at: datetime | None
    events: list[InvoiceEvent] = field(default_factory=list)


@dataclass(frozen=True)
class Issued:
    """An invoice was issued. `used_cents` is what a deposit already paid of it."""

    ref: str
    id: int
    total_cents: int
    due_cents: int
    used_cents: int


@dataclass(frozen=True)
class Credited:
    """A credit note was written: how much of it lowered the invoice, and how much is the client's credit."""

    ref: str
    id: int
    lowered_cents: int
    credit_cents: int


@dataclass(frozen=True)
class Voided:
    """An invoice was voided; what had been paid on it is the client's credit now."""

    ref: str
    id: int
    credit_cents: int
