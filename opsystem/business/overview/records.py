"""What is told about a client or a job with everything around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opsystem.business.clients.persons.records import PersonRecord
from opsystem.business.clients.records import ClientRecord, NoteRecord, PropertyRecord
from opsystem.business.clients.standing import Standing
from opsystem.business.fields.records import FieldAnswer
from opsystem.business.jobs.records import JobFact, JobRow, JobWithVisits, TaskRow, VisitRow


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
    standing: Standing
    do_not_service: str | None
    tags: list[str]
    fields: list[FieldAnswer]
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
    """A client with everything its page needs. Past jobs are the newest ones; `counts` has all.

    `property_fields` are by the reference of a property.
    """

    client: ClientRecord
    standing: Standing
    persons: list[PersonRecord]
    tags: list[str]
    fields: list[FieldAnswer]
    property_fields: dict[str, list[FieldAnswer]]
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
    fields: list[FieldAnswer]
    client: ClientRecord
    property: PropertyRecord | None
    visits: list[VisitRow]
    tasks: list[TaskRow]
    job_notes: list[NoteRecord]
    facts: list[JobFact]
    callbacks: list[JobRow]
    files: int
