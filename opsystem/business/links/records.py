"""What is told about links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LinkMade:
    """A new link. `address` is told this once: only a hash of it is kept."""

    ref: str
    id: int
    address: str
    expires_at: datetime


@dataclass(frozen=True)
class LinkRow:
    """A link of a client, and how often it was opened. `state`: open, expired, revoked."""

    ref: str
    id: int
    client: str
    about: str | None
    only: bool
    made_at: datetime
    made_by: str
    expires_at: datetime
    revoked_at: datetime | None
    revoked_by: str | None
    state: str
    times: int
    browsers: int
    last_at: datetime | None
