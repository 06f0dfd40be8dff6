"""Conversations with Claude: what was said on the wire, what the page saw, what waits for approval."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Conversation(Record):
    """One person's talk with Claude."""

    __tablename__ = "conversation"
    __table_args__ = table_options()
    kind: ClassVar[str] = "conversation"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    title: Mapped[str]
    created_at: Mapped[datetime]
    last_at: Mapped[datetime] = mapped_column(index=True)


class Turn(Record):
    """One question and everything done to answer it.

    States: queued, running, waiting (for approval), done, failed, stopped. `due_at` is when the
    worker looks at it next; None while it waits for a person or is over. The mechanics of
    answering are not journalled; what the answer changes is.
    """

    __tablename__ = "turn"
    __table_args__ = table_options(journal=False, why="mechanics of answering")

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    # The account and role it was asked with; both are checked again when something is done.
    account_id: Mapped[str]
    role: Mapped[str]
    question: Mapped[str] = mapped_column(Text)
    # The page the person was on (`C-12`), so that "her" and "this job" mean something.
    screen: Mapped[str | None]
    # What Claude was told of itself and the business when the turn began, kept for all its calls.
    system: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(index=True)
    stop_asked_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(server_default="0")
    tainted: Mapped[bool] = mapped_column(server_default="0")
    model: Mapped[str | None]
    tokens_in: Mapped[int] = mapped_column(server_default="0")
    tokens_out: Mapped[int] = mapped_column(server_default="0")
    problem: Mapped[str | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Block(Record):
    """One message of a turn exactly as on the wire: append-only, the only source for asking on."""

    __tablename__ = "block"
    __table_args__ = (
        UniqueConstraint("turn_id", "number"),
        table_options(journal=False, why="mechanics of answering"),
    )

    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"))
    number: Mapped[int]
    role: Mapped[str]
    content: Mapped[str] = mapped_column(Text)


class Event(Record):
    """What the page was shown of a turn, in order: the only source for showing it again."""

    __tablename__ = "event"
    __table_args__ = table_options(journal=False, why="mechanics of answering")

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    at: Mapped[datetime]
    name: Mapped[str]
    payload: Mapped[str] = mapped_column(Text)


class Proposal(Record):
    """Something Claude wants to do and a person decides about.

    The decision is bound to `arguments_hash`: exactly what was shown is what is done. States:
    pending, approved, edited, rejected, expired, failed.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("turn_id", "tool_use_id"),
        table_options(client="{row}.client_id"),
    )
    kind: ClassVar[str] = "proposal"

    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    tool_use_id: Mapped[str]
    operation: Mapped[str]
    arguments: Mapped[str] = mapped_column(Text)
    arguments_hash: Mapped[str]
    reason: Mapped[str]
    client_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    rejection: Mapped[str | None]
    # The outcome as the tool result that Claude is given.
    result: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
