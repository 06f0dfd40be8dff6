"""How a moment is stored: aware, in UTC, as text that sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator


def as_stored(moment: datetime) -> str:
    """Return the stored text of a moment. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, stored as sortable text (`2026-11-23T14:05:00.000000Z`)."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text of a moment. Raises ValueError for a naive one."""
        return None if value is None else as_stored(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment of a stored text."""
        return None if value is None else datetime.fromisoformat(value)
