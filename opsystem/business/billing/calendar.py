"""Days of plans and reminders on the business's calendar."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time

from opsystem.kit import clock

# People are reminded at this hour of the business's day, never at night.
HOUR = 10


def month_after(first: date, present: date, months: int) -> date:
    """Return the day so many months after `present`: the same day of the month as `first`, or its last."""
    year, month = divmod(present.year * 12 + present.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def morning(day: date, zone: str) -> datetime:
    """Return the UTC moment at which billing looks at a day."""
    return clock.from_local(datetime.combine(day, time(HOUR)), zone).astimezone(UTC)
