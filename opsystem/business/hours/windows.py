"""Arrival windows: the client is told between when somebody comes, the crew keeps the exact time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from opsystem.business.record import Record

SHORTEST, LONGEST = 15, 240
_STEP = timedelta(minutes=15)
_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
Window = tuple[datetime, datetime]


def usual_window(session: Session) -> int:
    """Return the business's usual arrival window in minutes; 0 when clients are told the time itself."""
    table = Record.metadata.tables["scheduling_rules"]
    return session.scalar(select(table.c.window_minutes).where(table.c.id == 1)) or 0


def window_from(starts_at: datetime, minutes: int) -> Window | None:
    """Return the window that begins with a visit, on the quarter of an hour; None for 0 minutes."""
    if not minutes:
        return None
    begins = starts_at - (starts_at - _EPOCH) % _STEP
    return begins, begins + timedelta(minutes=minutes)


def window_after_move(
    old: tuple[datetime | None, datetime | None], starts_at: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return what the client is to be told after a move.

    A window that still holds the new start stays: nothing has to be said again. Else one of the same
    length begins with the visit. A visit without a window keeps having none.
    """
    begins, ends = old
    if begins is None or ends is None or begins <= starts_at < ends:
        return old
    return window_from(starts_at, int((ends - begins).total_seconds() // 60)) or (None, None)
