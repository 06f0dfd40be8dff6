"""Weeks whose hours were approved. Approvals stand above, with the time sheets: here only asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Table, select

from opsystem.business.profile.queries import zone_of
from opsystem.business.record import Record
from opsystem.kit import clock
from opsystem.operations import Work


def any_approved(work: Work, member_id: int, moments: Iterable[datetime]) -> bool:
    """Tell whether one of these moments lies in a week of somebody's that was approved."""
    zone = zone_of(work.session)
    days = {clock.local(moment, zone).date() for moment in moments}
    mondays = {day - timedelta(days=day.weekday()) for day in days}
    table: Table = Record.metadata.tables["week_approval"]
    found = select(table.c.id).where(table.c.member_id == member_id, table.c.monday.in_(mondays))
    return work.session.scalar(found.limit(1)) is not None
