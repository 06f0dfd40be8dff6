"""Jobs by where they stand: every open one, and those done or called off within the days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Date, and_, case, func, literal, or_, select

from opsystem.business.clients.models import Client
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.queries.filters import StateFilter, condition_of, still_open
from opsystem.business.jobtypes.models import JobType
from opsystem.business.profile.queries import to_utc
from opsystem.business.reports.asked import Asked
from opsystem.business.reports.facts import Selected
from opsystem.business.reports.records import By
from opsystem.kit.refs import LETTERS
from opsystem.operations import Work

# In the order a job goes through them; each job is counted once, where it stands.
STATES = (
    (StateFilter.ASKED, "Asked for or quoted"),
    (StateFilter.UNSCHEDULED, "Without a time"),
    (StateFilter.SCHEDULED, "Scheduled"),
    (StateFilter.UNDER_WAY, "Under way"),
    (StateFilter.ON_HOLD, "On hold"),
    (StateFilter.TO_BILL, "Done, to invoice"),
    (StateFilter.DONE, "Done and invoiced"),
    (StateFilter.CANCELLED, "Cancelled"),
)


def stands(work: Work, asked: Asked) -> Selected:
    """Return the facts of jobs by state, or by the sort of work; one row a job."""
    if asked.by is By.STATE:
        key: ColumnElement[str] = case(*((condition_of(state), literal(state.value)) for state, _ in STATES))
        name = key
    else:
        name = func.coalesce(JobType.name, "No sort of work named")
        key = name
    since, until = _moments(work, asked.since, asked.until)
    closed = [
        and_(at >= since, at < until) for at in (Job.completed_at.expression, Job.cancelled_at.expression)
    ]
    statement = (
        select(
            key.label("key"),
            name.label("name"),
            func.date(Job.created_at, type_=Date()).label("day"),
            literal(f"{LETTERS['job']}-").concat(Job.id).label("ref"),
            Job.title.label("about"),
            Job.client_id.label("client_id"),
            Client.name.label("client_name"),
            literal(1).label("jobs"),
        )
        .join(Client, Client.id == Job.client_id)
        .outerjoin(JobType, JobType.id == Job.job_type_id)
        .where(Job.merged_at.is_(None), or_(still_open(), *closed))
    )
    statement = statement.where(*asked.of(Job.client_id))
    return Selected(work, statement)


def _moments(work: Work, since: date, until: date) -> tuple[datetime, datetime]:
    return (
        to_utc(work, datetime.combine(since, time.min)),
        to_utc(work, datetime.combine(until + timedelta(days=1), time.min)),
    )
