"""A finished job for which nothing is billed: warranty, a favour, a callback."""

from __future__ import annotations

from opsystem.business.jobs.facts import Fact, drop_fact, note_fact
from opsystem.business.jobs.models import Job
from opsystem.business.references import JobRef, number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.DRAFT, label="Bill nothing for job")
def skip_billing(work: Work, *, job: JobRef, skip: bool = True) -> Saved:
    """Say that there is nothing to bill for a job, so that it no longer waits to be invoiced.

    With `skip` false it waits again. An invoice made for it later takes the word back by itself.
    """
    row = work.get(Job, number_of(job), "job")
    if skip and row.invoiced_at is not None:
        raise Conflict(f"{row.ref} is invoiced already.", code="job_invoiced")
    if skip:
        note_fact(work, row, Fact.UNBILLED)
        work.describe(f"Nothing is billed for {row.ref} “{row.title}”")
    else:
        drop_fact(row, Fact.UNBILLED)
        work.describe(f"{row.ref} “{row.title}” is to be billed")
    return Saved(row.ref, row.id)
