"""One job with everything around it."""

from __future__ import annotations

from sqlalchemy import func, select

from opsystem.business.clients.models import Client, Note, Property
from opsystem.business.clients.queries import client_record, note_record, property_record
from opsystem.business.fields.queries import answers_of
from opsystem.business.files.models import File
from opsystem.business.jobs.access import open_properties
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.queries.rows import (
    job_rows,
    jobs_with_all,
    visit_rows,
    visits_with_all,
)
from opsystem.business.jobs.queries.tasks import task_rows
from opsystem.business.jobs.states import facts_of
from opsystem.business.overview.records import JobPage
from opsystem.business.references import JobRef, number_of
from opsystem.operations import Permission, Work, query


@query(permission=Permission.JOBS_READ, label="Show job")
def show_job(work: Work, *, job: JobRef) -> JobPage:
    """Show a job: client, property, visits with who goes, checklist, notes, and how many files it has."""
    row = work.get(Job, number_of(job), "job")
    client = work.get(Client, row.client_id, "client")
    place = work.get(Property, row.property_id, "property") if row.property_id is not None else None
    visits = visits_with_all().where(Visit.job_id == row.id).order_by(Visit.starts_at, Visit.id)
    notes = select(Note).where(Note.job_id == row.id).order_by(Note.id.desc())
    files = select(func.count(File.id)).where(File.job_id == row.id, File.removed_at.is_(None))
    return JobPage(
        job=job_rows(work, jobs_with_all().where(Job.id == row.id))[0],
        notes=row.notes,
        fields=answers_of(work, "job", [row.id])[row.id],
        client=client_record(client),
        property=property_record(place, access=bool(open_properties(work, [place.id])))
        if place is not None
        else None,
        visits=visit_rows(work, visits),
        tasks=task_rows(work, row.id),
        job_notes=[note_record(note) for note in work.session.scalars(notes)],
        facts=facts_of(row),
        callbacks=job_rows(work, jobs_with_all().where(Job.original_job_id == row.id).order_by(Job.id)),
        files=work.session.scalar(files) or 0,
    )
