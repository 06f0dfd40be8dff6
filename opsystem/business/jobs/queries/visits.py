"""Visits over a stretch of days, and one visit."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from opsystem.business.clients.models import Note
from opsystem.business.clients.queries import note_record
from opsystem.business.jobs.models import Assignment, Job, Visit
from opsystem.business.jobs.queries.rows import visit_rows, visits_with_all
from opsystem.business.jobs.queries.tasks import task_rows
from opsystem.business.jobs.records import VisitDetail, VisitRow
from opsystem.business.profile.queries import to_utc
from opsystem.business.references import MemberRef, VisitRef, number_of
from opsystem.kit.errors import Invalid
from opsystem.operations import Permission, Work, query

MOST_DAYS = 400


@query(permission=Permission.JOBS_READ, label="List visits")
def list_visits(
    work: Work,
    *,
    since: date,
    until: date,
    member: MemberRef | None = None,
    include_cancelled: bool = False,
) -> list[VisitRow]:
    """List the visits from the day `since` to the day `until`, both included, in the business's zone."""
    if until < since:
        message = "The last day is before the first."
        raise Invalid(message, code="bad_days", fields={"until": message})
    if (until - since).days > MOST_DAYS or not 1970 <= since.year <= until.year <= 2200:
        message = f"Ask for at most {MOST_DAYS} days."
        raise Invalid(message, code="too_many_days", fields={"until": message})
    start = to_utc(work, datetime.combine(since, time.min))
    end = to_utc(work, datetime.combine(until + timedelta(days=1), time.min))
    statement = (
        visits_with_all()
        .where(Visit.starts_at >= start, Visit.starts_at < end)
        .order_by(Visit.starts_at, Visit.id)
    )
    if not include_cancelled:
        statement = statement.where(Visit.cancelled_at.is_(None))
    if member is not None:
        theirs = select(Assignment.visit_id).where(Assignment.member_id == number_of(member))
        statement = statement.where(Visit.id.in_(theirs))
    return visit_rows(work, statement)


@query(permission=Permission.JOBS_READ, label="Show visit")
def show_visit(work: Work, *, visit: VisitRef) -> VisitDetail:
    """Show a visit: where, when, who, and the job's notes and checklist."""
    row = work.get(Visit, number_of(visit), "visit")
    job = work.get(Job, row.job_id, "job")
    notes = select(Note).where(Note.job_id == job.id).order_by(Note.id.desc())
    return VisitDetail(
        visit=visit_rows(work, visits_with_all().where(Visit.id == row.id))[0],
        job_notes=job.notes,
        tasks=task_rows(work, job.id, row.id),
        notes=[note_record(note) for note in work.session.scalars(notes)],
    )
