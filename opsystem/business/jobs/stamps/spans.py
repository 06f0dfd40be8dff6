"""From what was pressed to the hours it makes: the same for any order in which we heard of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Press(StrEnum):
    """What can be pressed at a visit. In this order they count where two were at one moment."""

    ON_WAY = "on_way"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"


class Sort(StrEnum):
    """What a stretch of time was."""

    TRAVEL = "travel"
    WORK = "work"
    BREAK = "break"


@dataclass(frozen=True)
class Span:
    """A stretch of time; without an end it still runs."""

    sort: Sort
    starts_at: datetime
    ends_at: datetime | None


_BEGINS = {
    Press.ON_WAY: Sort.TRAVEL,
    Press.START: Sort.WORK,
    Press.PAUSE: Sort.BREAK,
    Press.RESUME: Sort.WORK,
    Press.FINISH: None,
}
# What may run, for a press to mean something; anything else is passed over.
_AFTER: dict[Press, tuple[Sort | None, ...]] = {
    Press.ON_WAY: (None,),
    Press.START: (None, Sort.TRAVEL),
    Press.PAUSE: (Sort.WORK,),
    Press.RESUME: (Sort.BREAK,),
    Press.FINISH: (Sort.TRAVEL, Sort.WORK, Sort.BREAK),
}
_ORDER = list(Press)


def spans_of(pressed: Iterable[tuple[Press, datetime]]) -> list[Span]:
    """Return the stretches of time that one person's presses at one visit make, the earliest first."""
    spans: list[Span] = []
    running: tuple[Sort, datetime] | None = None
    for press, at in sorted(pressed, key=lambda one: (one[1], _ORDER.index(one[0]))):
        if (running[0] if running else None) not in _AFTER[press]:
            continue
        if running is not None and at > running[1]:
            spans.append(Span(running[0], running[1], at))
        begun = _BEGINS[press]
        running = (begun, at) if begun is not None else None
        if begun is None:
            break
    if running is not None:
        spans.append(Span(running[0], running[1], None))
    return spans
