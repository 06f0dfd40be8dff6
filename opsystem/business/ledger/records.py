"""What is told about the books. US cents; `cents` of a posting is positive for a debit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class AccountRow:
    """An account with its balance, positive on the side where people expect it."""

    account: str
    title: str
    kind: str
    balance_cents: int


@dataclass(frozen=True)
class PostingRow:
    """One posting: when, what it was, the paper it stands on, and the balance after it.

    `balance_cents` runs over the rows that were asked for, oldest first.
    """

    id: int
    entry: str
    entry_id: int
    day: date
    event: str
    source: str
    client: str | None
    client_name: str | None
    invoice: str | None
    cents: int
    balance_cents: int
    by: str


@dataclass(frozen=True)
class EntryLine:
    """One side of an entry."""

    account: str
    title: str
    debit_cents: int
    credit_cents: int


@dataclass(frozen=True)
class EntryPage:
    """An entry with both its sides."""

    ref: str
    id: int
    day: date
    event: str
    source: str
    at: datetime
    by: str
    reverses: str | None
    lines: list[EntryLine]
