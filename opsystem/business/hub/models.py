"""Files that the office has shared with a client, and what a client has answered or asked for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Share(Record):
    """A file that its client may see, until it is taken back."""

    __tablename__ = "share"
    __table_args__ = (
        Index("ix_share_client", "client_id", "ended_at"),
        table_options(client="{row}.client_id"),
    )

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    shared_at: Mapped[datetime]
    shared_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class Confirmation(Record):
    """A client has confirmed a visit, as it stood then."""

    __tablename__ = "confirmation"
    __table_args__ = table_options(client="{row}.client_id")

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    starts_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]


class Correction(Record):
    """What a client says is different: it counts when the office has taken it over."""

    __tablename__ = "correction"
    __table_args__ = (
        Index("ix_correction_open", "settled_at"),
        table_options(client="{row}.client_id"),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    field: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    asked_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    accepted: Mapped[bool | None]


class SlotHold(Record):
    """A time that is kept for somebody who is just booking it. It ends by itself."""

    __tablename__ = "slot_hold"
    __table_args__ = table_options(journal=False, local=True, why="kept for minutes while somebody books")

    key: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
