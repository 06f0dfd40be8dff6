"""Days on which the whole business is closed: what recurring work may pass over."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from opsystem.business.record import Record


def holidays(session: Session, first: date, last: date) -> set[date]:
    """Return the days from `first` to `last`, both included, that nobody works at all.

    Read past the row scope, as the calendar is: a holiday is the same for whoever asks.
    """
    table: Table = Record.metadata.tables["day_exception"]
    closed = select(table.c.first_day, table.c.last_day).where(
        table.c.member_id.is_(None),
        ~table.c.works,
        table.c.starts_minute.is_(None),
        table.c.first_day <= last,
        table.c.last_day >= first,
    )
    found: set[date] = set()
    for row in session.execute(closed):
        begins, ends = max(row.first_day, first), min(row.last_day, last)
        found.update(begins + timedelta(days=one) for one in range((ends - begins).days + 1))
    return found
