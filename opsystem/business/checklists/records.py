"""What is told about checklists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ItemRow:
    """One line: its words, what it asks for (tick, photo, reading, text, choice), and within which limits.

    The limits of a reading are in thousandths of `unit`.
    """

    text: str
    asks: str
    required: bool
    unit: str
    least_milli: int | None
    most_milli: int | None
    choices: list[str]


@dataclass(frozen=True)
class ChecklistRecord:
    """A named list of things to do, in order: `items` are the words alone, `lines` say what each asks for."""

    ref: str
    id: int
    name: str
    items: list[str]
    lines: list[ItemRow]
    suggested: bool
