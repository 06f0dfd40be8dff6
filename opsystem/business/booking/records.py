"""What is told about online booking. Amounts are US cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ServiceRow:
    """Work that can be booked."""

    id: int
    name: str
    description: str
    minutes: int
    price_cents: int | None
    question: str


@dataclass(frozen=True)
class BookingSetup:
    """How booking is set. `address` is its page; `lands_as` is visit or request."""

    on: bool
    address: str
    lands_as: str
    notice_hours: int
    lead_hours: int
    days_ahead: int
    intro: str
    services: list[ServiceRow]


@dataclass(frozen=True)
class Offer:
    """What a visitor of the booking page is told. `ways` are those by which a code can be sent."""

    name: str
    phone: str | None
    intro: str
    lands_as: str
    ways: list[str]
    services: list[ServiceRow]


@dataclass(frozen=True)
class Held:
    """A time is held until `until`; `key` is what the booking brings back."""

    key: str
    starts_at: datetime
    ends_at: datetime
    until: datetime


@dataclass(frozen=True)
class Checked:
    """Whether a typed code was right."""

    right: bool


@dataclass(frozen=True)
class BookedOnline:
    """A booking was made: its reference, a sentence, and the address of the client's own page of it."""

    ref: str
    text: str
    address: str
