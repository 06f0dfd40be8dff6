"""What is told about working hours. Times of day and days are the business's wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

_MINUTES_A_DAY = 1440


class Weekday(StrEnum):
    """A day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """Its number; Monday is 0."""
        return list(Weekday).index(self)


@dataclass(frozen=True)
class DayHours:
    """A stretch worked on a day of the week. `ends` 00:00 is midnight, the end of that day."""

    weekday: Weekday
    starts: time
    ends: time


@dataclass(frozen=True)
class WeekHours:
    """The week of the business or of one person. `own` is false where the business's week is followed,
    or, for the business, where nobody has set it and Monday to Friday, 8 to 5, is assumed."""

    member: str | None
    own: bool
    week: list[DayHours]


@dataclass(frozen=True)
class ExceptionRow:
    """Days that differ from the week; `id` is what `remove_day_exception` asks for."""

    id: int
    member: str | None
    member_name: str | None
    first_day: date
    last_day: date
    starts: time | None
    ends: time | None
    works: bool
    reason: str


@dataclass(frozen=True)
class RulesRecord:
    """How times are promised, and where the business goes (no postcodes: everywhere)."""

    window_minutes: int
    postcodes: list[str]


def minute_of(at: time, *, end: bool = False) -> int:
    """Return a time of day as minutes after midnight; midnight as an end is 1440."""
    minutes = at.hour * 60 + at.minute
    return _MINUTES_A_DAY if end and minutes == 0 else minutes


def time_of(minute: int) -> time:
    """Return minutes after midnight as a time of day."""
    return time(minute // 60 % 24, minute % 60)
