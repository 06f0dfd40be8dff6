"""How series are told."""

from __future__ import annotations

from sqlalchemy import Select

from opsystem.business.clients.models import Client
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.records import Assignee
from opsystem.business.jobs.scheduling import local_day
from opsystem.business.recurring.making import people_of, still_planned
from opsystem.business.recurring.models import Series
from opsystem.business.recurring.records import SeriesRow
from opsystem.business.recurring.rules import say_rule
from opsystem.operations import Work


def series_rows(work: Work, statement: Select[Series]) -> list[SeriesRow]:
    """Return what is told about series, in the statement's order."""
    return [_row(work, series) for series in work.session.scalars(statement).all()]


def _row(work: Work, series: Series) -> SeriesRow:
    job = work.get(Job, series.job_id, "job")
    client = work.get(Client, job.client_id, "client")
    ahead = still_planned(work, series, local_day(work, work.now))
    return SeriesRow(
        ref=series.ref,
        id=series.id,
        job=job.ref,
        job_id=job.id,
        title=job.title,
        client_id=client.id,
        client_name=client.name,
        rhythm=say_rule(series),
        rule=series.rule,
        first_day=series.first_day,
        at_time=series.at_time,
        minutes=series.minutes,
        until=series.until,
        count=series.count,
        members=[Assignee(one.ref, one.id, one.name) for one in people_of(work, series)],
        skips_holidays=series.skips_holidays,
        next_day=ahead[0].series_day if ahead else None,
        planned=len(ahead),
        paused_from=series.paused_from,
        paused_until=series.paused_until,
        ended_at=series.ended_at,
        ended_by=series.ended_by,
    )
