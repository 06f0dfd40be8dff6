"""What is told about clients, their properties and notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ClientRecord:
    """Everything written down about a client itself."""

    ref: str
    id: int
    name: str
    company: str | None
    phone: str | None
    email: str | None
    notes: str
    created_at: datetime
    sms_stopped_at: datetime | None
    mail_stopped_at: datetime | None
    bill_name: str
    bill_street: str
    bill_city: str
    bill_state: str
    bill_postcode: str
    refused_at: datetime | None
    refused_by: str | None
    refused_reason: str
    archived_at: datetime | None
    archived_by: str | None

    @property
    def do_not_service(self) -> str | None:
        """Why nothing is booked for this client, or None."""
        return self.refused_reason if self.refused_at is not None else None


@dataclass(frozen=True)
class PropertyRecord:
    """A place where work is done; `address` is all of it on one line.

    `access_notes` is None for who may not see them yet: technicians see them from 18:00 the day before.
    """

    ref: str
    id: int
    client: str
    label: str
    street: str
    city: str
    state: str
    postcode: str
    access_notes: str | None
    address: str


@dataclass(frozen=True)
class NoteRecord:
    """A note; `about` is the client (`C-12`) or the job (`J-204`) it was written about."""

    ref: str
    id: int
    about: str
    body: str
    author: str
    created_at: datetime


@dataclass(frozen=True)
class ClientAdded:
    """A client was added, perhaps with a first property."""

    ref: str
    id: int
    property: str | None
