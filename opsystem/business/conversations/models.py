"""Threads and messages with clients, and what vendors reported about them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class Thread(Record):
    """All messages of one channel with one address (E.164 number or email address)."""

    __tablename__ = "thread"
    __table_args__ = (UniqueConstraint("channel", "address"), table_options(client="{row}.client_id"))
    kind: ClassVar[str] = "thread"

    channel: Mapped[str]
    address: Mapped[str]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    last_at: Mapped[datetime] = mapped_column(index=True)
    # Since when the newest inbound message waits to be read; None when all is read.
    unread_since: Mapped[datetime | None] = mapped_column(index=True)
    # Since when this address wants nothing more from the business. It stands here and not only at
    # the client, so that it holds for an address nobody knows, or that another client gets later.
    stopped_at: Mapped[datetime | None]


class Message(Record):
    """One text or email, in or out. An outbound one is sent by the outbox, exactly once.

    States: queued, sending, accepted, sent, delivered, failed, cancelled, needs_human; received
    for inbound ones.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_thread", "thread_id", "created_at"),
        table_options(
            client="{row}.client_id",
            search=SearchRule(
                "message",
                "coalesce(nullif({row}.subject, ''), substr({row}.body, 1, 80))",
                "{row}.body",
                client="{row}.client_id",
            ),
        ),
    )
    kind: ClassVar[str] = "message"

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    channel: Mapped[str]
    inbound: Mapped[bool]
    subject: Mapped[str] = mapped_column(server_default="")
    body: Mapped[str] = mapped_column(Text)
    # What it is for (visits, invoices, quotes, marketing); None for an answer to what somebody wrote.
    purpose: Mapped[str | None]
    # The record it is about (`V-31`), for outbound ones.
    about: Mapped[str | None]
    author: Mapped[str]
    by_assistant: Mapped[bool] = mapped_column(server_default="0")
    state: Mapped[str]
    problem: Mapped[str | None]
    vendor_id: Mapped[str | None] = mapped_column(index=True)
    # The PDF of the quote or invoice it is about goes with it.
    with_paper: Mapped[bool] = mapped_column(server_default="0")
    # What came with it and was not kept, in words.
    left_out: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class MessageFile(Record):
    """A file that came with an email, or goes with one."""

    __tablename__ = "message_file"
    __table_args__ = (
        UniqueConstraint("message_id", "file_id"),
        table_options(client="(SELECT client_id FROM message WHERE id = {row}.message_id)"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True)


class Suppression(Record):
    """An address that wants no messages, though nothing else is known of it any more: a salted hash."""

    __tablename__ = "suppression"
    __table_args__ = table_options()

    channel: Mapped[str] = mapped_column(index=True)
    salt: Mapped[str]
    digest: Mapped[str]
    since: Mapped[datetime]


class VendorEvent(Record):
    """What a vendor told us, stored once under the vendor's own key before it is understood."""

    __tablename__ = "vendor_event"
    __table_args__ = (
        UniqueConstraint("vendor", "key"),
        table_options(journal=False, why="what vendors said, stored before it is understood"),
    )

    vendor: Mapped[str]
    key: Mapped[str]
    event: Mapped[str]
    payload: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    # When it is to be handled next; None once handled.
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    handled_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default="0")
    problem: Mapped[str | None]
