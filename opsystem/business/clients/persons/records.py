"""What is told about the people of a client."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from opsystem.business.clients.purposes import Purpose


class PersonRole(StrEnum):
    """What somebody is at a client."""

    TENANT = "tenant"
    OWNER = "owner"
    MANAGER = "manager"
    ACCOUNTS = "accounts"
    OFFICE = "office"
    FAMILY = "family"
    OTHER = "other"


@dataclass(frozen=True)
class PersonRecord:
    """Somebody at a client. `gets` says what this person hears about instead of the client itself."""

    ref: str
    id: int
    client: str
    property: str | None
    name: str
    role: str
    phone: str | None
    other_phone: str | None
    email: str | None
    other_email: str | None
    gets: list[Purpose]


@dataclass(frozen=True)
class Recipient:
    """Who gets a message: `person` is None when it is the client itself."""

    name: str
    address: str
    person: str | None
    role: str


@dataclass(frozen=True)
class BillTo:
    """To whom and where invoices go: the name on it, whose attention, and the lines of the address."""

    name: str
    attention: str
    lines: list[str]
    email: str | None
