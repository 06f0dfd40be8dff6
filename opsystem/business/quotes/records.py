"""What is told about quotes. Amounts are US cents, quantities thousandths, percentages thousandths of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class QuoteState(StrEnum):
    """Where a quote stands."""

    DRAFT = "draft"
    SENT = "sent"
    VIEWED = "viewed"
    CHANGES = "changes_asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    REVISED = "revised"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class QuoteLineRow:
    """One line of an option; `amount_cents` is for the whole quantity, before discount and tax.

    `is_old_price` is True while a draft still has what the price list said before it changed.
    """

    id: int
    position: int
    price: str | None
    description: str
    quantity_milli: int
    unit: str
    unit_cents: int
    cost_cents: int | None
    taxable: bool
    optional: bool
    amount_cents: int
    is_old_price: bool


@dataclass(frozen=True)
class TaxRow:
    """What one tax comes to."""

    name: str
    milli_percent: int
    cents: int


@dataclass(frozen=True)
class QuoteTotals:
    """What an option comes to: with its required lines, and the optional ones that are counted in.

    `deposit_cents` is what is asked for on acceptance. `cost_cents` is None when the cost of a line is not
    known, or for who may not see it.
    """

    subtotal_cents: int
    discount_cents: int
    taxes: list[TaxRow]
    tax_cents: int
    total_cents: int
    deposit_cents: int
    cost_cents: int | None


@dataclass(frozen=True)
class QuoteOptionRow:
    """An option: its lines, and what it comes to without and with every optional line."""

    id: int
    position: int
    name: str
    description: str
    recommended: bool
    archived: bool
    lines: list[QuoteLineRow]
    totals: QuoteTotals
    with_all: QuoteTotals


@dataclass(frozen=True)
class Happened:
    """A dated fact about a quote: what, when, by whom, in which words."""

    what: QuoteState
    at: datetime
    by: str
    words: str


@dataclass(frozen=True)
class RevisionRow:
    """One revision of the same offer."""

    ref: str
    id: int
    revision: int
    state: QuoteState
    sent_at: datetime | None


@dataclass(frozen=True)
class QuoteRecord:
    """A quote with everything its page needs."""

    ref: str
    id: int
    title: str
    state: QuoteState
    client: str
    client_id: int
    client_name: str
    client_phone: str | None
    client_email: str | None
    property: str | None
    address: str | None
    job: str | None
    job_id: int | None
    message: str
    expires_on: date | None
    discount_cents: int
    discount_milli_percent: int
    deposit_cents: int
    deposit_milli_percent: int
    terms: str
    terms_version: int
    revision: int
    revisions: list[RevisionRow]
    version: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str
    sent_at: datetime | None
    document_hash: str | None
    happened: list[Happened]
    options: list[QuoteOptionRow]


@dataclass(frozen=True)
class QuoteRow:
    """A quote in a list. `total_cents` is of the option accepted, else of the dearest one as offered."""

    ref: str
    id: int
    title: str
    state: QuoteState
    client: str
    client_id: int
    client_name: str
    address: str | None
    options: int
    total_cents: int
    expires_on: date | None
    revision: int
    since: datetime
    created_at: datetime


@dataclass(frozen=True)
class Bucket:
    """How many quotes wait for an answer since how many days, and what they come to."""

    label: str
    count: int
    total_cents: int


@dataclass(frozen=True)
class TermsRecord:
    """The terms that stand now; version 0 while there are none."""

    version: int
    body: str
    set_at: datetime | None
    set_by: str | None


@dataclass(frozen=True)
class QuoteSaved:
    """A quote was made or changed; `version` is what the next edit begins with."""

    ref: str
    id: int
    version: int
