"""Hours: travel, work and breaks from the time sheets, in minutes."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.stamps.models import TimeEntry
from opsystem.business.jobs.stamps.spans import Sort
from opsystem.business.profile.queries import zone_of
from opsystem.business.reports.asked import PERIODS, Asked, key_of_day
from opsystem.business.reports.facts import Gathered
from opsystem.business.reports.records import By, ReportRow
from opsystem.business.team.models import Member
from opsystem.business.timesheets.queries import minutes_of
from opsystem.business.timesheets.weeks import bounds
from opsystem.kit import clock
from opsystem.operations import Work


def worked(work: Work, asked: Asked) -> Gathered:
    """Return the facts of hours by person, week, month or job; one row a stretch of time."""
    first, last = bounds(work, asked.since, asked.until)
    chosen = (
        select(TimeEntry, Member, Job, Client)
        .join(Member, Member.id == TimeEntry.member_id)
        .outerjoin(Job, Job.id == TimeEntry.job_id)
        .outerjoin(Client, Client.id == Job.client_id)
        .where(TimeEntry.removed_at.is_(None), TimeEntry.starts_at >= first, TimeEntry.starts_at < last)
    )
    if asked.member_id is not None:
        chosen = chosen.where(TimeEntry.member_id == asked.member_id)
    chosen = chosen.where(*asked.of(Job.client_id))
    zone, rows = zone_of(work.session), []
    for entry, member, job, client in work.session.execute(chosen):
        day, minutes = clock.local(entry.starts_at, zone).date(), minutes_of(entry, work.now)
        travel, at_work, rest = (minutes if entry.sort == sort else 0 for sort in _SORTS)
        key, name = member.ref, member.name
        if asked.by in PERIODS:
            key = name = key_of_day(asked.by, day)
        elif asked.by is By.JOB:
            key, name = (job.ref, f"{job.ref} {job.title}") if job is not None else ("-", "Not on a job")
        rows.append(
            ReportRow(
                key, name, day, entry.ref, f"{member.name}, {job.ref if job is not None else entry.sort}",
                client.ref if client is not None else None, client.name if client is not None else None,
                [travel, at_work, rest, travel + at_work],
            )
        )  # fmt: skip
    return Gathered(rows)


_SORTS = (Sort.TRAVEL, Sort.WORK, Sort.BREAK)
