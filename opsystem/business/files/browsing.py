"""Looking around among files: folders, and what stands beside a photo."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from opsystem.business.files.finding import present
from opsystem.business.files.models import File
from opsystem.business.files.records import FolderRow, Neighbours
from opsystem.business.references import FileRef
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


@query(permission=Permission.FILES_READ, label="List folders")
def list_folders(work: Work) -> list[FolderRow]:
    """List the folders and how many files are in each, by name; the one without a name holds the rest."""
    counted = (
        select(File.folder, func.count(File.id))
        .where(File.removed_at.is_(None))
        .group_by(File.folder)
        .order_by(File.folder)
    )
    return [FolderRow(name, count) for name, count in work.session.execute(counted)]


@query(permission=Permission.FILES_READ, label="Show files beside one", assistant=False)
def file_neighbours(work: Work, *, file: FileRef) -> Neighbours:
    """Show which files come before and after one among those of its job, else of its client."""
    row = present(work, file)
    same = File.job_id == row.job_id if row.job_id is not None else File.client_id == row.client_id
    return Neighbours(
        _first(work, same, File.id > row.id, File.id.asc()),
        _first(work, same, File.id < row.id, File.id.desc()),
    )


def _first(
    work: Work, same: ColumnElement[bool], side: ColumnElement[bool], order: ColumnElement[int]
) -> str | None:
    found = select(File.id).where(same, side, File.removed_at.is_(None)).order_by(order).limit(1)
    number = work.session.scalar(found)
    return make_ref("file", number) if number is not None else None
