"""What was to be said about coming."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Announcement(Record):
    """Somebody is on the way to a visit and the client is to be told, once. `problem` says why it was not."""

    __tablename__ = "announcement"
    __table_args__ = (
        Index("ix_announcement_due", "settled_at"),
        table_options(
            client="(SELECT job.client_id FROM visit JOIN job ON job.id = visit.job_id"
            " WHERE visit.id = {row}.visit_id)"
        ),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), unique=True)
    tech: Mapped[str]
    minutes: Mapped[int | None]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    settled_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    problem: Mapped[str] = mapped_column(server_default="")
