"""What a client is told of his own. Amounts are US cents; moments are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class MyVisit:
    """A visit as the client sees it: the window he was told, and the first names of who comes.

    `fixed` says in a sentence why he cannot move or cancel it himself; None when he can.
    """

    ref: str
    id: int
    title: str
    address: str | None
    starts_at: datetime
    ends_at: datetime
    state: str
    who: list[str]
    confirmed_at: datetime | None
    fixed: str | None


@dataclass(frozen=True)
class MyMessage:
    """One message between client and business. `mine` says that the client wrote it."""

    id: int
    mine: bool
    subject: str
    body: str
    at: datetime


@dataclass(frozen=True)
class MyFile:
    """A file that was shared with the client."""

    ref: str
    id: int
    name: str
    caption: str
    is_photo: bool
    size: int
    has_preview: bool
    shared_at: datetime


@dataclass(frozen=True)
class MyWish:
    """Whether the client wants to hear about a topic by a channel."""

    channel: str
    topic: str
    allowed: bool


@dataclass(frozen=True)
class MyDetails:
    """What the business knows of the client himself, and what he has asked to be changed."""

    name: str
    phone: str | None
    email: str | None
    addresses: list[str]
    waiting: list[str]
    wishes: list[MyWish]


@dataclass(frozen=True)
class MyQuoteRow:
    """A quote in the client's list. `open` says that it waits for his answer."""

    ref: str
    id: int
    title: str
    state: str
    total_cents: int
    expires_on: date | None
    sent_at: datetime
    open: bool


@dataclass(frozen=True)
class MyInvoiceRow:
    """An invoice in the client's list. `due_cents` is what is still owed."""

    ref: str
    id: int
    title: str
    state: str
    due_cents: int
    total_cents: int
    due_on: date
    owed: bool


@dataclass(frozen=True)
class MyPayment:
    """What lowered what is owed on an invoice; `payment` is the number of the payment that has a receipt."""

    words: str
    day: date
    cents: int
    payment: int | None


@dataclass(frozen=True)
class MyDeposit:
    """What is asked for on an accepted quote: what came, what is left, what is on its way from a bank.

    `can_pay` says that it can be paid by card here and now.
    """

    asked_cents: int
    received_cents: int
    left_cents: int
    coming_cents: int
    can_pay: bool
    receipts: list[MyPayment]


@dataclass(frozen=True)
class MyPayments:
    """What was paid on an invoice, what is on its way from a bank, and whether it can be paid here."""

    rows: list[MyPayment]
    coming_cents: int
    can_pay: bool


@dataclass(frozen=True)
class Answered:
    """What became of a client's act, in a sentence for his page."""

    ref: str
    text: str


@dataclass(frozen=True)
class FreeTime:
    """A time that can be chosen: `key` is what the choice sends back. Who goes is not told."""

    key: str
    starts_at: datetime
    ends_at: datetime
