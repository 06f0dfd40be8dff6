"""What is told about recurring work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from opsystem.business.jobs.records import Assignee


@dataclass(frozen=True)
class SeriesRow:
    """A series: its job and client, its rhythm in words and as RFC 5545 writes it, who goes, what is ahead.

    `at_time` is the business's wall clock; `next_day` is the next visit that nobody has begun.
    """

    ref: str
    id: int
    job: str
    job_id: int
    title: str
    client_id: int
    client_name: str
    rhythm: str
    rule: str
    first_day: date
    at_time: str
    minutes: int
    until: date | None
    count: int | None
    members: list[Assignee]
    skips_holidays: bool
    next_day: date | None
    planned: int
    paused_from: date | None
    paused_until: date | None
    ended_at: datetime | None
    ended_by: str | None
