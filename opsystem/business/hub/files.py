"""Documents and photos the office has shared with their client."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import select

from opsystem.business.files.models import File, Preview
from opsystem.business.files.queries import open_file
from opsystem.business.files.records import FileContent
from opsystem.business.hub.models import Share
from opsystem.business.hub.records import MyFile
from opsystem.business.references import FileRef, number_of
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation, query
from opsystem.operations.errand import run_errand


@query(permission=Permission.HUB, label="Show my files", assistant=False)
def my_files(work: Work) -> list[MyFile]:
    """Show a client the documents and photos that were shared with him, the newest first."""
    statement = (
        select(File, Share.shared_at, Preview.small_id)
        .join(Share, Share.file_id == File.id)
        .outerjoin(Preview, Preview.file_id == File.id)
        .order_by(Share.id.desc())
        .limit(200)
    )
    return [
        MyFile(one.ref, one.id, one.name, one.caption, one.is_photo, one.size, small is not None, shared_at)
        for one, shared_at, small in work.session.execute(statement)
    ]


@query(permission=Permission.HUB, label="Open my file", assistant=False)
def open_my_file(
    work: Work, *, file: FileRef, size: Literal["original", "small"] = "original"
) -> FileContent:
    """Tell where the bytes of a shared file lie. Raises NotFound for one that is not shared."""
    row = work.get(File, number_of(file), "file")
    return run_errand(work, open_file, file=row.ref, size=size)


@operation(permission=Permission.FILES_WRITE, effect=Effect.SEND, label="Share file with client")
def share_file(work: Work, *, file: FileRef) -> Saved:
    """Let the client whom a file belongs to see it on his own pages."""
    row = work.get(File, number_of(file), "file")
    if row.client_id is None:
        message = "This file belongs to no client. Put it to one first."
        raise Invalid(message, code="no_client", fields={"file": message})
    if _share(work, row) is None:
        share = Share(file_id=row.id, client_id=row.client_id, shared_at=work.now, shared_by=work.actor.name)
        work.session.add(share)
        work.session.flush()
    work.describe(f"Shared {row.name} with its client")
    return Saved(row.ref, row.id)


@operation(permission=Permission.FILES_WRITE, effect=Effect.COMMIT, label="Stop sharing file")
def unshare_file(work: Work, *, file: FileRef) -> Saved:
    """Take a file off its client's pages again."""
    row = work.get(File, number_of(file), "file")
    share = _share(work, row)
    if share is None:
        raise Conflict(f"{row.ref} is not shared.", code="not_shared")
    share.ended_at, share.ended_by = work.now, work.actor.name
    work.describe(f"Stopped sharing {row.name}")
    return Saved(row.ref, row.id)


@query(permission=Permission.FILES_READ, label="List shared files")
def list_shared(work: Work, *, files: tuple[FileRef, ...]) -> list[str]:
    """List which of these files their client sees."""
    numbers = [number_of(one) for one in files]
    seen = select(Share.file_id).where(Share.file_id.in_(numbers), Share.ended_at.is_(None))
    standing = set(work.session.scalars(seen))
    return [one for one in files if number_of(one) in standing]


def _share(work: Work, file: File) -> Share | None:
    standing = select(Share).where(Share.file_id == file.id, Share.ended_at.is_(None))
    return work.session.scalars(standing.limit(1)).first()
