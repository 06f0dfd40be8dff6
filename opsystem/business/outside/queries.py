"""What the doors for links ask, as the system: whose calendar, which job. And which links there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.jobs.models import Assignment, Job, Visit
from opsystem.business.jobs.queries.rows import visit_rows, visits_with_all
from opsystem.business.jobs.queries.tasks import task_rows
from opsystem.business.jobs.records import TaskRow, VisitRow
from opsystem.business.outside.models import CalendarLink, JobLink
from opsystem.business.outside.operations import digest_of, open_job_link
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import JobRef, number_of
from opsystem.business.team.models import Member
from opsystem.kit.errors import NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

_BEHIND, _AHEAD = timedelta(days=31), timedelta(days=366)


@dataclass(frozen=True)
class Appointment:
    """A visit as a calendar outside may know it: times and numbers."""

    visit: str
    job: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class JobLinkRow:
    """A link to a job: for whom, until when."""

    id: int
    name: str
    made_at: datetime
    made_by: str
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class SharedJob:
    """One job as a helper sees it: no prices, no names of the office, no full phone number."""

    business: str
    zone: str
    title: str
    ref: str
    client_first: str
    phone_masked: str
    notes: str
    visits: list[VisitRow]
    tasks: list[TaskRow]
    expires_at: datetime


@query(permission=Permission.DELIVER, label="Read calendar link", assistant=False)
def appointments_of(work: Work, *, secret: str) -> list[Appointment]:
    """Return the visits of whoever a calendar's secret belongs to: a month back, a year ahead."""
    link = work.session.scalars(
        select(CalendarLink).where(CalendarLink.digest == digest_of("calendar", secret))
    ).first()
    member = work.session.get(Member, link.member_id) if link is not None else None
    if link is None or link.revoked_at is not None or member is None or member.removed_at is not None:
        raise NotFound("This link leads nowhere any more.", code="no_link")
    mine = (
        select(Visit)
        .join(Assignment, Assignment.visit_id == Visit.id)
        .where(
            Assignment.member_id == member.id,
            Visit.cancelled_at.is_(None),
            Visit.starts_at >= work.now - _BEHIND,
            Visit.starts_at < work.now + _AHEAD,
        )
        .order_by(Visit.starts_at, Visit.id)
    )
    return [
        Appointment(row.ref, make_ref("job", row.job_id), row.starts_at, row.ends_at, work.now)
        for row in work.session.scalars(mine)
    ]


@query(permission=Permission.DELIVER, label="Read job link", assistant=False)
def shared_job(work: Work, *, secret: str) -> SharedJob:
    """Return the one job a helper's secret shows."""
    link = open_job_link(work, secret, work.now)
    job, profile = work.get(Job, link.job_id, "job"), profile_row(work.session)
    visits = visits_with_all().where(Visit.job_id == job.id, Visit.cancelled_at.is_(None))
    client = work.get(Client, job.client_id, "client")
    first = client.name.split()[0]
    found = visit_rows(work, visits.order_by(Visit.starts_at, Visit.id))
    rows = [replace(row, client_name=first, client_phone=None) for row in found]
    return SharedJob(
        business=profile.name,
        zone=profile.zone,
        title=job.title,
        ref=job.ref,
        client_first=first,
        phone_masked=f"ends in {client.phone[-4:]}" if client.phone else "",
        notes=job.notes,
        visits=rows,
        tasks=task_rows(work, job.id),
        expires_at=link.expires_at,
    )


@query(permission=Permission.JOBS_WRITE, label="List job links")
def list_job_links(work: Work, *, job: JobRef) -> list[JobLinkRow]:
    """List the links by which helpers see a job, the newest first."""
    rows = select(JobLink).where(JobLink.job_id == number_of(job)).order_by(JobLink.id.desc())
    return [
        JobLinkRow(row.id, row.name, row.made_at, row.made_by, row.expires_at, row.revoked_at)
        for row in work.session.scalars(rows)
    ]


@query(permission=Permission.JOBS_READ, label="Show calendar link", assistant=False)
def calendar_link_made_at(work: Work) -> datetime | None:
    """Return since when you have a calendar link, None without one. It names nobody else's."""
    mine = select(CalendarLink.made_at).where(
        CalendarLink.member_id == work.actor.member_id, CalendarLink.revoked_at.is_(None)
    )
    return work.session.scalar(mine)
