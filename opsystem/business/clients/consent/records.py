"""What is told about a client's wishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from opsystem.business.clients.purposes import Channel, Topic


class Source(StrEnum):
    """How a wish reached the business."""

    PHONE = "phone"
    IN_PERSON = "in person"
    TEXT = "text"
    EMAIL = "email"
    FORM = "form"
    CLIENT_PAGE = "client page"
    IMPORT = "import"


@dataclass(frozen=True)
class ConsentRow:
    """One wish as it was told: its words, when, how, and who wrote it down."""

    id: int
    channel: Channel
    topic: Topic
    allowed: bool
    wording: str
    source: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Preference:
    """What counts now for a channel and topic. `told` is None where the default stands."""

    channel: Channel
    topic: Topic
    allowed: bool
    told: ConsentRow | None


@dataclass(frozen=True)
class Preferences:
    """What counts now, and every wish ever told, newest first."""

    now: list[Preference]
    history: list[ConsentRow]
