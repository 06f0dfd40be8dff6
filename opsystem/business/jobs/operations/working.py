"""Doing the work: what whoever goes to a visit may say about it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from opsystem.business.jobs.models import Job, Task
from opsystem.business.jobs.records import TaskRow, VisitSaved
from opsystem.business.jobs.scheduling import open_job, open_visit, planned_visit
from opsystem.business.references import JobRef, VisitRef, number_of
from opsystem.kit.errors import NotFound
from opsystem.operations import Effect, Permission, Work, operation

TaskId = Annotated[int, Field(ge=1, le=2**53, description="The line's `id`, from the job's tasks.")]


@operation(permission=Permission.VISITS_WORK, effect=Effect.COMMIT, label="Start visit")
def start_visit(work: Work, *, visit: VisitRef) -> VisitSaved:
    """Say that the work of a visit begins now."""
    row = planned_visit(work, visit)
    job = work.get(Job, row.job_id, "job")
    row.started_at = work.now
    row.started_by = work.actor.name
    work.describe(f"Started {row.ref} of {job.ref} “{job.title}”")
    return VisitSaved(ref=row.ref, id=row.id, job=job.ref, overlaps=[])


@operation(permission=Permission.VISITS_WORK, effect=Effect.COMMIT, label="Finish visit")
def finish_visit(work: Work, *, visit: VisitRef) -> VisitSaved:
    """Say that a visit is over, also one that nobody said was begun. Its job stays open."""
    row = open_visit(work, visit)
    job = work.get(Job, row.job_id, "job")
    row.finished_at = work.now
    row.finished_by = work.actor.name
    work.describe(f"Finished {row.ref} of {job.ref} “{job.title}”")
    return VisitSaved(ref=row.ref, id=row.id, job=job.ref, overlaps=[])


@operation(permission=Permission.VISITS_WORK, effect=Effect.DRAFT, label="Tick item")
def tick_item(work: Work, *, job: JobRef, item: TaskId, done: bool = True) -> TaskRow:
    """Tick a line of a job's checklist, or untick it with `done` false."""
    row = open_job(work, number_of(job))
    task = work.get(Task, item, "line")
    if task.job_id != row.id:
        raise NotFound(f"There is no such line on the checklist of {row.ref}.", code="no_line")
    if done is not (task.done_at is not None):
        task.done_at = work.now if done else None
        task.done_by = work.actor.name if done else None
    work.describe(f"{'Ticked' if done else 'Unticked'} “{task.text}” of {row.ref}")
    return TaskRow(task.id, task.position, task.text, task.done_at, task.done_by)
