"""What may be done with files. Their bytes are in the vault's store before a file is added."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from opsystem.business.clients.models import Client
from opsystem.business.files.finding import present
from opsystem.business.files.keeping import ContentId, FileName, keep_file
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.references import ClientRef, FileRef, JobRef, VisitRef, number_of
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation

# What one file may have at most, in bytes: a long video of a phone.
LONGEST_FILE = 500_000_000

Caption = Annotated[str, Field(max_length=500, description="What is to be seen or read.")]


@operation(permission=Permission.FILES_WRITE, effect=Effect.DRAFT, label="Add file", assistant=False)
def add_file(
    work: Work,
    *,
    content_id: ContentId,
    name: FileName,
    client: ClientRef | None = None,
    job: JobRef | None = None,
    visit: VisitRef | None = None,
    caption: Caption = "",
) -> Saved:
    """Add a stored file to the business, a client, a job or the job of a visit.

    What the file is, is read from its bytes; its name and what its sender claims count for nothing.
    """
    client_id, job_id = belongs_to(work, client, job, visit)
    file = keep_file(work, content_id, name, client_id, job_id, caption=caption)
    work.describe(f"Added {'photo' if file.is_photo else 'file'} {file.name}")
    return Saved(file.ref, file.id)


@operation(permission=Permission.FILES_WRITE, effect=Effect.DRAFT, label="Change caption")
def caption_file(work: Work, *, file: FileRef, caption: Caption) -> Saved:
    """Write down what is to be seen in a photo or read in a document."""
    row = present(work, file)
    row.caption = caption
    work.describe(f"Changed the caption of {row.name}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.FILES_WRITE, effect=Effect.COMMIT, label="Remove file")
def remove_file(work: Work, *, file: FileRef) -> Saved:
    """Remove a file from the lists. It can be brought back with undo."""
    row = present(work, file)
    row.removed_at, row.removed_by = work.now, work.actor.name
    work.describe(f"Removed {row.name}")
    return Saved(row.ref, row.id)


def belongs_to(
    work: Work, client: str | None, job: str | None, visit: str | None
) -> tuple[int | None, int | None]:
    """Return the numbers of client and job a file is to belong to."""
    if visit is not None:
        job_id: int | None = work.get(Visit, number_of(visit), "visit").job_id
    else:
        job_id = number_of(job) if job is not None else None
    if job_id is not None:
        its_job = work.get(Job, job_id, "job")
        if client is not None and number_of(client) != its_job.client_id:
            raise Invalid(
                "This job is for another client.",
                code="other_client",
                fields={"job": "Choose a job of the client."},
            )
        return its_job.client_id, its_job.id
    if work.actor.is_restricted:
        raise Invalid("Say which job this is for.", code="needs_job", fields={"job": "Choose a job."})
    if client is None:
        return None, None
    return work.get(Client, number_of(client), "client").id, None
