"""Lists of jobs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, func, or_, select

from opsystem.business.clients.models import Client
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.queries.filters import StateFilter, condition_of
from opsystem.business.jobs.queries.rows import job_rows, jobs_with_all
from opsystem.business.jobs.records import JobRow
from opsystem.business.references import ClientRef, JobTypeRef, number_of
from opsystem.business.wording import Line
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import parse_ref
from opsystem.operations import Page, Permission, Work, query

PAGE = 50
PageNumber = Annotated[int, Field(ge=1, le=100_000, description="The page, from 1; 50 rows a page.")]


@query(permission=Permission.JOBS_READ, label="List jobs")
def list_jobs(
    work: Work,
    *,
    state: StateFilter = StateFilter.OPEN,
    client: ClientRef | None = None,
    job_type: JobTypeRef | None = None,
    text: Line = "",
    page: PageNumber = 1,
) -> Page[JobRow]:
    """List jobs, the newest first, with the next visit; `text` is looked for in titles and names."""
    conditions = [condition_of(state)]
    if client is not None:
        work.get(Client, number_of(client), "client")
        conditions.append(Job.client_id == number_of(client))
    if job_type is not None:
        conditions.append(Job.job_type_id == number_of(job_type))
    if text:
        conditions.append(_matches(text))
    counted = select(func.count(Job.id)).where(*conditions)
    if text:
        counted = counted.join(Client, Client.id == Job.client_id)
    total = work.session.scalar(counted) or 0
    statement = jobs_with_all().where(*conditions).order_by(Job.id.desc())
    rows = job_rows(work, statement.limit(PAGE).offset((page - 1) * PAGE))
    return Page(rows, total, page, PAGE)


def _matches(text: str) -> ColumnElement[bool]:
    found = [Job.title.icontains(text, autoescape=True), Client.name.icontains(text, autoescape=True)]
    try:
        found.append(Job.id == parse_ref(text, "job")[1])
    except Invalid:
        # Not a reference: words only.
        return or_(*found)
    return or_(*found)
