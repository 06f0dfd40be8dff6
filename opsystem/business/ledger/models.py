"""Entries of the books and their postings. There is no operation that changes or removes one."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Entry(Record):
    """One business event in the books; its postings sum to nothing."""

    __tablename__ = "ledger_entry"
    __table_args__ = table_options()
    kind: ClassVar[str] = "entry"

    day: Mapped[date] = mapped_column(index=True)
    # What happened, in one word (`invoice`, `payment`, `refund`), and the paper it stands on (`I-1042`).
    event: Mapped[str]
    source: Mapped[str] = mapped_column(index=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"), unique=True)
    at: Mapped[datetime]
    by: Mapped[str]


class Posting(Record):
    """One side of an entry: US cents, debits positive and credits negative.

    It names no person but by number. When a client is erased the number goes and the amount stays, so
    that the books of the business still add up.
    """

    __tablename__ = "posting"
    __table_args__ = (
        Index("ix_posting_account", "account", "day", "cents"),
        Index("ix_posting_invoice", "invoice_id", "account", "cents"),
        Index("ix_posting_client", "client_id", "account", "about", "cents"),
        table_options(),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entry.id"), index=True)
    account: Mapped[str]
    day: Mapped[date]
    cents: Mapped[int]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    # What a deposit was paid for (`J-4`, `Q-9`); empty for everything else.
    about: Mapped[str] = mapped_column(server_default="")
