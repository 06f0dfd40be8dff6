"""What is told about jobs and visits. Times are aware UTC; `local_*` are the same in the business's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from opsystem.business.clients.records import NoteRecord


class JobState(StrEnum):
    """Where a job stands. Unscheduled and scheduled ones are open."""

    UNSCHEDULED = "unscheduled"
    SCHEDULED = "scheduled"
    DONE = "done"
    CANCELLED = "cancelled"


class VisitState(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
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
    assignees: list[Assignee]
    instructions: str
    state: VisitState
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
    created_at: datetime
    created_by: str
    completed_at: datetime | None
    completed_by: str | None
    cancelled_at: datetime | None
    cancelled_by: str | None
    next_visit: VisitRow | None


@dataclass(frozen=True)
class JobWithVisits:
    """A job and all its visits, the earliest first."""

    job: JobRow
    visits: list[VisitRow]


@dataclass(frozen=True)
class TaskRow:
    """One line of a job's checklist; `id` is what `tick_item` asks for."""

    id: int
    position: int
    text: str
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
