"""Stamps and the time entries made of them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options

_CLIENT_OF_VISIT = (
    "(SELECT job.client_id FROM visit JOIN job ON job.id = visit.job_id WHERE visit.id = {row}.visit_id)"
)


class Stamp(Record):
    """Somebody pressed a button at a visit. `at` is when that happened, not when we heard of it."""

    __tablename__ = "stamp"
    __table_args__ = (
        UniqueConstraint("visit_id", "member_id", "press", "at"),
        table_options(client=_CLIENT_OF_VISIT),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    press: Mapped[str]
    at: Mapped[datetime]
    noted_at: Mapped[datetime]
    by: Mapped[str]


class TimeEntry(Record):
    """A stretch of somebody's time: travel, work or break. `ends_at` is None while it runs.

    One made from stamps follows them until somebody corrects it, with a reason.
    """

    __tablename__ = "time_entry"
    __table_args__ = (
        Index("ix_time_entry_member", "member_id", "starts_at"),
        table_options(client="(SELECT client_id FROM job WHERE id = {row}.job_id)"),
    )
    kind: ClassVar[str] = "time"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    sort: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    from_stamps: Mapped[bool] = mapped_column(server_default="0")
    note: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[str] = mapped_column(server_default="")
    written_by: Mapped[str]
    corrected_at: Mapped[datetime | None]
    corrected_by: Mapped[str | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]
