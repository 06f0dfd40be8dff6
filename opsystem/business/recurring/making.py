"""Making the visits of a series, ahead to a horizon; never one twice, never one over what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, select

from opsystem.business.hours.holidays import holidays
from opsystem.business.jobs.beginning import begin_with
from opsystem.business.jobs.models import Assignment, Job, Visit
from opsystem.business.jobs.scheduling import local_day
from opsystem.business.jobtypes.fitness import obstacles
from opsystem.business.profile.queries import to_utc
from opsystem.business.recurring.models import Series, SeriesMember
from opsystem.business.recurring.rules import days_of
from opsystem.business.team.models import Member
from opsystem.operations import Work

HORIZON = timedelta(days=60)
LANE = "recurring"


def make_ahead(work: Work, series: Series) -> int:
    """Make the visits that are missing up to the horizon; return how many."""
    last = local_day(work, work.now) + HORIZON
    job, people = work.get(Job, series.job_id, "job"), people_of(work, series)
    known = set(work.session.scalars(select(Visit.series_day).where(Visit.series_id == series.id)))
    begun = max(series.first_day, series.made_until or series.first_day)
    made = 0
    for day in kept_days(work, series, last):
        if day >= begun and day not in known and series.ended_at is None and job.is_open:
            _make(work, series, job, people, day)
            made += 1
    series.made_until = last
    work.session.flush()
    return made


def kept_days(work: Work, series: Series, last: date) -> list[date]:
    """Return the days of a series up to a last one, without holidays where it passes them over.

    A day passed over is not made up for, and counts where the series ends after a number of visits.
    """
    days = list(days_of(series, last))
    if not series.skips_holidays or not days:
        return days
    closed = holidays(work.session, days[0], last)
    return [day for day in days if day not in closed]


def people_of(work: Work, series: Series) -> list[Member]:
    """Return who goes to the visits of a series: people still on the team."""
    statement = (
        select(Member)
        .join(SeriesMember, SeriesMember.member_id == Member.id)
        .where(SeriesMember.series_id == series.id, Member.removed_at.is_(None))
        .order_by(Member.id)
    )
    return list(work.session.scalars(statement))


def times_of(work: Work, series: Series, day: date) -> tuple[datetime, datetime]:
    """Return when the visit of a day begins and ends, by the wall clock of the business."""
    begins = to_utc(work, datetime.combine(day, time.fromisoformat(series.at_time)))
    return begins, begins + timedelta(minutes=series.minutes)


def still_planned(work: Work, series: Series, since: date) -> list[Visit]:
    """Return the visits of a series from a day on that nobody has begun, cancelled or finished."""
    statement = select(Visit).where(
        Visit.series_id == series.id,
        Visit.series_day >= since,
        Visit.on_way_at.is_(None),
        Visit.started_at.is_(None),
        Visit.finished_at.is_(None),
        Visit.cancelled_at.is_(None),
    )
    return list(work.session.scalars(statement.order_by(Visit.series_day)))


def follow(work: Work, series: Series, since: date) -> None:
    """Let the visits ahead be what the series says now: moved, called off or made anew."""
    last = local_day(work, work.now) + HORIZON
    wanted, people = (
        set(kept_days(work, series, max(last, series.made_until or last))),
        people_of(work, series),
    )
    job = work.get(Job, series.job_id, "job")
    for visit in still_planned(work, series, since):
        if visit.series_day not in wanted:
            call_off(work, visit)
            continue
        visit.starts_at, visit.ends_at = times_of(work, series, visit.series_day)
        visit.instructions = series.instructions
        _assign(work, visit, fit(work, job, people, visit.series_day))
    series.made_until = None if since <= series.first_day else since - timedelta(days=1)
    work.session.flush()
    make_ahead(work, series)


def call_off(work: Work, visit: Visit) -> None:
    """Cancel a visit its series no longer has; its day is free for another one."""
    visit.cancelled_at, visit.cancelled_by, visit.series_day = work.now, work.actor.name, None


def fit(work: Work, job: Job, people: Sequence[Member], day: date) -> list[Member]:
    """Return those of these people who may do the work on a day: the others are left out, not in the way."""
    return [person for person in people if not obstacles(work, job.job_type_id, [person], day)]


def _make(work: Work, series: Series, job: Job, people: Sequence[Member], day: date) -> None:
    begins, ends = times_of(work, series, day)
    visit = Visit(
        job_id=job.id,
        property_id=job.property_id,
        series_id=series.id,
        series_day=day,
        starts_at=begins,
        ends_at=ends,
        instructions=series.instructions,
    )
    work.session.add(visit)
    work.session.flush()
    _assign(work, visit, fit(work, job, people, day))
    begin_with(work, job, series.checklist_id, visit)


def _assign(work: Work, visit: Visit, people: Sequence[Member]) -> None:
    wanted = {person.id for person in people}
    known = set(work.session.scalars(select(Assignment.member_id).where(Assignment.visit_id == visit.id)))
    if known - wanted:
        work.session.execute(
            delete(Assignment).where(
                Assignment.visit_id == visit.id, Assignment.member_id.in_(known - wanted)
            )
        )
    work.session.add_all(Assignment(visit_id=visit.id, member_id=number) for number in sorted(wanted - known))
