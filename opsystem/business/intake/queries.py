"""What may be asked about requests."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Select, func, select, true

from opsystem.business.clients.models import Client, Property
from opsystem.business.intake.models import Request, RequestPhoto
from opsystem.business.intake.records import RequestRow, RequestState, Source
from opsystem.business.jobs.models import Job
from opsystem.business.references import RequestRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Page, Permission, Work, query

PAGE = 50


class Which(StrEnum):
    """Which requests are listed. Open ones wait for an answer of the business."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    ALL = "all"


@query(permission=Permission.JOBS_READ, label="List requests")
def list_requests(
    work: Work, *, which: Which = Which.OPEN, page: Annotated[int, Field(ge=1, le=100_000)] = 1
) -> Page[RequestRow]:
    """List what people asked for, the newest first, with where each stands."""
    condition = _which(which)
    total = work.session.scalar(select(func.count(Request.id)).where(condition)) or 0
    statement = _requests().where(condition).order_by(Request.id.desc())
    return Page(_rows(work, statement.limit(PAGE).offset((page - 1) * PAGE)), total, page, PAGE)


@query(permission=Permission.JOBS_READ, label="Show request")
def show_request(work: Work, *, request: RequestRef) -> RequestRow:
    """Show one request and each step it led to."""
    row = work.get(Request, number_of(request), "request")
    return _rows(work, _requests().where(Request.id == row.id))[0]


RequestSelect = Select[Request, Client, Property, Job]


def _requests() -> RequestSelect:
    return (
        select(Request, Client, Property, Job)
        .join(Client, Client.id == Request.client_id)
        .outerjoin(Property, Property.id == Request.property_id)
        .outerjoin(Job, Job.id == Request.job_id)
    )


def _which(which: Which) -> ColumnElement[bool]:
    by_name: dict[Which, ColumnElement[bool]] = {
        Which.OPEN: Request.taken_at.is_(None) & Request.declined_at.is_(None),
        Which.TAKEN: Request.taken_at.is_not(None),
        Which.DECLINED: Request.declined_at.is_not(None),
        Which.ALL: true(),
    }
    return by_name[which]


def _state(request: Request, job: Job | None) -> RequestState:
    if request.declined_at is not None:
        return RequestState.DECLINED
    if request.taken_at is not None or (job is not None and job.approved_at is not None):
        return RequestState.TAKEN
    if job is not None and job.quoted_at is not None:
        return RequestState.QUOTED
    if job is not None and job.assessed_at is not None:
        return RequestState.ASSESSED
    return RequestState.ASSESSING if request.assessment_id is not None else RequestState.NEW


def _rows(work: Work, statement: RequestSelect) -> list[RequestRow]:
    found = work.session.execute(statement).all()
    photos: dict[int, list[str]] = defaultdict(list)
    theirs = select(RequestPhoto).where(RequestPhoto.request_id.in_([row.id for row, *_ in found]))
    for photo in work.session.scalars(theirs.order_by(RequestPhoto.id)):
        photos[photo.request_id].append(make_ref("file", photo.file_id))
    return [_row(*one, photos[one[0].id]) for one in found]


def _row(
    request: Request, client: Client, place: Property | None, job: Job | None, photos: list[str]
) -> RequestRow:
    visit = request.assessment_id
    return RequestRow(
        ref=request.ref,
        id=request.id,
        title=request.title,
        details=request.details,
        wished=request.wished,
        source=Source(request.source),
        state=_state(request, job),
        client=client.ref,
        client_id=client.id,
        client_name=client.name,
        client_phone=client.phone,
        property=place.ref if place is not None else None,
        address=place.address if place is not None else None,
        received_at=request.received_at,
        received_by=request.received_by,
        job=job.ref if job is not None else None,
        job_id=job.id if job is not None else None,
        assessment=make_ref("visit", visit) if visit is not None else None,
        assessment_id=visit,
        assessed_at=job.assessed_at if job is not None else None,
        quoted_at=job.quoted_at if job is not None else None,
        taken_at=request.taken_at,
        taken_by=request.taken_by,
        declined_at=request.declined_at,
        declined_by=request.declined_by,
        decline_reason=request.decline_reason,
        photos=photos,
    )
