"""What is told about hours. Moments are aware UTC; `local_*` are the same in the business's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class TimeRow:
    """A stretch of somebody's time. `minutes` counts to now while it runs."""

    ref: str
    id: int
    member: str
    member_name: str
    job: str | None
    job_title: str | None
    visit: str | None
    sort: str
    starts_at: datetime
    ends_at: datetime | None
    local_start: datetime
    local_end: datetime | None
    minutes: int
    from_stamps: bool
    note: str
    reason: str
    corrected_by: str | None


@dataclass(frozen=True)
class WeekSheet:
    """Somebody's week from Monday on: entries, minutes by sort, and who approved it when."""

    member: str
    member_name: str
    monday: date
    entries: list[TimeRow]
    travel: int
    work: int
    rest: int
    approved_at: datetime | None
    approved_by: str | None


@dataclass(frozen=True)
class HourCostRow:
    """What an hour of somebody costs from a day on, in US cents."""

    member: str
    member_name: str
    since: date
    cents: int


@dataclass(frozen=True)
class Labor:
    """What the hours on a job came to: minutes, and their cost in US cents where the hour's cost is known."""

    minutes: int
    cents: int
    unpriced_minutes: int
