"""No byte leaves without a row: the ledger's protocol and the declared fields of each call.

A gateway opens a `Passage` for every call. Its transport shows the passage the finished
request; the passage refuses any field that the call's declaration does not list, writes the
row, and only then lets the request go. When the row cannot be written, nothing is sent.
(Promises P3.1, P3.3, P3.4 and P3.8.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Category(StrEnum):
    """The kinds of data that a vendor may get, in the words of the privacy policy."""

    PHONE_NUMBERS = "phone numbers"
    MESSAGE_CONTENT = "message content"
    EMAIL_ADDRESSES = "email addresses"
    EMAIL_CONTENT = "email content"
    PAYMENTS = "payment amounts and references"
    CONVERSATION = "chat messages and vault context"
    TECHNICAL = "technical settings"  # page sizes, model names, callback addresses: nothing about anybody


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One request as the ledger keeps it: who learns what sort of data, how much, and on whose initiative."""

    vendor: str
    purpose: str
    categories: tuple[str, ...]
    bytes: int  # length of the request's query and body
    initiator: str  # for example "U-2" or "assistant for U-2"
    ref: str  # what it was about, for example "M-41" or "T-7"


class Ledger(Protocol):
    """Where disclosures are written. `record` commits by itself and raises when it cannot."""

    def record(self, disclosure: Disclosure) -> None:
        """Write one row and commit it before returning."""


class UndeclaredFieldError(Exception):
    """A request carried a field that its declaration does not list, a gateway's fault; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Call:
    """The declaration of one vendor call: its purpose and every field that it may carry."""

    vendor: str
    name: str
    purpose: str
    fields: Mapping[str, Category]


@dataclass(frozen=True, slots=True)
class Passage:
    """One permission to send: a declared call, the ledger, what it is about and who wants it."""

    call: Call
    ledger: Ledger
    ref: str
    initiator: str

    def admit(self, fields: Iterable[str], size: int) -> None:
        """Check the fields of a finished request and write its row; raises, and then nothing may be sent."""
        present = set(fields)
        if strangers := sorted(present - self.call.fields.keys()):
            raise UndeclaredFieldError(f"{self.call.vendor} {self.call.name}: {', '.join(strangers)}")
        categories = tuple(sorted({str(self.call.fields[name]) for name in present}))
        self.ledger.record(
            Disclosure(
                vendor=self.call.vendor,
                purpose=self.call.purpose,
                categories=categories,
                bytes=size,
                initiator=self.initiator,
                ref=self.ref,
            )
        )
