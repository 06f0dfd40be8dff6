"""Putting a job on hold, with the reason, and taking it up again."""

from __future__ import annotations

from opsystem.business.jobs.models import Job
from opsystem.business.jobs.scheduling import open_job
from opsystem.business.references import JobRef, number_of
from opsystem.business.wording import Name
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Put job on hold")
def hold_job(work: Work, *, job: JobRef, reason: Name) -> Saved:
    """Say that a job rests, and why (`Waiting for the part`). Its visits stay as they are."""
    row = open_job(work, number_of(job))
    row.held_at, row.held_by, row.hold_reason = work.now, work.actor.name, reason
    work.describe(f"Put {row.ref} “{row.title}” on hold: {reason}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Take job up again")
def resume_job(work: Work, *, job: JobRef) -> Saved:
    """Say that a job on hold goes on."""
    row: Job = open_job(work, number_of(job))
    if row.held_at is None:
        raise Conflict(f"{row.ref} is not on hold.", code="not_on_hold")
    row.held_at = row.held_by = None
    row.hold_reason = ""
    work.describe(f"Took {row.ref} “{row.title}” up again")
    return Saved(row.ref, row.id)
