"""What becomes of a request: a look at the work, a job, or a no. Nothing is typed twice."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from opsystem.business.clients.models import Client, Property
from opsystem.business.intake.models import Request
from opsystem.business.intake.receiving import Asker, receive_request
from opsystem.business.intake.records import Received, Source
from opsystem.business.jobs.facts import Fact, note_fact
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.operations import book_job, schedule_visit
from opsystem.business.jobs.records import Booked
from opsystem.business.jobs.scheduling import Members, Minutes, When
from opsystem.business.references import ClientRef, FileRef, JobTypeRef, PropertyRef, RequestRef, number_of
from opsystem.business.wording import EmailField, Line, Name, PhoneField, Words
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Saved, Work, operation

Photos = Annotated[tuple[FileRef, ...], Field(max_length=20, description="Photos that came with it.")]


@operation(permission=Permission.JOBS_WRITE, effect=Effect.DRAFT, label="Add request")
def add_request(
    work: Work,
    *,
    title: Name,
    client: ClientRef | None = None,
    name: Line = "",
    phone: PhoneField = "",
    email: EmailField = "",
    street: Line = "",
    city: Line = "",
    property: PropertyRef | None = None,  # noqa: A002
    details: Words = "",
    wished: Line = "",
    source: Source = Source.PHONE,
    photos: Photos = (),
) -> Received:
    """Write down what somebody asks for: who, what, where, which times would suit, photos.

    Name a `client`, or a name with phone or email: whoever is known by these is found, anybody else becomes a
    lead. It leads on to `plan_assessment`, `take_request` or `decline_request`.
    """
    whose = work.get(Client, number_of(client), "client") if client is not None else None
    asker = Asker(name, phone, email, street, city) if name or street or whose is None else None
    place = number_of(property) if property is not None else None
    if place is not None and (whose is None or not _has_place(work, whose, place)):
        message = "This is not a property of the client."
        raise Invalid(message, code="other_client", fields={"property": message})
    return receive_request(
        work,
        title=title,
        source=source,
        client=whose,
        asker=asker,
        property_id=place,
        details=details,
        wished=wished,
        photos=[number_of(photo) for photo in photos],
    )


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Plan assessment")
def plan_assessment(
    work: Work, *, request: RequestRef, starts_at: When, minutes: Minutes = 30, members: Members = ()
) -> Booked:
    """Plan a visit to look at what was asked for. It makes the job, with everything the request says."""
    row = _open(work, request)
    if row.assessment_id is not None:
        raise Conflict(
            f"{make_ref('visit', row.assessment_id)} is planned for it already.", code="has_assessment"
        )
    job = _job_of(work, row, None)
    saved = work.do(
        schedule_visit, job=job.ref, starts_at=starts_at, minutes=minutes, members=members, instructions=""
    )
    visit = work.get(Visit, saved.id, "visit")
    visit.is_assessment, row.assessment_id = True, visit.id
    work.describe(f"Planned a look at {row.ref} “{row.title}”: {visit.ref}")
    return Booked(job.ref, job.id, visit.ref, visit.id, saved.overlaps)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Take request")
def take_request(
    work: Work,
    *,
    request: RequestRef,
    starts_at: When | None = None,
    minutes: Minutes | None = None,
    members: Members = (),
    job_type: JobTypeRef | None = None,
) -> Booked:
    """Make a request a job, with a visit when a time is given. Client, place, words and photos come along."""
    row = _open(work, request)
    job = _job_of(work, row, job_type)
    note_fact(work, job, Fact.APPROVED)
    row.taken_at, row.taken_by = work.now, work.actor.name
    visit, overlaps = None, []
    if starts_at is not None:
        given = {"minutes": minutes} if minutes is not None else {}
        visit = work.do(schedule_visit, job=job.ref, starts_at=starts_at, members=members, **given)
        overlaps = visit.overlaps
    work.describe(f"Made {row.ref} “{row.title}” the job {job.ref}")
    return Booked(job.ref, job.id, visit.ref if visit else None, visit.id if visit else None, overlaps)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Decline request")
def decline_request(work: Work, *, request: RequestRef, reason: Name) -> Saved:
    """Say no to a request, and why. Tells nobody: write to the client if you wish."""
    row = _open(work, request)
    row.declined_at, row.declined_by, row.decline_reason = work.now, work.actor.name, reason
    job = work.get(Job, row.job_id, "job") if row.job_id is not None else None
    if job is not None and job.is_open:
        raise Conflict(f"{job.ref} was made for it. Cancel that first.", code="has_job")
    work.describe(f"Declined {row.ref} “{row.title}”: {reason}")
    return Saved(row.ref, row.id)


def _open(work: Work, reference: str) -> Request:
    row = work.get(Request, number_of(reference), "request")
    if row.declined_at is not None:
        raise Conflict(f"{row.ref} was declined by {row.declined_by}.", code="request_declined")
    if row.taken_at is not None:
        raise Conflict(f"{row.ref} became {make_ref('job', row.job_id or 0)} already.", code="request_taken")
    return row


def _job_of(work: Work, row: Request, job_type: str | None) -> Job:
    """Return the job a request became, making it with the request's own words when there is none yet."""
    if row.job_id is None:
        words = [row.details, f"Times that suit: {row.wished}" if row.wished else ""]
        booked = work.do(
            book_job,
            client=make_ref("client", row.client_id),
            title=row.title,
            notes="\n\n".join(part for part in words if part)[:10_000],
            **({"property": make_ref("property", row.property_id)} if row.property_id else {}),
            **({"job_type": job_type} if job_type is not None else {}),
        )
        row.job_id = booked.id
        job = work.get(Job, booked.id, "job")
        job.requested_at, job.requested_by = row.received_at, row.received_by
        return job
    return work.get(Job, row.job_id, "job")


def _has_place(work: Work, client: Client, number: int) -> bool:
    return work.get(Property, number, "property").client_id == client.id
