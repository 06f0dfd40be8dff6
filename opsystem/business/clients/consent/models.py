"""Wishes of clients about messages and calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Consent(Record):
    """One wish as it was told; the newest of a channel and topic counts, and none is ever changed."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_client", "client_id", "channel", "topic", "id"),
        table_options(client="{row}.client_id"),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    channel: Mapped[str]
    topic: Mapped[str]
    allowed: Mapped[bool]
    wording: Mapped[str]
    source: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
