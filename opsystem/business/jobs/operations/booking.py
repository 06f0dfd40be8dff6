"""Booking jobs, and their end."""

from __future__ import annotations

from enum import StrEnum

from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.queries import properties_of
from opsystem.business.clients.service import refuse_unless_served
from opsystem.business.fields.answering import Answers, write_answers
from opsystem.business.jobs.answers import refuse_unanswered
from opsystem.business.jobs.beginning import begin_with, job_type_named, usual_minutes
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.records import Booked
from opsystem.business.jobs.scheduling import (
    Members,
    Minutes,
    When,
    find_overlaps,
    find_people,
    open_job,
    open_visits_of,
    put_visit,
    say_names,
    say_time,
)
from opsystem.business.profile.queries import to_utc
from opsystem.business.references import ChecklistRef, ClientRef, JobRef, JobTypeRef, PropertyRef, number_of
from opsystem.business.wording import Name, Words
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


class OpenVisits(StrEnum):
    """What becomes of visits that are still open when a job is completed."""

    REFUSE = "refuse"
    FINISH = "finish"
    CANCEL = "cancel"


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Book job")
def book_job(
    work: Work,
    *,
    client: ClientRef,
    title: Name,
    property: PropertyRef | None = None,  # noqa: A002
    starts_at: When | None = None,
    minutes: Minutes | None = None,
    members: Members = (),
    notes: Words = "",
    checklist: ChecklistRef | None = None,
    job_type: JobTypeRef | None = None,
    original_job: JobRef | None = None,
    fields: Answers = {},  # noqa: B006
) -> Booked:
    """Book a job for a client, with a first visit when a time is given.

    A client's only property is taken when none is named. A `job_type` brings its checklist, and its usual
    length where no `minutes` are given. `original_job` is the job of the same client that this one puts right
    (a callback). Somebody booked twice at once is allowed and told in `overlaps`.
    """
    whose = work.get(Client, number_of(client), "client")
    refuse_unless_served(work, whose)
    if starts_at is None and members:
        message = "Say when they should go, or leave the people out."
        raise Invalid(message, code="no_time", fields={"starts_at": message})
    people = find_people(work, members)
    sort = job_type_named(work, job_type)
    job = Job(
        client_id=whose.id,
        property_id=_place(work, whose, property),
        job_type_id=sort.id if sort is not None else None,
        original_job_id=_original(work, whose, original_job),
        title=title,
        notes=notes,
        created_at=work.now,
        created_by=work.actor.name,
    )
    work.session.add(job)
    work.session.flush()
    begin_with(work, job, number_of(checklist) if checklist else (sort.checklist_id if sort else None))
    write_answers(work, "job", job.id, fields)
    booked = f"Booked {job.ref} “{title}” for {whose.name}"
    if starts_at is None:
        work.describe(booked)
        return Booked(ref=job.ref, id=job.id, visit=None, visit_id=None, overlaps=[])
    visit = put_visit(work, job, to_utc(work, starts_at), minutes or usual_minutes(sort), people, "")
    going = f", {say_names(people)}" if people else ""
    work.describe(f"{booked}: {say_time(work, visit.starts_at)}{going}")
    overlaps = find_overlaps(work, visit, people)
    return Booked(ref=job.ref, id=job.id, visit=visit.ref, visit_id=visit.id, overlaps=overlaps)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.DRAFT, label="Edit job")
def edit_job(
    work: Work,
    *,
    job: JobRef,
    title: Name | None = None,
    notes: Words | None = None,
    property: PropertyRef | None = None,  # noqa: A002
    job_type: JobTypeRef | None = None,
    fields: Answers = {},  # noqa: B006
) -> Saved:
    """Change a job's title, notes, property or type. What is not given stays as it is.

    Visits that are over keep their property; those ahead move along.
    """
    row = work.get(Job, number_of(job), "job")
    if title is not None:
        row.title = title
    if notes is not None:
        row.notes = notes
    if property is not None:
        row.property_id = _place(work, work.get(Client, row.client_id, "client"), property)
        for visit in open_visits_of(work, row):
            visit.property_id = row.property_id
    if job_type is not None:
        sort = job_type_named(work, job_type)
        row.job_type_id = sort.id if sort is not None else None
    write_answers(work, "job", row.id, fields)
    work.describe(f"Edited {row.ref} “{row.title}”")
    return Saved(ref=row.ref, id=row.id)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Complete job")
def complete_job(work: Work, *, job: JobRef, open_visits: OpenVisits = OpenVisits.REFUSE) -> Saved:
    """Say that a job is done. Visits still open are refused, or finished or cancelled if so asked.

    Refused while required lines of its checklist have no answer.
    """
    row = open_job(work, number_of(job))
    refuse_unanswered(work, row)
    for visit in open_visits_of(work, row):
        if open_visits is OpenVisits.FINISH:
            visit.finished_at, visit.finished_by = work.now, work.actor.name
        elif open_visits is OpenVisits.CANCEL and visit.started_at is None:
            visit.cancelled_at, visit.cancelled_by = work.now, work.actor.name
        else:
            when = say_time(work, visit.starts_at)
            raise Conflict(
                f"{visit.ref} on {when} is still open. Finish or cancel it first.", code="visits_open"
            )
    row.completed_at = work.now
    row.completed_by = work.actor.name
    row.held_at = row.held_by = None
    work.describe(f"Completed {row.ref} “{row.title}”")
    return Saved(ref=row.ref, id=row.id)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Cancel job")
def cancel_job(work: Work, *, job: JobRef) -> Saved:
    """Cancel a job and every visit of it that has not begun."""
    row = open_job(work, number_of(job))
    for visit in open_visits_of(work, row):
        if visit.started_at is not None:
            raise Conflict(
                f"{visit.ref} was already started by {visit.started_by}. Finish it first.",
                code="visit_started",
            )
        visit.cancelled_at, visit.cancelled_by = work.now, work.actor.name
    row.cancelled_at = work.now
    row.cancelled_by = work.actor.name
    work.describe(f"Cancelled {row.ref} “{row.title}”")
    return Saved(ref=row.ref, id=row.id)


def _place(work: Work, client: Client, reference: str | None) -> int | None:
    if reference is None:
        places = properties_of(work, client.id)
        return places[0].id if len(places) == 1 else None
    place = work.get(Property, number_of(reference), "property")
    if place.client_id != client.id:
        message = f"{place.ref} is not a property of {client.name}."
        raise Invalid(message, code="other_client", fields={"property": message})
    return place.id


def _original(work: Work, client: Client, reference: str | None) -> int | None:
    if reference is None:
        return None
    first = work.get(Job, number_of(reference), "job")
    if first.client_id != client.id:
        message = f"{first.ref} is not a job of {client.name}."
        raise Invalid(message, code="other_client", fields={"original_job": message})
    # A callback of a callback is counted at the job it all began with.
    return first.original_job_id or first.id
