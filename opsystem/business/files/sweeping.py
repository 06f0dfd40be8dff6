"""Parts of files on their way in, and letting them go when they are not wanted any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from opsystem.business.files.models import Upload, UploadPart
from opsystem.kit.errors import NotFound
from opsystem.vault import Vault

KEPT: Final = timedelta(days=2)


def sweep_uploads(vault: Vault, now: datetime) -> datetime | None:
    """Let go of what was begun two days ago and never finished; return when to look again."""
    with vault.reading() as session:
        old = list(session.scalars(select(Upload.id).where(Upload.begun_at <= now - KEPT)))
        young = session.scalar(
            select(Upload.begun_at).where(Upload.begun_at > now - KEPT).order_by(Upload.begun_at).limit(1)
        )
    if old:
        drop_parts(vault, old)
        with vault.mechanics() as session:
            session.execute(delete(Upload).where(Upload.id.in_(old)))
    return young + KEPT if young is not None else None


def parts_of(vault: Vault, numbers: list[int]) -> list[str]:
    """Return the contents of the parts of these uploads, in order."""
    with vault.reading() as session:
        mine = select(UploadPart.content_id).where(UploadPart.upload_id.in_(numbers))
        return list(session.scalars(mine.order_by(UploadPart.upload_id, UploadPart.at)))


def drop_parts(vault: Vault, numbers: list[int]) -> None:
    """Let the parts of these uploads go."""
    parts = parts_of(vault, numbers)
    with vault.mechanics() as session:
        session.execute(delete(UploadPart).where(UploadPart.upload_id.in_(numbers)))
    remove_contents(vault, parts)


def remove_contents(vault: Vault, contents: list[str]) -> None:
    """Remove contents, as far as they are still there."""
    for content_id in contents:
        try:
            vault.files.remove(content_id)
        except NotFound:
            # Somebody who died in between has removed it already.
            continue
