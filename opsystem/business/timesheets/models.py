"""What an hour of somebody costs, and weeks that were approved."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class HourCost(Record):
    """What an hour of somebody costs the business from a day on, in US cents, wages and all."""

    __tablename__ = "hour_cost"
    __table_args__ = (UniqueConstraint("member_id", "since"), table_options())

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    since: Mapped[date]
    cents: Mapped[int]
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class WeekApproval(Record):
    """Somebody's week, from this Monday on, was looked at and taken as right: nobody changes it any more."""

    __tablename__ = "week_approval"
    __table_args__ = (UniqueConstraint("member_id", "monday"), table_options())

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    monday: Mapped[date]
    approved_at: Mapped[datetime]
    approved_by: Mapped[str]
