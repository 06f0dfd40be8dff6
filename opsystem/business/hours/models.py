"""Working hours. Times of day are minutes after midnight on the business's wall clock."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class WorkingTime(Record):
    """A stretch that is worked every week; without a member it is the business's own.

    A person without any stretch works when the business does. Monday is weekday 0.
    """

    __tablename__ = "working_time"
    __table_args__ = (Index("ix_working_time_member", "member_id", "weekday"), table_options())

    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    weekday: Mapped[int]
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]


class DayException(Record):
    """Days that differ from the week: a holiday, time off, or hours worked once. Both days are included.

    Without minutes it is about the whole day. With `works` the minutes are worked in place of the
    week's; without, they are not worked. Without a member it is about everybody.
    """

    __tablename__ = "day_exception"
    __table_args__ = (Index("ix_day_exception_days", "first_day", "last_day"), table_options())

    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    starts_minute: Mapped[int | None]
    ends_minute: Mapped[int | None]
    works: Mapped[bool] = mapped_column(server_default="0")
    reason: Mapped[str] = mapped_column(server_default="")
    added_at: Mapped[datetime]
    added_by: Mapped[str]


class ServicePostcode(Record):
    """A postcode the business goes to; with none at all it goes everywhere."""

    __tablename__ = "service_postcode"
    __table_args__ = table_options()

    postcode: Mapped[str] = mapped_column(unique=True)


class SchedulingRules(Record):
    """How times are promised: one row, number 1, once somebody has chosen.

    `window_minutes` is the usual arrival window; 0 tells clients the time itself.
    """

    __tablename__ = "scheduling_rules"
    __table_args__ = table_options()

    window_minutes: Mapped[int]
