"""Time: aware UTC inside, the business's zone at the door."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present moment as an aware UTC datetime."""
    return datetime.now(UTC)


def local(moment: datetime, zone: str) -> datetime:
    """Return an aware moment as the wall clock of a zone shows it."""
    return moment.astimezone(ZoneInfo(zone))


def from_local(wall: datetime, zone: str) -> datetime:
    """Return the UTC moment of a naive wall-clock time in a zone."""
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
