"""Where a job stands, told from its dated facts: for one job in words, for a list as conditions.

No state is written down: each of them is a question to facts that have a date and an author.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.records import JobFact, JobState

_Any = aliased(Visit)
_LEFT_OPEN = (_Any.job_id == Job.id, _Any.cancelled_at.is_(None), _Any.finished_at.is_(None))


def planned_visit_of_job() -> ColumnElement[bool]:
    """Return the condition that a job has a visit, also one that is over, which is more than a look at it."""
    return exists(
        select(_Any.id).where(_Any.job_id == Job.id, _Any.cancelled_at.is_(None), ~_Any.is_assessment)
    )


def under_way() -> ColumnElement[bool]:
    """Return the condition that somebody is at work on a job."""
    return exists(select(_Any.id).where(*_LEFT_OPEN, _Any.started_at.is_not(None)))


def on_the_way() -> ColumnElement[bool]:
    """Return the condition that somebody is on the way to a job."""
    return exists(select(_Any.id).where(*_LEFT_OPEN, _Any.on_way_at.is_not(None)))


def is_recurring() -> ColumnElement[bool]:
    """Return the condition that a job has visits of a series ahead or behind."""
    return exists(select(_Any.id).where(_Any.job_id == Job.id, _Any.series_id.is_not(None)))


def is_agreed() -> ColumnElement[bool]:
    """Return the condition that nothing is to be asked or quoted before a job gets its time."""
    return Job.approved_at.is_not(None) | (Job.requested_at.is_(None) & Job.quoted_at.is_(None))


def job_state(job: Job, *, planned: bool, working: bool, coming: bool) -> JobState:
    """Return where a job stands; what is newest on its way counts."""
    if job.merged_at is not None:
        return JobState.MERGED
    if job.cancelled_at is not None:
        return JobState.CANCELLED
    if job.completed_at is not None:
        if job.paid_at is not None:
            return JobState.PAID
        return JobState.INVOICED if job.invoiced_at is not None else JobState.DONE
    if job.held_at is not None:
        return JobState.ON_HOLD
    if working:
        return JobState.WORKING
    if coming:
        return JobState.ON_THE_WAY
    return JobState.SCHEDULED if planned else _before_its_time(job)


def _before_its_time(job: Job) -> JobState:
    if job.approved_at is not None:
        return JobState.UNSCHEDULED
    if job.quoted_at is not None:
        return JobState.QUOTED
    if job.assessed_at is not None:
        return JobState.ASSESSED
    return JobState.REQUESTED if job.requested_at is not None else JobState.UNSCHEDULED


_FACTS = (
    "requested", "created", "assessed", "quoted", "approved", "held", "completed", "invoiced", "paid",
    "unbilled",    "cancelled", "merged",
)  # fmt: skip


def facts_of(job: Job) -> list[JobFact]:
    """Return the dated facts of a job, the earliest first."""
    return sorted(_told(job), key=lambda fact: fact.at)


def _told(job: Job) -> Iterator[JobFact]:
    for name in _FACTS:
        at = getattr(job, f"{name}_at")
        if at is not None:
            why = job.hold_reason if name == "held" else ""
            yield JobFact(name, at, getattr(job, f"{name}_by") or "", why)
