"""What is kept beside the money: errands to Stripe, disputes with their deadline, findings."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Errand(Record):
    """Something to be asked of Stripe once: written with the change that wants it, done after it.

    `key` goes to Stripe with every try, and `payload` never changes, so that trying again does it once.
    """

    __tablename__ = "stripe_errand"
    __table_args__ = table_options(journal=False, why="what is still to be asked of Stripe")

    task: Mapped[str]
    about: Mapped[str]
    initiator: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    # When it is to be tried next; None once it is over.
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(server_default="0")
    done_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(server_default="")

    @property
    def said(self) -> dict[str, Any]:
        """What is to be asked, in full."""
        return dict(json.loads(self.payload))


class WatchedDispute(Record):
    """A dispute as Stripe has it, with the moment until which evidence is taken. US cents."""

    __tablename__ = "stripe_dispute"
    __table_args__ = table_options(client="(SELECT client_id FROM checkout WHERE id = {row}.checkout_id)")

    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"), index=True)
    dispute: Mapped[str] = mapped_column(unique=True)
    booked: Mapped[str]
    cents: Mapped[int]
    reason: Mapped[str]
    status: Mapped[str]
    due_by: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Finding(Record):
    """Something a person should look at: money that came another way than expected, books that differ."""

    __tablename__ = "finding"
    __table_args__ = table_options(client="{row}.client_id")
    kind: ClassVar[str] = "finding"

    key: Mapped[str] = mapped_column(unique=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    about: Mapped[str]
    words: Mapped[str]
    cents: Mapped[int]
    found_at: Mapped[datetime] = mapped_column(index=True)
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    settled_by: Mapped[str | None]


class Comparison(Record):
    """One nightly comparison of the books with Stripe: how much was looked at, how much differed."""

    __tablename__ = "comparison"
    __table_args__ = table_options(journal=False, why="what a nightly comparison looked at")

    at: Mapped[datetime] = mapped_column(index=True)
    since: Mapped[datetime]
    lines: Mapped[int]
    healed: Mapped[int]
    different: Mapped[int]
