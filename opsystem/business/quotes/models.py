"""Quotes and the options they offer. Every state is a dated fact with an author."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.clients.standing import Makes, Standing
from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class Quote(Record):
    """An offer to a client: one revision of it. What was sent is never edited; a revision follows.

    Amounts are US cents, rates and percentages thousandths of a percent. `root_id` is the first revision
    of the same offer (None for that one), `revised_by_id` the one that followed. `version` grows with every
    edit. `terms`, `rates` and `document` stand from the moment it is sent: `document` is the canonical JSON
    of everything the client is shown, `document_hash` its SHA-256.
    """

    __tablename__ = "quote"
    __table_args__ = (
        Index("ix_quote_open", "archived_at", "accepted_at", "declined_at"),
        table_options(
            client="{row}.client_id",
            standing=Makes(
                Standing.ACTIVE,
                "Quote accepted",
                "{row}.accepted_at",
                "{row}.accepted_by",
                "{row}.accepted_at IS NOT NULL",
            ),
            search=SearchRule(
                "quote",
                "{row}.title",
                "{row}.message || ' ' || (SELECT name FROM client WHERE id = {row}.client_id)",
                client="{row}.client_id",
            ),
        ),
    )
    kind: ClassVar[str] = "quote"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    property_id: Mapped[int | None] = mapped_column(ForeignKey("property.id"))
    # The job it has become, or the one it is an addition to.
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    title: Mapped[str]
    message: Mapped[str] = mapped_column(server_default="")
    expires_on: Mapped[date | None]
    discount_cents: Mapped[int] = mapped_column(server_default="0")
    discount_milli_percent: Mapped[int] = mapped_column(server_default="0")
    deposit_cents: Mapped[int] = mapped_column(server_default="0")
    deposit_milli_percent: Mapped[int] = mapped_column(server_default="0")
    revision: Mapped[int] = mapped_column(server_default="1")
    root_id: Mapped[int | None] = mapped_column(ForeignKey("quote.id"))
    version: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]

    terms: Mapped[str] = mapped_column(server_default="")
    terms_version: Mapped[int] = mapped_column(server_default="0")
    rates: Mapped[str] = mapped_column(server_default="[]")
    document: Mapped[str | None]
    document_hash: Mapped[str | None]

    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str | None]
    viewed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked_by: Mapped[str | None]
    asked_words: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[str | None]
    declined_at: Mapped[datetime | None]
    declined_by: Mapped[str | None]
    declined_reason: Mapped[str | None]
    revised_at: Mapped[datetime | None]
    revised_by: Mapped[str | None]
    revised_by_id: Mapped[int | None]
    archived_at: Mapped[datetime | None]
    archived_by: Mapped[str | None]

    @property
    def is_draft(self) -> bool:
        """Whether it may still be edited."""
        return self.sent_at is None and self.archived_at is None

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for, the day of expiry aside."""
        closed = (self.accepted_at, self.declined_at, self.revised_at, self.archived_at)
        return self.sent_at is not None and not any(closed)


class QuoteOption(Record):
    """One way to have it done: good, better, best. Of several, one is accepted; the others are archived."""

    __tablename__ = "quote_option"
    __table_args__ = table_options(client="(SELECT client_id FROM quote WHERE id = {row}.quote_id)")

    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(server_default="")
    description: Mapped[str] = mapped_column(server_default="")
    recommended: Mapped[bool] = mapped_column(server_default="0")
    archived_at: Mapped[datetime | None]
    archived_by: Mapped[str | None]


class QuoteLine(Record):
    """One line of an option. Amounts are US cents for one unit, quantities thousandths.

    `list_cents` is what the price list said when it was copied, so that a draft can be told from the list.
    """

    __tablename__ = "quote_line"
    __table_args__ = table_options(client="(SELECT client_id FROM quote WHERE id = {row}.quote_id)")

    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"), index=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("quote_option.id"), index=True)
    position: Mapped[int]
    price_id: Mapped[int | None] = mapped_column(ForeignKey("price.id"), index=True)
    list_cents: Mapped[int | None]
    description: Mapped[str]
    quantity_milli: Mapped[int]
    unit: Mapped[str] = mapped_column(server_default="each")
    unit_cents: Mapped[int]
    cost_cents: Mapped[int | None]
    taxable: Mapped[bool] = mapped_column(server_default="0")
    # Left to the client, who ticks it or not.
    optional: Mapped[bool] = mapped_column(server_default="0")


class QuoteTerms(Record):
    """The terms of the business, one row a version; the newest holds. Its number is the version."""

    __tablename__ = "quote_terms"
    __table_args__ = table_options()

    body: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class QuoteEditing(Record):
    """Who has a quote open for editing, so that two people see each other."""

    __tablename__ = "quote_editing"
    __table_args__ = table_options(
        journal=False, local=True, why="who looks at a form just now, of no interest a minute later"
    )

    # A plain number: a row of no lasting interest must not hold a quote.
    quote_id: Mapped[int] = mapped_column(index=True)
    actor: Mapped[str]
    name: Mapped[str]
    seen_at: Mapped[datetime]
