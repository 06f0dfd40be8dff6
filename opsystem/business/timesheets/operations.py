"""What may be done about hours: typing them, correcting them with a reason, approving weeks, their cost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.scheduling import When, say_time
from opsystem.business.jobs.stamps.entries import follow_stamps
from opsystem.business.jobs.stamps.models import Stamp, TimeEntry
from opsystem.business.jobs.stamps.spans import Sort
from opsystem.business.profile.queries import to_utc
from opsystem.business.references import JobRef, MemberRef, TimeRef, number_of
from opsystem.business.team.models import Member
from opsystem.business.timesheets.models import HourCost, WeekApproval
from opsystem.business.timesheets.weeks import approval_of, bounds, monday_of, refuse_if_approved
from opsystem.business.wording import Line, Name
from opsystem.kit.errors import Conflict, Forbidden, Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation

_LONGEST = timedelta(hours=24)


@operation(permission=Permission.TIME_WRITE, effect=Effect.COMMIT, label="Add time")
def add_time(
    work: Work,
    *,
    starts_at: When,
    ends_at: When,
    sort: Sort = Sort.WORK,
    member: MemberRef | None = None,
    job: JobRef | None = None,
    note: Line = "",
) -> Saved:
    """Write hours down by hand, the own ones when no `member` is named, for a job or none."""
    whose = _whose(work, member)
    begins, ends = _stretch(work, starts_at, ends_at)
    refuse_if_approved(work, whose.id, begins, ends)
    row = TimeEntry(
        member_id=whose.id,
        job_id=work.get(Job, number_of(job), "job").id if job is not None else None,
        sort=sort.value,
        starts_at=begins,
        ends_at=ends,
        note=note,
        written_by=work.actor.name,
    )
    work.session.add(row)
    work.session.flush()
    work.describe(f"Wrote down {sort.value} of {whose.name}, {say_time(work, begins)}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.TIME_WRITE, effect=Effect.COMMIT, label="Correct time")
def correct_time(
    work: Work,
    *,
    entry: TimeRef,
    reason: Name,
    starts_at: When | None = None,
    ends_at: When | None = None,
    sort: Sort | None = None,
) -> Saved:
    """Correct an entry of the time sheet, and say why. Stamps do not change it any more after that."""
    row = _present(work, entry)
    begins, ends = _stretch(work, starts_at or row.starts_at, ends_at or row.ends_at or work.now)
    refuse_if_approved(work, row.member_id, row.starts_at, begins, ends)
    row.starts_at, row.ends_at, row.reason = begins, ends, reason
    row.sort = sort.value if sort is not None else row.sort
    row.corrected_at, row.corrected_by = work.now, work.actor.name
    work.describe(f"Corrected {row.ref}: {reason}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.TIME_WRITE, effect=Effect.COMMIT, label="Remove time")
def remove_time(work: Work, *, entry: TimeRef, reason: Name) -> Saved:
    """Take an entry out of the time sheet, and say why."""
    row = _present(work, entry)
    refuse_if_approved(work, row.member_id, row.starts_at, row.ends_at)
    row.removed_at, row.removed_by, row.reason = work.now, work.actor.name, reason
    work.describe(f"Removed {row.ref}: {reason}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.TEAM_MANAGE, effect=Effect.COMMIT, label="Approve week")
def approve_week(work: Work, *, member: MemberRef, monday: date, open_again: bool = False) -> Saved:
    """Approve somebody's week: nothing in it can be changed any more, until it is opened again.

    Stamps that reach us late are kept and count from then on. Any day of the week names it. Refused while
    something of it still runs.
    """
    whose, first = work.get(Member, number_of(member), "person on the team"), monday_of(monday)
    start, end = bounds(work, first, first + timedelta(days=6))
    known = approval_of(work, whose.id, start)
    if open_again is (known is None):
        raise Conflict(
            "This week is open." if open_again else "This week is approved already.", code="no_change"
        )
    if known is not None:
        work.session.delete(known)
        work.session.flush()
        _catch_up(work, whose.id, start, end)
        work.describe(f"Opened the week of {first:%b} {first.day} of {whose.name} again")
        return Saved(whose.ref, whose.id)
    running = select(TimeEntry.id).where(
        TimeEntry.member_id == whose.id,
        TimeEntry.starts_at >= start,
        TimeEntry.starts_at < end,
        TimeEntry.ends_at.is_(None),
        TimeEntry.removed_at.is_(None),
    )
    if work.session.scalar(running.limit(1)) is not None:
        raise Conflict(f"Something of {whose.name} still runs in this week.", code="still_running")
    work.session.add(
        WeekApproval(member_id=whose.id, monday=first, approved_at=work.now, approved_by=work.actor.name)
    )
    work.describe(f"Approved the week of {first:%b} {first.day} of {whose.name}")
    return Saved(whose.ref, whose.id)


@operation(permission=Permission.BOOKS_WRITE, effect=Effect.COMMIT, label="Set hour cost", assistant=False)
def set_hour_cost(
    work: Work, *, member: MemberRef, cents: Annotated[int, Field(ge=0, le=100_000)], since: date
) -> Saved:
    """Say what an hour of somebody costs from a day on, in US cents: wages, insurance, everything.

    Only owner, admin and bookkeeper know it; Claude is not asked to handle wages.
    """
    whose = work.get(Member, number_of(member), "person on the team")
    monday_of(since)
    same = select(HourCost).where(HourCost.member_id == whose.id, HourCost.since == since)
    row = work.session.scalars(same).one_or_none()
    if row is None:
        row = HourCost(member_id=whose.id, since=since, cents=cents, set_at=work.now, set_by=work.actor.name)
        work.session.add(row)
    row.cents, row.set_at, row.set_by = cents, work.now, work.actor.name
    work.describe(f"Set what an hour of {whose.name} costs")
    return Saved(whose.ref, whose.id)


def _catch_up(work: Work, member_id: int, start: datetime, end: datetime) -> None:
    late = select(Stamp.visit_id).where(Stamp.member_id == member_id, Stamp.at >= start, Stamp.at < end)
    for visit_id in work.session.scalars(late.distinct()).all():
        follow_stamps(work, work.get(Visit, visit_id, "visit"), member_id)


def _whose(work: Work, reference: str | None) -> Member:
    number = number_of(reference) if reference is not None else work.actor.member_id
    if number != work.actor.member_id and work.actor.is_restricted:
        raise Forbidden("You write down your own hours only.", code="not_yours")
    return work.get(Member, number, "person on the team")


def _present(work: Work, reference: str) -> TimeEntry:
    row = work.get(TimeEntry, number_of(reference), "entry")
    if row.removed_at is not None:
        raise Conflict(f"{row.ref} was removed.", code="removed")
    return row


def _stretch(work: Work, starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    begins, ends = to_utc(work, starts_at), to_utc(work, ends_at)
    if not timedelta(0) < ends - begins <= _LONGEST:
        message = "The end must be after the beginning, by 24 hours at most."
        raise Invalid(message, code="bad_stretch", fields={"ends_at": message})
    return begins, ends
