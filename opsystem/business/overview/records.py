"""What is told about a client or a job with everything around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opsystem.business.clients.records import ClientRecord, NoteRecord, PropertyRecord
from opsystem.business.jobs.records import JobRow, JobWithVisits, TaskRow, VisitRow


@dataclass(frozen=True)
class NextVisit:
    """When somebody comes next; `local_start` is in the business's zone."""

    ref: str
    starts_at: datetime
    local_start: datetime


@dataclass(frozen=True)
class ClientRow:
    """A client in a list. `last_contact_at` is None where there was none, or it may not be known."""

    ref: str
    id: int
    name: str
    company: str | None
    phone: str | None
    email: str | None
    city: str | None
    archived: bool
    next_visit: NextVisit | None
    last_contact_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """How much belongs to a client. `messages` is None for who may not read them."""

    jobs: int
    notes: int
    files: int
    messages: int | None


@dataclass(frozen=True)
class ClientPage:
    """A client with everything its page needs. Past jobs are the newest ones; `counts` has all."""

    client: ClientRecord
    properties: list[PropertyRecord]
    next_visit: VisitRow | None
    open_jobs: list[JobWithVisits]
    past_jobs: list[JobWithVisits]
    notes: list[NoteRecord]
    counts: Counts


@dataclass(frozen=True)
class JobPage:
    """A job with everything its page needs."""

    job: JobRow
    notes: str
    client: ClientRecord
    property: PropertyRecord | None
    visits: list[VisitRow]
    tasks: list[TaskRow]
    job_notes: list[NoteRecord]
    files: int


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened with a client, by whom.

    `kind` is note, message, file, visit or change; `ref` names the record (`H-41` for a change);
    `action` says more where the kind has several (`in`, `out`, `finished`, an operation's name).
    """

    at: datetime
    kind: str
    ref: str
    action: str
    title: str
    body: str
    who: str
    by_assistant: bool


@dataclass(frozen=True)
class Timeline:
    """One page of what happened with a client, the newest first."""

    entries: list[TimelineEntry]
    page: int
    has_more: bool
