"""Series of visits, in the business's wall clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.jobs.models import CLIENT_OF_JOB
from opsystem.business.record import Record, table_options


class Series(Record):
    """Visits of one job that come again by a rule of RFC 5545, at a time of day of the business's zone."""

    __tablename__ = "series"
    __table_args__ = table_options(client=CLIENT_OF_JOB)
    kind: ClassVar[str] = "series"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    # RRULE without DTSTART; UNTIL and COUNT stand beside it, in their own columns.
    rule: Mapped[str]
    first_day: Mapped[date]
    # HH:MM on the wall clock, so that summer time moves nothing.
    at_time: Mapped[str]
    minutes: Mapped[int]
    until: Mapped[date | None]
    count: Mapped[int | None]
    instructions: Mapped[str] = mapped_column(server_default="")
    checklist_id: Mapped[int | None] = mapped_column(ForeignKey("checklist.id"))
    skips_holidays: Mapped[bool] = mapped_column(server_default="0")
    # Made up to this day, included; the worker makes what is missing to the horizon.
    made_until: Mapped[date | None]
    # No visits from the first of these days up to the second; an open end until somebody resumes it.
    paused_from: Mapped[date | None]
    paused_until: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class SeriesMember(Record):
    """Who goes to the visits of a series."""

    __tablename__ = "series_member"
    __table_args__ = (
        UniqueConstraint("series_id", "member_id"),
        table_options(
            client="(SELECT job.client_id FROM series JOIN job ON job.id = series.job_id"
            " WHERE series.id = {row}.series_id)"
        ),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
