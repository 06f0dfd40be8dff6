"""What may be asked about files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, func, or_, select

from opsystem.business.clients.models import Client
from opsystem.business.files.marks import marks_of
from opsystem.business.files.models import File, Preview
from opsystem.business.files.records import FileContent, FileDetail, FileRow
from opsystem.business.files.serving import serving
from opsystem.business.files.sniffing import MADE_TYPE
from opsystem.business.jobs.models import Job
from opsystem.business.references import ClientRef, FileRef, JobRef, number_of
from opsystem.kit.errors import NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Page, Permission, Work, query

PAGE = 48
_EXCERPT = 1500


@query(permission=Permission.FILES_READ, label="List files")
def list_files(
    work: Work,
    *,
    client: ClientRef | None = None,
    job: JobRef | None = None,
    photos: bool | None = None,
    folder: Annotated[str | None, Field(max_length=80, description='Only this folder; "" is none.')] = None,
    text: Annotated[str, Field(max_length=100, description="Words in name, caption or inside.")] = "",
    page: Annotated[int, Field(ge=1)] = 1,
) -> Page[FileRow]:
    """List photos and documents, newest first; of a client or a job, photos only or documents only."""
    wanted: list[ColumnElement[bool]] = [File.removed_at.is_(None)]
    if client is not None:
        wanted.append(File.client_id == work.get(Client, number_of(client), "client").id)
    if job is not None:
        wanted.append(File.job_id == work.get(Job, number_of(job), "job").id)
    if folder is not None:
        wanted.append(File.folder == folder)
    if photos is not None:
        wanted.append(File.is_photo.is_(photos))
    if text:
        wanted.append(
            or_(
                File.name.icontains(text, autoescape=True),
                File.caption.icontains(text, autoescape=True),
                File.words.icontains(text, autoescape=True),
            )
        )
    total = work.session.scalar(select(func.count(File.id)).where(*wanted)) or 0
    newest = select(File).where(*wanted).order_by(File.added_at.desc(), File.id.desc())
    files = work.session.scalars(newest.limit(PAGE).offset((page - 1) * PAGE)).all()
    return Page(rows=file_rows(work, list(files)), total=total, number=page, size=PAGE)


@query(permission=Permission.FILES_READ, label="Show file")
def show_file(work: Work, *, file: FileRef) -> FileDetail:
    """Show what a file is, whom it belongs to, and whether a preview is ready."""
    row = _present(work, file)
    shown = dict(vars(file_rows(work, [row])[0]))
    preview = work.session.scalar(select(Preview).where(Preview.file_id == row.id))
    how = serving(row.media_type)
    return FileDetail(
        **shown,
        content_id=row.content_id,
        serve_as=how.content_type,
        inline=how.inline,
        small_id=preview.small_id if preview is not None else None,
        large_id=preview.large_id if preview is not None else None,
        excerpt=row.words[:_EXCERPT],
    )


@query(permission=Permission.FILES_READ, label="Open file", assistant=False)
def open_file(
    work: Work, *, file: FileRef, size: Literal["original", "large", "small"] = "original"
) -> FileContent:
    """Tell where the bytes of a file or of its preview lie, and how they may be served."""
    row = _present(work, file)
    if size == "original":
        how = serving(row.media_type)
        return FileContent(row.content_id, how.content_type, how.inline, row.name, row.size)
    preview = work.session.scalar(select(Preview).where(Preview.file_id == row.id))
    content_id = None if preview is None else (preview.small_id if size == "small" else preview.large_id)
    if content_id is None:
        raise NotFound("There is no preview of this file.", code="no_preview")
    stem = row.name.rpartition(".")[0] or row.name
    return FileContent(content_id, MADE_TYPE, True, f"{stem}.jpg", work.vault.files.size(content_id))


def _present(work: Work, file: str) -> File:
    row = work.get(File, number_of(file), "file")
    if row.removed_at is not None:
        raise NotFound("This file was removed.", code="removed")
    return row


def file_rows(work: Work, files: list[File]) -> list[FileRow]:
    """Return files with the names of whom they belong to: three questions, however many files."""
    clients = {file.client_id for file in files if file.client_id is not None}
    jobs = {file.job_id for file in files if file.job_id is not None}
    names = dict(work.session.execute(select(Client.id, Client.name).where(Client.id.in_(clients))).all())
    titles = dict(work.session.execute(select(Job.id, Job.title).where(Job.id.in_(jobs))).all())
    found = select(Preview).where(Preview.file_id.in_([file.id for file in files]))
    previews = {preview.file_id: preview for preview in work.session.scalars(found)}
    return [_row(file, previews.get(file.id), names, titles) for file in files]


def _row(file: File, preview: Preview | None, names: dict[int, str], titles: dict[int, str]) -> FileRow:
    client_id, job_id = file.client_id, file.job_id
    return FileRow(
        ref=file.ref,
        id=file.id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        is_photo=file.is_photo,
        caption=file.caption,
        client=make_ref("client", client_id) if client_id is not None else None,
        client_name=names.get(client_id) if client_id is not None else None,
        job=make_ref("job", job_id) if job_id is not None else None,
        job_title=titles.get(job_id) if job_id is not None else None,
        added_at=file.added_at,
        added_by=file.added_by,
        preview=_stage(preview),
        width=preview.width if preview else None,
        height=preview.height if preview else None,
        problem=preview.problem if preview else None,
        folder=file.folder,
        taken_at=file.taken_at,
        before=make_ref("file", file.before_id) if file.before_id is not None else None,
        marks=marks_of(file),
    )


def _stage(preview: Preview | None) -> str:
    if preview is None:
        return "none"
    if preview.small_id is not None:
        return "ready"
    if preview.due_at is not None:
        return "coming"
    return "failed" if preview.problem else "none"
