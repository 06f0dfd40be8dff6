"""What is told about an erasure: numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class ErasureCounts:
    """How much the business holds about a client. `file_bytes` in bytes; `acts` are lines of the history."""

    TABLES: ClassVar[tuple[str, ...]] = (
        "property",
        "job",
        "visit",
        "note",
        "file",
        "thread",
        "message",
        "conversation",
        "vendor_event",
    )

    property: int
    job: int
    visit: int
    note: int
    file: int
    thread: int
    message: int
    conversation: int
    vendor_event: int
    file_bytes: int
    acts: int


@dataclass(frozen=True)
class ErasurePlan:
    """What would go, who it is, and how to say yes."""

    client: str
    id: int
    name: str
    counts: ErasureCounts
    obstacle: str | None


@dataclass(frozen=True)
class Erased:
    """A client is erased: the change it was done by, and how much went."""

    ref: str
    id: int
    client: str
    counts: ErasureCounts
