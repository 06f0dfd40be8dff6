"""What the business lets its clients do by themselves, and when: one row, made when it is first changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.operations import Work


class HubRules(Record):
    """How clients book, move and cancel by themselves. There is at most one row, number 1.

    Hours are before a visit: `notice_hours` for moving and cancelling, `lead_hours` for the earliest time
    offered. `lands_as` is visit or request.
    """

    __tablename__ = "hub_rules"
    __table_args__ = table_options()

    booking_at: Mapped[datetime | None]
    booking_by: Mapped[str | None]
    lands_as: Mapped[str] = mapped_column(server_default="request")
    notice_hours: Mapped[int] = mapped_column(server_default="24")
    lead_hours: Mapped[int] = mapped_column(server_default="24")
    days_ahead: Mapped[int] = mapped_column(server_default="21")
    intro: Mapped[str] = mapped_column(server_default="")


def rules_of(work: Work) -> HubRules:
    """Return the rules that stand; the usual ones when nothing was ever set."""
    return work.session.get(HubRules, 1) or HubRules(
        lands_as="request", notice_hours=24, lead_hours=24, days_ahead=21, intro=""
    )
