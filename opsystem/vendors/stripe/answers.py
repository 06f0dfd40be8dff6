"""Small pieces of Stripe's answers: texts that must be there, times, ids that may be whole objects."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def moment(seconds: object) -> datetime:
    """Return UNIX seconds as an aware moment; raises TypeError where there are none."""
    if not isinstance(seconds, int):
        raise TypeError("the answer has no such time")
    return datetime.fromtimestamp(seconds, UTC)


def id_of(value: Any) -> str:
    """Return the id of something that may be an id, a whole object or nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else told(value.get("id"))


def told(value: object) -> str:
    """Return a text that every good answer has; raises ValueError, which `calling` turns into GARBLED."""
    if not isinstance(value, str) or not value:
        raise ValueError("the answer has no such field")
    return value
