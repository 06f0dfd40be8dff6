"""What is told about tags and saved views."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Listed(StrEnum):
    """Which list a view is of."""

    CLIENTS = "clients"
    JOBS = "jobs"
    QUOTES = "quotes"
    INVOICES = "invoices"


@dataclass(frozen=True)
class TagRow:
    """A tag, and how many clients have it."""

    ref: str
    id: int
    name: str
    clients: int


@dataclass(frozen=True)
class ViewRow:
    """A saved view: its filters by name. `personal` ones are seen by their maker alone."""

    ref: str
    id: int
    of: Listed
    name: str
    filters: dict[str, str]
    personal: bool
