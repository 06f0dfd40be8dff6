"""What may be done about recurring work. One visit alone is moved or cancelled like any other visit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.checklists.models import Checklist
from opsystem.business.jobs.scheduling import Members, find_people, local_day, open_job
from opsystem.business.jobtypes.fitness import refuse_unfit
from opsystem.business.recurring.changing import (
    Again,
    ClockTime,
    Length,
    close_series,
    open_series,
    set_people,
    split,
)
from opsystem.business.recurring.making import LANE, call_off, follow, make_ahead, still_planned
from opsystem.business.recurring.models import Series
from opsystem.business.recurring.records import SeriesRow
from opsystem.business.recurring.rows import series_rows
from opsystem.business.recurring.rules import Unit, Weekday, check_end, make_rule, say_rule
from opsystem.business.references import ChecklistRef, JobRef, SeriesRef, number_of
from opsystem.business.wording import Words
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Work, operation

FromDay = Annotated[
    date | None, Field(description="This day and all after it; none for everything that is still ahead.")
]


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Repeat job")
def repeat_job(
    work: Work,
    *,
    job: JobRef,
    first_day: date,
    at_time: ClockTime,
    every: Again = 1,
    unit: Unit = Unit.WEEK,
    weekdays: tuple[Weekday, ...] = (),
    same_weekday: bool = False,
    minutes: Length = 60,
    members: Members = (),
    until: date | None = None,
    count: Annotated[int | None, Field(ge=1, le=1000)] = None,
    instructions: Words = "",
    checklist: ChecklistRef | None = None,
    skips_holidays: bool = False,
) -> SeriesRow:
    """Let a job come again: every so many days, weeks or months, at a time of day of the business's zone.

    Visits of the next 60 days are made at once, the others as time goes on. It ends on the day `until`, after
    `count` visits, or never. `same_weekday` repeats months as "the second Tuesday". Each visit has its own
    checklist. With `skips_holidays` no visit is made on a day the whole business is closed.
    """
    row = open_job(work, number_of(job))
    check_end(first_day, until, count)
    if not 2000 <= first_day.year <= 2100:
        message = "Give a day between 2000 and 2100."
        raise Invalid(message, code="bad_day", fields={"first_day": message})
    people = find_people(work, members)
    refuse_unfit(work, row.job_type_id, people, first_day)
    series = Series(
        job_id=row.id,
        rule=make_rule(every, unit, first_day, weekdays, same_weekday=same_weekday),
        first_day=first_day,
        at_time=at_time,
        minutes=minutes,
        until=until,
        count=count,
        instructions=instructions,
        checklist_id=work.get(Checklist, number_of(checklist), "checklist").id if checklist else None,
        skips_holidays=skips_holidays,
        created_at=work.now,
        created_by=work.actor.name,
    )
    work.session.add(series)
    work.session.flush()
    set_people(work, series, people)
    make_ahead(work, series)
    work.set_alarm(LANE, work.now + timedelta(hours=6))
    work.describe(f"{row.ref} “{row.title}” comes again: {say_rule(series).lower()}")
    return _told(work, series)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Edit series")
def edit_series(
    work: Work,
    *,
    series: SeriesRef,
    from_day: FromDay = None,
    at_time: ClockTime | None = None,
    minutes: Length | None = None,
    members: Members | None = None,
    every: Again | None = None,
    unit: Unit | None = None,
    weekdays: tuple[Weekday, ...] = (),
    same_weekday: bool = False,
    until: date | None = None,
    instructions: Words | None = None,
    skips_holidays: bool | None = None,
) -> SeriesRow:
    """Change recurring work: everything still ahead, or with `from_day` that day's visit and all after it.

    What has begun, is over or was cancelled stays as it is. What is not given stays. Give `every` and `unit`
    together to change the rhythm. From a day on, the rest becomes a series of its own.
    """
    row = open_series(work, series)
    if (every is None) is not (unit is None):
        message = "Give both: every how many, and of what."
        raise Invalid(message, code="half_rule", fields={"every": message})
    people = find_people(work, members) if members is not None else None
    since = max(from_day or local_day(work, work.now), local_day(work, work.now))
    if from_day is not None and from_day > row.first_day:
        row = split(work, row, from_day)
    if every is not None and unit is not None:
        anchor = since if from_day is not None else row.first_day
        row.rule = make_rule(every, unit, anchor, weekdays, same_weekday=same_weekday)
    if until is not None:
        check_end(row.first_day, until, None)
        row.until, row.count = until, None
    row.at_time = at_time or row.at_time
    row.minutes = minutes or row.minutes
    row.instructions = instructions if instructions is not None else row.instructions
    row.skips_holidays = skips_holidays if skips_holidays is not None else row.skips_holidays
    if people is not None:
        set_people(work, row, people)
    follow(work, row, since)
    work.describe(f"Changed {row.ref}: {say_rule(row).lower()} at {row.at_time}")
    return _told(work, row)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="End series")
def end_series(work: Work, *, series: SeriesRef, from_day: FromDay = None) -> SeriesRow:
    """End recurring work: cancel what is still ahead, or with `from_day` that day's visit and all after it.

    The job stays, as a one-off job, with everything that was done.
    """
    row = open_series(work, series)
    since = max(from_day or local_day(work, work.now), local_day(work, work.now))
    for visit in still_planned(work, row, since):
        visit.cancelled_at, visit.cancelled_by = work.now, work.actor.name
    close_series(work, row, since)
    work.describe(f"Ended {row.ref} from {since:%b} {since.day} on")
    return _told(work, row)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Pause series")
def pause_series(work: Work, *, series: SeriesRef, since: date, until: date | None = None) -> SeriesRow:
    """Let recurring work rest from a day to a day, both included, or until somebody resumes it."""
    row = open_series(work, series)
    check_end(since, until, None)
    row.paused_from, row.paused_until = since, until
    for visit in still_planned(work, row, max(since, local_day(work, work.now))):
        if visit.series_day is not None and (until is None or visit.series_day <= until):
            call_off(work, visit)
    work.describe(f"Paused {row.ref} from {since:%b} {since.day} on")
    return _told(work, row)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Resume series")
def resume_series(work: Work, *, series: SeriesRef) -> SeriesRow:
    """Take recurring work up again: visits from today on are made anew."""
    row = open_series(work, series)
    if row.paused_from is None:
        raise Conflict(f"{row.ref} is not paused.", code="not_paused")
    row.paused_from = row.paused_until = None
    follow(work, row, local_day(work, work.now))
    work.describe(f"Resumed {row.ref}")
    return _told(work, row)


@operation(permission=Permission.DELIVER, effect=Effect.COMMIT, label="Make visits ahead", assistant=False)
def make_due_visits(work: Work) -> int:
    """Make the visits of every series up to 60 days ahead; return how many were missing."""
    running = select(Series).where(Series.ended_at.is_(None)).order_by(Series.id)
    made = sum(make_ahead(work, series) for series in work.session.scalars(running).all())
    work.describe(f"Made {made} visits of recurring work ahead")
    return made


def _told(work: Work, series: Series) -> SeriesRow:
    work.session.flush()
    return series_rows(work, select(Series).where(Series.id == series.id))[0]
