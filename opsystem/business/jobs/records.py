"""What is told about jobs and visits. Times are aware UTC; `local_*` are the same in the business's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from opsystem.business.clients.records import NoteRecord


class JobState(StrEnum):
    """Where a job stands, told from its dated facts. The first eight are open."""

    REQUESTED = "requested"
    ASSESSED = "assessed"
    QUOTED = "quoted"
    UNSCHEDULED = "unscheduled"
    SCHEDULED = "scheduled"
    ON_THE_WAY = "on_the_way"
    WORKING = "working"
    ON_HOLD = "on_hold"
    DONE = "done"
    INVOICED = "invoiced"
    PAID = "paid"
    CANCELLED = "cancelled"
    MERGED = "merged"


class VisitState(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    ON_THE_WAY = "on_the_way"
    STARTED = "started"
    FINISHED = "finished"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Assignee:
    """Who goes to a visit."""

    ref: str
    id: int
    name: str


@dataclass(frozen=True)
class VisitRow:
    """A visit with what is needed to go there: whose, where, when, who, and how to reach the client.

    `access_notes` is None while a technician may not see them yet; `do_not_service` is the reason, if any.
    """

    ref: str
    id: int
    job: str
    job_id: int
    title: str
    client: str
    client_id: int
    client_name: str
    client_phone: str | None
    do_not_service: str | None
    property: str | None
    address: str | None
    access_notes: str | None
    starts_at: datetime
    ends_at: datetime
    local_start: datetime
    local_end: datetime
    # What the client was told; None where only the time itself was said.
    local_window_start: datetime | None
    local_window_end: datetime | None
    assignees: list[Assignee]
    instructions: str
    state: VisitState
    window_starts_at: datetime | None
    window_ends_at: datetime | None
    series: str | None
    is_assessment: bool
    on_way_at: datetime | None
    on_way_by: str | None
    paused_at: datetime | None
    started_at: datetime | None
    started_by: str | None
    finished_at: datetime | None
    finished_by: str | None
    cancelled_at: datetime | None
    cancelled_by: str | None


@dataclass(frozen=True)
class JobRow:
    """A job with the visit that comes next, if one is planned."""

    ref: str
    id: int
    title: str
    client: str
    client_id: int
    client_name: str
    do_not_service: str | None
    property: str | None
    address: str | None
    state: JobState
    is_open: bool
    hold_reason: str
    job_type: str | None
    original_job: str | None
    merged_into: str | None
    is_recurring: bool
    created_at: datetime
    created_by: str
    completed_at: datetime | None
    completed_by: str | None
    cancelled_at: datetime | None
    cancelled_by: str | None
    next_visit: VisitRow | None


@dataclass(frozen=True)
class JobFact:
    """A dated fact about where a job stands: what became so, when, by whom, and why where that was said."""

    what: str
    at: datetime
    by: str
    why: str = ""


@dataclass(frozen=True)
class JobWithVisits:
    """A job and all its visits, the earliest first."""

    job: JobRow
    visits: list[VisitRow]


@dataclass(frozen=True)
class TaskRow:
    """One line of a job's checklist; `id` is what `tick_item` and `fill_item` ask for.

    `asks` is tick, photo, reading, text or choice. A line of one `visit` is asked for there alone.
    Readings and their limits are in thousandths of `unit`.
    """

    id: int
    position: int
    text: str
    asks: str
    required: bool
    unit: str
    least_milli: int | None
    most_milli: int | None
    choices: list[str]
    visit: str | None
    answer: str
    reading_milli: int | None
    file: str | None
    done_at: datetime | None
    done_by: str | None


@dataclass(frozen=True)
class VisitDetail:
    """A visit with its job's notes and tasks."""

    visit: VisitRow
    job_notes: str
    tasks: list[TaskRow]
    notes: list[NoteRecord]


@dataclass(frozen=True)
class Overlap:
    """Somebody has two visits at once: allowed, but worth knowing. `visit` is the other one."""

    member: str
    member_name: str
    visit: str
    title: str
    starts_at: datetime
    ends_at: datetime
    local_start: datetime


@dataclass(frozen=True)
class Booked:
    """A job was booked, with its first visit when a time was given."""

    ref: str
    id: int
    visit: str | None
    visit_id: int | None
    overlaps: list[Overlap]


@dataclass(frozen=True)
class VisitSaved:
    """A visit was made or changed."""

    ref: str
    id: int
    job: str
    overlaps: list[Overlap]
