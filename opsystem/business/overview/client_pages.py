"""One client with everything that belongs to it."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, func, select

from opsystem.business.clients.models import Client, Note
from opsystem.business.clients.persons.queries import person_record, persons_of
from opsystem.business.clients.queries import client_record, note_record, properties_of, property_record
from opsystem.business.clients.standing import standing_of
from opsystem.business.conversations.models import Message
from opsystem.business.fields.queries import answers_of
from opsystem.business.files.models import File
from opsystem.business.jobs.access import open_properties
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.queries.rows import job_rows, jobs_with_all, visit_rows, visits_with_all
from opsystem.business.jobs.records import JobWithVisits, VisitRow
from opsystem.business.overview.records import ClientPage, Counts
from opsystem.business.references import ClientRef, number_of
from opsystem.business.tags.queries import tags_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

_PAST_JOBS = 20
_NOTES = 50


@query(permission=Permission.CLIENTS_READ, label="Show client")
def show_client(work: Work, *, client: ClientRef) -> ClientPage:
    """Show a client: how to reach it, its properties, open and past jobs with visits, notes and counts."""
    row = work.get(Client, number_of(client), "client")
    is_open = Job.completed_at.is_(None) & Job.cancelled_at.is_(None)
    open_jobs = _jobs(work, row.id, is_open, None)
    places = properties_of(work, row.id)
    seen = open_properties(work, [place.id for place in places])
    notes = select(Note).where(Note.client_id == row.id).order_by(Note.id.desc()).limit(_NOTES)
    return ClientPage(
        client=client_record(row),
        standing=standing_of(work, row.id),
        persons=[person_record(one) for one in persons_of(work, row.id)],
        tags=tags_of(work, [row.id])[row.id],
        fields=answers_of(work, "client", [row.id])[row.id],
        property_fields={
            make_ref("property", number): answers
            for number, answers in answers_of(work, "property", [place.id for place in places]).items()
        },
        properties=[property_record(place, access=place.id in seen) for place in places],
        next_visit=_next_visit(work, open_jobs),
        open_jobs=open_jobs,
        past_jobs=_jobs(work, row.id, ~is_open, _PAST_JOBS),
        notes=[note_record(note) for note in work.session.scalars(notes)],
        counts=_counts(work, row.id),
    )


def _jobs(
    work: Work, client_id: int, condition: ColumnElement[bool], most: int | None
) -> list[JobWithVisits]:
    statement = jobs_with_all().where(Job.client_id == client_id, condition).order_by(Job.id.desc())
    jobs = job_rows(work, statement.limit(most))
    visits: dict[int, list[VisitRow]] = defaultdict(list)
    numbers = [job.id for job in jobs]
    for visit in visit_rows(
        work, visits_with_all().where(Visit.job_id.in_(numbers)).order_by(Visit.starts_at, Visit.id)
    ):
        visits[visit.job_id].append(visit)
    return [JobWithVisits(job, visits[job.id]) for job in jobs]


def _next_visit(work: Work, open_jobs: list[JobWithVisits]) -> VisitRow | None:
    planned = [entry.job.next_visit for entry in open_jobs if entry.job.next_visit is not None]
    ahead = [visit for visit in planned if visit.ends_at >= work.now]
    return min(ahead, key=lambda visit: (visit.starts_at, visit.id), default=None)


def _counts(work: Work, client_id: int) -> Counts:
    session = work.session
    messages = None
    if work.actor.may(Permission.MESSAGES_READ):
        messages = session.scalar(select(func.count(Message.id)).where(Message.client_id == client_id))
    present = (File.client_id == client_id) & File.removed_at.is_(None)
    return Counts(
        jobs=session.scalar(select(func.count(Job.id)).where(Job.client_id == client_id)) or 0,
        notes=session.scalar(select(func.count(Note.id)).where(Note.client_id == client_id)) or 0,
        files=session.scalar(select(func.count(File.id)).where(present)) or 0,
        messages=messages,
    )
