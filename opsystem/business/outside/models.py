"""Links that need no sign-in: of each only a hash is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.jobs.models import CLIENT_OF_JOB
from opsystem.business.record import Record, table_options


class CalendarLink(Record):
    """A secret address of somebody's own visits: times and numbers, no names. A new one ends the old one."""

    __tablename__ = "calendar_link"
    __table_args__ = table_options()

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class JobLink(Record):
    """A secret address that shows one job to a helper: no prices, no full numbers, and only for some days."""

    __tablename__ = "job_link"
    __table_args__ = table_options(client=CLIENT_OF_JOB)

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
