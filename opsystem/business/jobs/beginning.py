"""What a job or a visit begins with: its type's length and the lines of a checklist."""

from __future__ import annotations

from opsystem.business.checklists.models import Checklist
from opsystem.business.checklists.queries import items_of
from opsystem.business.jobs.models import Job, Task, Visit
from opsystem.business.jobtypes.models import JobType
from opsystem.business.references import number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Work

_USUAL = 60


def job_type_named(work: Work, reference: str | None) -> JobType | None:
    """Return a sort of work that is offered, or None where none is named. Raises NotFound, Conflict."""
    if reference is None:
        return None
    row = work.get(JobType, number_of(reference), "job type")
    if row.removed_at is not None:
        raise Conflict(f"{row.name} is no longer in the list of job types.", code="removed")
    return row


def usual_minutes(sort: JobType | None) -> int:
    """Return how long a visit takes when nobody says so, in minutes."""
    return sort.minutes if sort is not None else _USUAL


def begin_with(work: Work, job: Job, checklist_id: int | None, visit: Visit | None = None) -> None:
    """Give a job, or one visit of it, the lines of a checklist as they are now."""
    if checklist_id is None:
        return
    checklist = work.get(Checklist, checklist_id, "checklist")
    work.session.add_all(
        Task(
            job_id=job.id,
            visit_id=visit.id if visit is not None else None,
            position=item.position,
            text=item.text,
            asks=item.asks,
            required=item.required,
            unit=item.unit,
            least_milli=item.least_milli,
            most_milli=item.most_milli,
            choices=item.choices,
        )
        for item in items_of(work, checklist.id)
    )
