"""What is told about checklists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChecklistRecord:
    """A named list of things to do, in order."""

    ref: str
    id: int
    name: str
    items: list[str]
    suggested: bool
