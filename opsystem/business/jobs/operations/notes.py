"""Notes about a client or a job: they live here because a note may know a job."""

from __future__ import annotations

from opsystem.business.clients.models import Client, Note
from opsystem.business.clients.queries import note_record
from opsystem.business.clients.records import NoteRecord
from opsystem.business.jobs.models import Job
from opsystem.business.references import ClientOrJobRef
from opsystem.business.wording import Body
from opsystem.kit.refs import parse_ref
from opsystem.operations import Effect, Permission, Work, operation


@operation(permission=Permission.NOTES_WRITE, effect=Effect.DRAFT, label="Add note")
def add_note(work: Work, *, about: ClientOrJobRef, text: Body) -> NoteRecord:
    """Write a note about a client or a job."""
    kind, number = parse_ref(about)
    if kind == "job":
        job = work.get(Job, number, "job")
        client_id, job_id, whom = job.client_id, job.id, f"{job.ref} “{job.title}”"
    else:
        client = work.get(Client, number, "client")
        client_id, job_id, whom = client.id, None, client.name
    note = Note(client_id=client_id, job_id=job_id, body=text, author=work.actor.name, created_at=work.now)
    work.session.add(note)
    work.session.flush()
    work.describe(f"Added a note on {whom}")
    return note_record(note)
