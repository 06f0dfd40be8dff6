"""Lists of jobs."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import ColumnElement, func, or_, select

from opsystem.business.clients.models import Client
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.queries.rows import has_visit, job_rows, jobs_with_all
from opsystem.business.jobs.records import JobRow
from opsystem.business.references import ClientRef, number_of
from opsystem.business.wording import Line
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import parse_ref
from opsystem.operations import Page, Permission, Work, query

PAGE = 50
PageNumber = Annotated[int, Field(ge=1, le=100_000, description="The page, from 1; 50 rows a page.")]


class StateFilter(StrEnum):
    """Which jobs are listed. Open ones are unscheduled or scheduled."""

    OPEN = "open"
    UNSCHEDULED = "unscheduled"
    DONE = "done"
    CANCELLED = "cancelled"
    ALL = "all"


@query(permission=Permission.JOBS_READ, label="List jobs")
def list_jobs(
    work: Work,
    *,
    state: StateFilter = StateFilter.OPEN,
    client: ClientRef | None = None,
    text: Line = "",
    page: PageNumber = 1,
) -> Page[JobRow]:
    """List jobs, the newest first, with the next visit; `text` is looked for in titles and names."""
    conditions = _conditions(state)
    if client is not None:
        work.get(Client, number_of(client), "client")
        conditions.append(Job.client_id == number_of(client))
    if text:
        conditions.append(_matches(text))
    counted = select(func.count(Job.id)).where(*conditions)
    if text:
        counted = counted.join(Client, Client.id == Job.client_id)
    total = work.session.scalar(counted) or 0
    statement = jobs_with_all().where(*conditions).order_by(Job.id.desc())
    rows = job_rows(work, statement.limit(PAGE).offset((page - 1) * PAGE))
    return Page(rows, total, page, PAGE)


def _conditions(state: StateFilter) -> list[ColumnElement[bool]]:
    still_open = [Job.completed_at.is_(None), Job.cancelled_at.is_(None)]
    by_state: dict[StateFilter, list[Any]] = {
        StateFilter.OPEN: still_open,
        StateFilter.UNSCHEDULED: [*still_open, ~has_visit()],
        StateFilter.DONE: [Job.completed_at.is_not(None), Job.cancelled_at.is_(None)],
        StateFilter.CANCELLED: [Job.cancelled_at.is_not(None)],
        StateFilter.ALL: [],
    }
    return list(by_state[state])


def _matches(text: str) -> ColumnElement[bool]:
    found = [Job.title.icontains(text, autoescape=True), Client.name.icontains(text, autoescape=True)]
    try:
        found.append(Job.id == parse_ref(text, "job")[1])
    except Invalid:
        # Not a reference: words only.
        return or_(*found)
    return or_(*found)
