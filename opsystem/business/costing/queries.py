"""What may be asked about margins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, select

from opsystem.business.clients.models import Client
from opsystem.business.costing.records import JobCost
from opsystem.business.costing.summing import costs_beside, earned, lines_of_jobs, spent_on, stages_left
from opsystem.business.jobs.models import Job
from opsystem.business.lines import divide_half_up
from opsystem.business.profile.queries import to_utc
from opsystem.business.references import JobRef, number_of
from opsystem.business.timesheets.labor import labor_of
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

MOST_DAYS = 1100


@query(permission=Permission.MONEY_READ, label="Show job costing")
def show_job_cost(work: Work, *, job: JobRef) -> JobCost:
    """Show what a job earns and costs right now, in US cents: also hours that run and lines not invoiced."""
    row = work.get(Job, number_of(job), "job")
    return job_costs(work, [row])[0]


@query(permission=Permission.REPORTS_READ, label="List job costing")
def list_job_costs(work: Work, *, since: date, until: date) -> list[JobCost]:
    """List margins of the jobs completed from a day to a day, both included; callbacks are in their job."""
    if until < since or (until - since).days > MOST_DAYS or not 1970 <= since.year <= until.year <= 2200:
        message = f"Ask for at most {MOST_DAYS} days."
        raise Invalid(message, code="bad_days", fields={"until": message})
    return job_costs(work, list(work.session.scalars(jobs_completed(work, since, until))))


def jobs_completed(work: Work, since: date, until: date) -> Select[Job]:
    """Return the statement of jobs completed from a day to a day, both included, without callbacks."""
    start = to_utc(work, datetime.combine(since, time.min))
    end = to_utc(work, datetime.combine(until + timedelta(days=1), time.min))
    done = select(Job).where(
        Job.completed_at >= start,
        Job.completed_at < end,
        Job.cancelled_at.is_(None),
        Job.merged_at.is_(None),
        Job.original_job_id.is_(None),
    )
    return done.order_by(Job.completed_at, Job.id)


def job_costs(work: Work, jobs: Sequence[Job]) -> list[JobCost]:
    """Return the costing of jobs, each with its callbacks, in the order given."""
    numbers = [one.id for one in jobs]
    back: dict[int, list[Job]] = defaultdict(list)
    for again in work.session.scalars(select(Job).where(Job.original_job_id.in_(numbers)).order_by(Job.id)):
        back[again.original_job_id or 0].append(again)
    every = [*numbers, *(one.id for ones in back.values() for one in ones)]
    books, lines, beside = earned(work, every), lines_of_jobs(work, every), costs_beside(work, every)
    stages = stages_left(work, every)
    spent, labor = spent_on(work, every), labor_of(work, every)
    names = select(Client.id, Client.name).where(Client.id.in_({one.client_id for one in jobs}))
    clients = dict(work.session.execute(names).all())
    told = []
    for job in jobs:
        both = [job, *back[job.id]]
        own = [one.id for one in both]
        invoiced = sum(books.get(one, 0) for one in own)
        # For what was cancelled, or is not billed, nothing more comes in.
        waits = [one.id for one in both if one.cancelled_at is None and one.unbilled_at is None]
        left = sum(lines[one][0] + stages.get(one, 0) for one in waits)
        parts = sum(lines[one][1] + beside[one] for one in own)
        wages, out = sum(labor[one].cents for one in own), sum(spent.get(one, 0) for one in own)
        revenue, cost = invoiced + left, parts + wages + out
        told.append(
            JobCost(
                job=job.ref,
                job_id=job.id,
                title=job.title,
                client=make_ref("client", job.client_id),
                client_name=clients.get(job.client_id, ""),
                invoiced_cents=invoiced,
                to_invoice_cents=left,
                revenue_cents=revenue,
                parts_cents=parts,
                labor_cents=wages,
                labor_minutes=sum(labor[one].minutes for one in own),
                expense_cents=out,
                cost_cents=cost,
                margin_cents=revenue - cost,
                margin_milli_percent=divide_half_up((revenue - cost) * 100_000, revenue)
                if revenue > 0
                else None,
                unpriced_minutes=sum(labor[one].unpriced_minutes for one in own),
                unpriced_lines=sum(lines[one][2] for one in own),
                callbacks=[one.ref for one in back[job.id]],
            )
        )
    return told
