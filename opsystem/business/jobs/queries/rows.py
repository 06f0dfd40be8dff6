"""How jobs and visits are told: a statement's rows, their people and next visits fetched together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from opsystem.business.clients.models import Client, Property
from opsystem.business.jobs.access import is_open
from opsystem.business.jobs.models import Assignment, Job, Visit
from opsystem.business.jobs.records import Assignee, JobRow, JobState, VisitRow, VisitState
from opsystem.business.jobs.states import is_recurring, job_state, on_the_way, planned_visit_of_job, under_way
from opsystem.business.profile.queries import zone_of
from opsystem.business.team.models import Member
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Work

VisitSelect = Select[Visit, Job, Client, Property]
_Next = aliased(Visit)
JobSelect = Select[Job, Client, Property]


def visits_with_all() -> VisitSelect:
    """Return the statement of visits with job, client and property (None for a job without one)."""
    return (
        select(Visit, Job, Client, Property)
        .join(Job, Job.id == Visit.job_id)
        .join(Client, Client.id == Job.client_id)
        .outerjoin(Property, Property.id == Visit.property_id)
    )


def jobs_with_all() -> JobSelect:
    """Return the statement of jobs with client and property (None for a job without one)."""
    return (
        select(Job, Client, Property)
        .join(Client, Client.id == Job.client_id)
        .outerjoin(Property, Property.id == Job.property_id)
    )


def visit_state(visit: Visit) -> VisitState:
    """Return where a visit stands."""
    if visit.cancelled_at is not None:
        return VisitState.CANCELLED
    if visit.finished_at is not None:
        return VisitState.FINISHED
    if visit.started_at is not None:
        return VisitState.STARTED
    return VisitState.ON_THE_WAY if visit.on_way_at is not None else VisitState.PLANNED


def visit_rows(work: Work, statement: VisitSelect) -> list[VisitRow]:
    """Return the rows of a statement of visits, in its order."""
    found = work.session.execute(statement).all()
    people = _assignees(work, [visit.id for visit, *_ in found])
    zone = zone_of(work.session) if found else "UTC"
    return [
        _visit_row(work, visit, job, client, place, people[visit.id], zone)
        for visit, job, client, place in found
    ]


def job_rows(work: Work, statement: JobSelect) -> list[JobRow]:
    """Return the rows of a statement of jobs, in its order, each with the visit that comes next."""
    asked = statement.add_columns(planned_visit_of_job(), under_way(), on_the_way(), is_recurring(), Visit)
    found = work.session.execute(asked.outerjoin(Visit, Visit.id == _next_visit(work.now))).all()
    people = _assignees(work, [row[7].id for row in found if row[7] is not None])
    zone = zone_of(work.session) if found else "UTC"
    rows = []
    for job, client, place, planned, working, coming, repeats, visit in found:
        following = None
        if visit is not None and job.is_open:
            following = _visit_row(work, visit, job, client, place, people[visit.id], zone)
        state = job_state(job, planned=planned, working=working, coming=coming)
        rows.append(_job_row(job, client, place, following, state, repeats=repeats))
    return rows


def _next_visit(now: datetime) -> ColumnElement[int]:
    """Return the visit that comes next for a job: the first not yet over, else the last one left open."""
    left_open = select(_Next.id).where(
        _Next.job_id == Job.id, _Next.cancelled_at.is_(None), _Next.finished_at.is_(None)
    )
    first = left_open.where(_Next.ends_at >= now).order_by(_Next.starts_at, _Next.id).limit(1)
    last = left_open.order_by(_Next.starts_at.desc(), _Next.id.desc()).limit(1)
    return func.coalesce(first.scalar_subquery(), last.scalar_subquery())


def _assignees(work: Work, visit_ids: Collection[int]) -> dict[int, list[Assignee]]:
    people: dict[int, list[Assignee]] = defaultdict(list)
    if not visit_ids:
        return people
    statement = (
        select(Assignment.visit_id, Member.id, Member.name)
        .join(Member, Member.id == Assignment.member_id)
        .where(Assignment.visit_id.in_(visit_ids))
        .order_by(Member.name, Member.id)
    )
    for visit_id, member_id, name in work.session.execute(statement):
        people[visit_id].append(Assignee(make_ref("member", member_id), member_id, name))
    return people


def _visit_row(
    work: Work,
    visit: Visit,
    job: Job,
    client: Client,
    place: Property | None,
    people: list[Assignee],
    zone: str,
) -> VisitRow:
    access = not work.actor.is_restricted or is_open(work.now, visit.starts_at, visit.ends_at, zone)
    return VisitRow(
        ref=visit.ref,
        id=visit.id,
        job=job.ref,
        job_id=job.id,
        title=job.title,
        client_phone=client.phone,
        access_notes=(place.access_notes if place is not None else "") if access else None,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        local_start=clock.local(visit.starts_at, zone),
        local_end=clock.local(visit.ends_at, zone),
        local_window_start=clock.local(visit.window_starts_at, zone) if visit.window_starts_at else None,
        local_window_end=clock.local(visit.window_ends_at, zone) if visit.window_ends_at else None,
        assignees=people,
        instructions=visit.instructions,
        state=visit_state(visit),
        window_starts_at=visit.window_starts_at,
        window_ends_at=visit.window_ends_at,
        series=make_ref("series", visit.series_id) if visit.series_id is not None else None,
        is_assessment=visit.is_assessment,
        on_way_at=visit.on_way_at,
        on_way_by=visit.on_way_by,
        paused_at=visit.paused_at,
        started_at=visit.started_at,
        started_by=visit.started_by,
        finished_at=visit.finished_at,
        finished_by=visit.finished_by,
        cancelled_at=visit.cancelled_at,
        cancelled_by=visit.cancelled_by,
        **_whose(client, place),
    )


def _job_row(
    job: Job,
    client: Client,
    place: Property | None,
    following: VisitRow | None,
    state: JobState,
    *,
    repeats: bool,
) -> JobRow:
    return JobRow(
        ref=job.ref,
        id=job.id,
        title=job.title,
        state=state,
        is_open=job.is_open,
        hold_reason=job.hold_reason if job.held_at is not None else "",
        job_type=make_ref("job_type", job.job_type_id) if job.job_type_id is not None else None,
        original_job=make_ref("job", job.original_job_id) if job.original_job_id is not None else None,
        merged_into=make_ref("job", job.merged_into_id) if job.merged_into_id is not None else None,
        is_recurring=repeats,
        created_at=job.created_at,
        created_by=job.created_by,
        completed_at=job.completed_at,
        completed_by=job.completed_by,
        cancelled_at=job.cancelled_at,
        cancelled_by=job.cancelled_by,
        next_visit=following,
        **_whose(client, place),
    )


def _whose(client: Client, place: Property | None) -> dict[str, Any]:
    return {
        "client": client.ref,
        "client_id": client.id,
        "client_name": client.name,
        "do_not_service": client.refused_reason if client.refused_at is not None else None,
        "property": place.ref if place is not None else None,
        "address": place.address if place is not None else None,
    }
