"""What is told about acceptances. Amounts are US cents, quantities thousandths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opsystem.business.quotes.records import QuoteTotals


@dataclass(frozen=True)
class AcceptanceRecord:
    """The evidence of an acceptance. `already` is True when this is the answer that was given before.

    `due_now_cents` is what is asked for now: the deposit, or all if the client wants to pay all.
    """

    quote: str
    quote_id: int
    option: int
    option_name: str
    lines: list[int]
    name: str
    signature: str
    terms_version: int
    ip: str
    device: str
    document_hash: str
    pdf_hash: str | None
    agreement_hash: str
    total_cents: int
    deposit_cents: int
    pays_all: bool
    due_now_cents: int
    on_behalf: bool
    accepted_at: datetime
    accepted_by: str
    already: bool


@dataclass(frozen=True)
class Choice:
    """What a client would accept: an option, the ids of all lines that count in it, and what it comes to."""

    option: int
    option_name: str
    lines: list[int]
    totals: QuoteTotals


@dataclass(frozen=True)
class OpenLine:
    """A line of an accepted quote, with how much of it is on a job already and how much is left."""

    id: int
    description: str
    quantity_milli: int
    open_milli: int
    unit: str
    unit_cents: int
    discount_cents: int


@dataclass(frozen=True)
class Converted:
    """The job that lines of a quote went to; `lines_left` are still open on the quote."""

    ref: str
    id: int
    visit: str | None
    lines_added: int
    lines_left: int
