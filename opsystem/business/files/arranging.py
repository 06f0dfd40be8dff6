"""Putting files in order: many at once, each act taken back with one undo."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from opsystem.business.files.finding import present
from opsystem.business.files.operations import Caption, belongs_to
from opsystem.business.references import ClientRef, FileRef, JobRef
from opsystem.operations import Effect, Permission, Saved, Work, operation

Files = Annotated[list[FileRef], Field(min_length=1, max_length=200, description="Files, like F-7.")]
Folder = Annotated[str, Field(max_length=80, description="A folder's name, like Permits; empty for none.")]


@operation(permission=Permission.FILES_WRITE, effect=Effect.DRAFT, label="Change captions")
def caption_files(work: Work, *, files: Files, caption: Caption) -> Saved:
    """Give several photos or documents the same caption."""
    rows = [present(work, one) for one in files]
    for row in rows:
        row.caption = caption
    work.describe(f"Changed the caption of {_count(len(rows))}")
    return Saved(rows[0].ref, rows[0].id)


@operation(permission=Permission.FILES_WRITE, effect=Effect.DRAFT, label="Move files")
def move_files(
    work: Work,
    *,
    files: Files,
    folder: Folder | None = None,
    client: ClientRef | None = None,
    job: JobRef | None = None,
) -> Saved:
    """Put files into a folder, or to another client or job. What is not given stays as it is."""
    rows = [present(work, one) for one in files]
    place = belongs_to(work, client, job, None) if client is not None or job is not None else None
    for row in rows:
        if place is not None:
            row.client_id, row.job_id = place
        if folder is not None:
            row.folder = folder
    work.describe(f"Moved {_count(len(rows))}")
    return Saved(rows[0].ref, rows[0].id)


@operation(permission=Permission.FILES_WRITE, effect=Effect.COMMIT, label="Remove files")
def remove_files(work: Work, *, files: Files) -> Saved:
    """Remove several files from the lists. They can be brought back with undo."""
    rows = [present(work, one) for one in files]
    for row in rows:
        row.removed_at, row.removed_by = work.now, work.actor.name
    work.describe(f"Removed {_count(len(rows))}")
    return Saved(rows[0].ref, rows[0].id)


def _count(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"
