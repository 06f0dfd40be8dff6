"""Many invoices in one run: finished jobs that have something left to invoice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, and_, select

from opsystem.business.billing.from_jobs import draft_job_invoice
from opsystem.business.clients.models import Client
from opsystem.business.invoices.issuing import issue_invoice
from opsystem.business.joblines.amounts import open_cents
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.models import Job
from opsystem.business.references import JobRef
from opsystem.kit.errors import Problem
from opsystem.operations import Effect, Permission, Work, operation, query

Jobs = Annotated[tuple[JobRef, ...], Field(min_length=1, max_length=500)]
_MOST = 500


@dataclass(frozen=True)
class ToInvoice:
    """A finished job with what is left to invoice of it, in US cents before tax."""

    job: str
    job_id: int
    title: str
    client: str
    client_name: str
    open_cents: int


@dataclass(frozen=True)
class BatchRow:
    """What became of one job of a run: its invoice, or what was in the way."""

    job: str
    invoice: str | None
    total_cents: int
    problem: str | None


@query(permission=Permission.MONEY_READ, label="List jobs to invoice")
def list_jobs_to_invoice(work: Work) -> list[ToInvoice]:
    """List finished jobs that have lines left to invoice, the longest finished first."""
    left = select(JobLine.job_id).where(JobLine.invoiced_milli < JobLine.quantity_milli)
    done = (
        select(Job, Client)
        .join(Client, Client.id == Job.client_id)
        .where(_done(), Job.id.in_(left))
        .order_by(Job.completed_at, Job.id)
        .limit(_MOST)
    )
    found = [(job, client) for job, client in work.session.execute(done)]
    numbers = [job.id for job, _ in found]
    sums: dict[int, int] = dict.fromkeys(numbers, 0)
    for line in work.session.scalars(select(JobLine).where(JobLine.job_id.in_(numbers))):
        sums[line.job_id] += open_cents(line)
    return [
        ToInvoice(job.ref, job.id, job.title, client.ref, client.name, sums[job.id]) for job, client in found
    ]


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Invoice jobs")
def invoice_jobs(work: Work, *, jobs: Jobs) -> list[BatchRow]:
    """Invoice many jobs in one run: each gets an invoice of all its open lines.

    A job that cannot be invoiced is told with its reason and keeps nobody up.
    """
    rows = [_invoice(work, job) for job in dict.fromkeys(jobs)]
    made = sum(row.invoice is not None for row in rows)
    work.describe(f"Invoiced {made} of {len(rows)} jobs")
    return rows


def _invoice(work: Work, job: str) -> BatchRow:
    try:
        with work.session.begin_nested():
            draft = work.do(draft_job_invoice, job=job)
            issued = work.do(issue_invoice, draft=draft.ref)
    except Problem as problem:
        return BatchRow(job, None, 0, problem.message)
    return BatchRow(job, issued.ref, issued.total_cents, None)


def sum_to_invoice(work: Work) -> tuple[int, int]:
    """Return how many finished jobs have something left to invoice, and how much, in US cents before tax."""
    left = (
        select(JobLine)
        .join(Job, Job.id == JobLine.job_id)
        .where(_done(), JobLine.invoiced_milli < JobLine.quantity_milli)
    )
    lines = work.session.scalars(left).all()
    return len({line.job_id for line in lines}), sum(open_cents(line) for line in lines)


def _done() -> ColumnElement[bool]:
    finished = (Job.completed_at.is_not(None), Job.cancelled_at.is_(None), Job.merged_at.is_(None))
    return and_(*finished, Job.unbilled_at.is_(None))
