"""Margins: what finished jobs brought and took, by job, service, person, client, kind or source of work.

The numbers are those of costing, live: a job counts on the day it was completed, its callbacks with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from opsystem.business.costing.parts import Head, shared
from opsystem.business.costing.persons import heads_by_person
from opsystem.business.costing.queries import job_costs, jobs_completed
from opsystem.business.costing.records import JobCost
from opsystem.business.costing.services import heads_by_service
from opsystem.business.intake.models import Request
from opsystem.business.intake.records import SOURCE_NAMES, Source
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.stamps.models import TimeEntry
from opsystem.business.jobtypes.models import JobType
from opsystem.business.profile.queries import zone_of
from opsystem.business.reports.asked import PERIODS, Asked, key_of_day
from opsystem.business.reports.facts import Gathered
from opsystem.business.reports.records import By, ReportRow
from opsystem.kit import clock
from opsystem.operations import Work

BOOKED, NO_TYPE = "Booked by the office", "No sort of work named"


def earning(work: Work, asked: Asked) -> Gathered:
    """Return the facts of margins: one row a job, or one for each service or person of a job."""
    chosen = jobs_completed(work, asked.since, asked.until)
    chosen = chosen.where(*asked.of(Job.client_id))
    if asked.member_id is not None:
        theirs = select(TimeEntry.job_id).where(
            TimeEntry.member_id == asked.member_id, TimeEntry.removed_at.is_(None)
        )
        chosen = chosen.where(Job.id.in_(theirs))
    jobs = list(work.session.scalars(chosen))
    costs, zone = job_costs(work, jobs), zone_of(work.session)
    heads = _heads(work, asked, jobs, costs)
    rows = []
    for job, cost in zip(jobs, costs, strict=True):
        day = clock.local(job.completed_at or job.created_at, zone).date()
        for part in shared(cost, heads.get(job.id) or [_head_of_day(asked, day)]):
            values = [part.revenue, part.parts, part.labor, part.expenses, part.margin]
            rows.append(
                ReportRow(
                    part.key, part.name, day, cost.job, cost.title, cost.client, cost.client_name, values
                )
            )
    return Gathered(rows)


def _heads(work: Work, asked: Asked, jobs: Sequence[Job], costs: Sequence[JobCost]) -> dict[int, list[Head]]:
    """Return under what each job stands; nothing where its day says it."""
    if asked.by in PERIODS:
        return {}
    if asked.by is By.SERVICE:
        return heads_by_service(work, costs)
    if asked.by is By.PERSON:
        return heads_by_person(work, costs)
    if asked.by is By.CLIENT:
        return {one.job_id: [Head(one.client, one.client_name)] for one in costs}
    if asked.by is By.SOURCE:
        return _sources(work, jobs)
    if asked.by is By.TYPE:
        names = dict(work.session.execute(select(JobType.id, JobType.name)).all())
        types = {job.id: names.get(job.job_type_id or 0, NO_TYPE) for job in jobs}
        return {number: [Head(name, name)] for number, name in types.items()}
    return {one.job_id: [Head(one.job, f"{one.job} {one.title}")] for one in costs}


def _sources(work: Work, jobs: Sequence[Job]) -> dict[int, list[Head]]:
    """Return which way the work of each job came: that of the first request it was made of."""
    asked_for = select(Request.job_id, Request.source).where(Request.job_id.in_([job.id for job in jobs]))
    sources = dict(work.session.execute(asked_for.order_by(Request.id.desc())).all())
    return {
        job.id: [
            Head(sources[job.id], SOURCE_NAMES[Source(sources[job.id])])
            if job.id in sources
            else Head("-", BOOKED)
        ]
        for job in jobs
    }


def _head_of_day(asked: Asked, day: date) -> Head:
    key = key_of_day(asked.by, day)
    return Head(key, key)
