"""What may be asked about hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Select, select

from opsystem.business.jobs.models import Job
from opsystem.business.jobs.stamps.models import TimeEntry
from opsystem.business.jobs.stamps.spans import Sort
from opsystem.business.profile.queries import zone_of
from opsystem.business.references import JobRef, MemberRef, number_of
from opsystem.business.team.models import Member
from opsystem.business.timesheets.models import HourCost
from opsystem.business.timesheets.records import HourCostRow, TimeRow, WeekSheet
from opsystem.business.timesheets.weeks import approval_of, bounds, monday_of
from opsystem.kit import clock
from opsystem.kit.errors import Forbidden, Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

_MOST_DAYS = 400
TimeSelect = Select[TimeEntry, Member, Job]


@query(permission=Permission.JOBS_READ, label="List time")
def list_time(
    work: Work, *, since: date, until: date, member: MemberRef | None = None, job: JobRef | None = None
) -> list[TimeRow]:
    """List travel, work and breaks from a day to a day, both included; a technician's own only."""
    if until < since or (until - since).days > _MOST_DAYS or not 1970 <= since.year <= until.year <= 2200:
        message = f"Ask for at most {_MOST_DAYS} days."
        raise Invalid(message, code="bad_days", fields={"until": message})
    _may_read(work, number_of(member) if member is not None else None)
    start, end = bounds(work, since, until)
    statement = _entries().where(TimeEntry.starts_at >= start, TimeEntry.starts_at < end)
    if member is not None:
        statement = statement.where(TimeEntry.member_id == number_of(member))
    if job is not None:
        statement = statement.where(TimeEntry.job_id == number_of(job))
    return time_rows(work, statement)


@query(permission=Permission.JOBS_READ, label="Show week")
def show_week(work: Work, *, day: date, member: MemberRef | None = None) -> WeekSheet:
    """Show somebody's week, the own one when nobody is named: entries, travel, work and break in minutes."""
    number = number_of(member) if member is not None else work.actor.member_id
    _may_read(work, number)
    whose, monday = work.get(Member, number, "person on the team"), monday_of(day)
    start, end = bounds(work, monday, monday + timedelta(days=6))
    mine = _entries().where(
        TimeEntry.member_id == whose.id, TimeEntry.starts_at >= start, TimeEntry.starts_at < end
    )
    rows = time_rows(work, mine)
    approval = approval_of(work, whose.id, start)
    return WeekSheet(
        member=whose.ref,
        member_name=whose.name,
        monday=monday,
        entries=rows,
        travel=_minutes(rows, Sort.TRAVEL),
        work=_minutes(rows, Sort.WORK),
        rest=_minutes(rows, Sort.BREAK),
        approved_at=approval.approved_at if approval is not None else None,
        approved_by=approval.approved_by if approval is not None else None,
    )


@query(permission=Permission.BOOKS_WRITE, label="List hour costs", assistant=False)
def list_hour_costs(work: Work) -> list[HourCostRow]:
    """List what an hour of each person costs, the newest first. Wages are none of Claude's business."""
    statement = (
        select(HourCost, Member)
        .join(Member, Member.id == HourCost.member_id)
        .order_by(Member.name, HourCost.since.desc())
    )
    return [
        HourCostRow(member.ref, member.name, row.since, row.cents)
        for row, member in work.session.execute(statement)
    ]


def time_rows(work: Work, statement: TimeSelect) -> list[TimeRow]:
    """Return what is told about entries."""
    zone = zone_of(work.session)
    return [_row(work, *found, zone=zone) for found in work.session.execute(statement)]


def minutes_of(entry: TimeEntry, now: datetime) -> int:
    """Return how long an entry is, in whole minutes; to now while it runs."""
    return max(0, round(((entry.ends_at or now) - entry.starts_at).total_seconds() / 60))


def _entries() -> TimeSelect:
    return (
        select(TimeEntry, Member, Job)
        .join(Member, Member.id == TimeEntry.member_id)
        .outerjoin(Job, Job.id == TimeEntry.job_id)
        .where(TimeEntry.removed_at.is_(None))
        .order_by(TimeEntry.starts_at, TimeEntry.id)
    )


def _row(work: Work, entry: TimeEntry, member: Member, job: Job | None, *, zone: str) -> TimeRow:
    return TimeRow(
        ref=entry.ref,
        id=entry.id,
        member=member.ref,
        member_name=member.name,
        job=job.ref if job is not None else None,
        job_title=job.title if job is not None else None,
        visit=make_ref("visit", entry.visit_id) if entry.visit_id is not None else None,
        sort=entry.sort,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        local_start=clock.local(entry.starts_at, zone),
        local_end=clock.local(entry.ends_at, zone) if entry.ends_at is not None else None,
        minutes=minutes_of(entry, work.now),
        from_stamps=entry.from_stamps,
        note=entry.note,
        reason=entry.reason,
        corrected_by=entry.corrected_by,
    )


def _minutes(rows: list[TimeRow], sort: Sort) -> int:
    return sum(row.minutes for row in rows if row.sort == sort)


def _may_read(work: Work, member_id: int | None) -> None:
    if member_id != work.actor.member_id and not work.actor.may(Permission.TIME_READ):
        raise Forbidden("You see your own hours only.", code="not_yours")
