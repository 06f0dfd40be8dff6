"""Changing a series from a day on: what lies before stays as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field
from sqlalchemy import select, update

from opsystem.business.jobs.models import Visit
from opsystem.business.jobs.scheduling import local_day, open_job
from opsystem.business.recurring.models import Series, SeriesMember
from opsystem.business.recurring.rules import days_of
from opsystem.business.references import number_of
from opsystem.business.team.models import Member
from opsystem.kit.errors import Conflict
from opsystem.operations import Work

_CLOCK = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


def _clock_time(text: str) -> str:
    if not _CLOCK.match(text):
        raise ValueError("Give a time of day like 09:00.")
    return text


ClockTime = Annotated[
    str, AfterValidator(_clock_time), Field(description="Time of day of the business's zone, like 09:00.")
]
Again = Annotated[int, Field(ge=1, le=365, description="Every how many of the unit.")]
Length = Annotated[int, Field(ge=5, le=1440, description="How long a visit takes, in minutes.")]


def open_series(work: Work, reference: str) -> Series:
    """Return a series that still runs, of a job that is open. Raises NotFound, Conflict."""
    row = work.get(Series, number_of(reference), "recurring work")
    if row.ended_at is not None:
        raise Conflict(f"{row.ref} was ended by {row.ended_by}.", code="series_ended")
    open_job(work, row.job_id)
    return row


def set_people(work: Work, series: Series, people: Sequence[Member]) -> None:
    """Say who goes to the visits of a series: exactly these."""
    wanted = {person.id for person in people}
    for row in list(work.session.scalars(select(SeriesMember).where(SeriesMember.series_id == series.id))):
        if row.member_id in wanted:
            wanted.remove(row.member_id)
        else:
            work.session.delete(row)
    work.session.add_all(SeriesMember(series_id=series.id, member_id=number) for number in sorted(wanted))
    work.session.flush()


def split(work: Work, series: Series, day: date) -> Series:
    """End a series before a day and return one that goes on from there, with the same rhythm and people."""
    behind = sum(1 for one in days_of(series, day) if one < day) if series.count is not None else 0
    copied = (
        "job_id", "rule", "at_time", "minutes", "until", "instructions", "checklist_id", "skips_holidays",
        "paused_from", "paused_until",
    )  # fmt: skip
    rest = Series(
        **{name: getattr(series, name) for name in copied},
        # The rhythm of every second week goes on counting from a day it really has.
        first_day=next((one for one in days_of(series, day + timedelta(days=800)) if one >= day), day),
        count=max(1, series.count - behind) if series.count is not None else None,
        created_at=work.now,
        created_by=work.actor.name,
    )
    series.until, series.count = day - timedelta(days=1), None
    work.session.add(rest)
    work.session.flush()
    for member in list(work.session.scalars(select(SeriesMember).where(SeriesMember.series_id == series.id))):
        work.session.add(SeriesMember(series_id=rest.id, member_id=member.member_id))
    mine = (Visit.series_id == series.id) & (Visit.series_day >= day)
    work.session.execute(update(Visit).where(mine).values(series_id=rest.id))
    work.session.flush()
    work.session.expire_all()
    return rest


def close_series(work: Work, series: Series, since: date) -> None:
    """Let a series have no day from this one on; without a day left before it, it is over now."""
    series.until, series.count = since - timedelta(days=1), None
    if since <= local_day(work, work.now):
        series.ended_at, series.ended_by = work.now, work.actor.name
