"""Moments as whole minutes since 1970: what the diary reckons in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def minute_of(moment: datetime) -> int:
    """Return a moment as whole minutes since 1970."""
    return int(moment.timestamp() // 60)


def moment_of(minute: int) -> datetime:
    """Return minutes since 1970 as an aware UTC moment."""
    return datetime.fromtimestamp(minute * 60, UTC)


def minute_at(day: date, minute: int, zone: str) -> int:
    """Return the minute since 1970 of a wall clock time; over a change of clocks as the wall shows it."""
    wall = datetime.combine(day, time.min) + timedelta(minutes=minute)
    return minute_of(wall.replace(tzinfo=ZoneInfo(zone)))


def say_clock(minute: int, zone: str) -> str:
    """Return the time of day as people say it (`9:30 AM`)."""
    return moment_of(minute).astimezone(ZoneInfo(zone)).strftime("%-I:%M %p")


def say_day(minute: int, zone: str) -> str:
    """Return the day as people say it (`Tue Nov 24`)."""
    return moment_of(minute).astimezone(ZoneInfo(zone)).strftime("%a %b %-d")


def say_length(minutes: int) -> str:
    """Return a length as people say it (`1 h 30 min`)."""
    hours, rest = divmod(minutes, 60)
    return (
        " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
        or "0 h"
    )
