"""What the clock asks about: visits that should have begun, and what the visits ahead will bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, select

from opsystem.business.clients.models import Client
from opsystem.business.joblines.amounts import open_cents
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.queries.rows import visit_rows, visits_with_all
from opsystem.business.jobs.records import VisitRow
from opsystem.business.profile.queries import to_utc, today
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

PATIENCE = timedelta(minutes=15)
# What nobody marked for longer than this is no longer a thing of the day.
_FORGOTTEN = timedelta(days=60)
EXPECTED_DAYS = 7


@dataclass(frozen=True)
class ExpectedJob:
    """A job with a visit ahead: when the next one is, and what is left to invoice, in US cents before tax."""

    job: str
    job_id: int
    title: str
    client: str
    client_name: str
    next_at: datetime
    open_cents: int


@query(permission=Permission.JOBS_READ, label="List late visits")
def list_late_visits(work: Work) -> list[VisitRow]:
    """List visits of the last 60 days that should have begun 15 minutes ago and were never marked."""
    return visit_rows(work, visits_with_all().where(late(work)).order_by(Visit.starts_at, Visit.id))


def late(work: Work) -> ColumnElement[bool]:
    """Return the condition that a visit should have begun a while ago, and nobody said it did."""
    unmarked = (Visit.cancelled_at, Visit.finished_at, Visit.started_at, Visit.on_way_at)
    return and_(
        Visit.starts_at < work.now - PATIENCE,
        Visit.starts_at >= work.now - _FORGOTTEN,
        *(at.is_(None) for at in unmarked),
    )


@query(permission=Permission.MONEY_READ, label="List expected revenue")
def list_expected(work: Work) -> list[ExpectedJob]:
    """List jobs with a visit from today to the end of the seventh day, and what is left to invoice of each.

    A job counts once, however many visits it has. Jobs with nothing left to invoice are not expected to
    bring anything.
    """
    first, last = of_the_week(work)
    ahead = (
        select(Visit.job_id, func.min(Visit.starts_at).label("at"))
        .where(
            Visit.starts_at >= first,
            Visit.starts_at < last,
            Visit.cancelled_at.is_(None),
            Visit.finished_at.is_(None),
        )
        .group_by(Visit.job_id)
        .subquery()
    )
    chosen = (
        select(Job, Client.name, ahead.c.at, JobLine)
        .join(ahead, ahead.c.job_id == Job.id)
        .join(Client, Client.id == Job.client_id)
        .join(JobLine, JobLine.job_id == Job.id)
        .where(
            Job.cancelled_at.is_(None),
            Job.merged_at.is_(None),
            Job.unbilled_at.is_(None),
            JobLine.invoiced_milli < JobLine.quantity_milli,
        )
        .order_by(ahead.c.at, Job.id)
    )
    jobs: dict[int, tuple[Job, str, datetime]] = {}
    sums: dict[int, int] = {}
    for job, name, at, line in work.session.execute(chosen):
        jobs[job.id] = (job, name, at)
        sums[job.id] = sums.get(job.id, 0) + open_cents(line)
    return [
        ExpectedJob(job.ref, job.id, job.title, make_ref("client", job.client_id), name, at, sums[job.id])
        for job, name, at in jobs.values()
    ]


def of_the_week(work: Work) -> tuple[datetime, datetime]:
    """Return the first moment of today and the last of the seventh day, in UTC."""
    begins = datetime.combine(today(work), time.min)
    return to_utc(work, begins), to_utc(work, begins + timedelta(days=EXPECTED_DAYS))
