"""The work of the lane "files": making previews that are due.

A try is counted before it is made, so that a file that brings the process down does so three
times at most.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from opsystem.business.files.models import File, Preview
from opsystem.business.files.studio import Prints, Studio, Undevelopable
from opsystem.kit.errors import NotFound, Problem
from opsystem.vault import Vault

_MOST_TRIES = 3
_WAIT = timedelta(minutes=5)
_MOST_BYTES = 20_000_000


def make_due_previews(vault: Vault, now: datetime, *, most: int = 20) -> datetime | None:
    """Make up to `most` previews that are due; return when this lane next wants attention, or None."""
    with Studio() as studio:
        for _ in range(most):
            claimed = _claim(vault, now)
            if claimed is None:
                break
            _make(vault, studio, *claimed)
    with vault.reading() as session:
        return session.scalar(
            select(Preview.due_at).where(Preview.due_at.is_not(None)).order_by(Preview.due_at).limit(1)
        )


def _claim(vault: Vault, now: datetime) -> tuple[int, str, str, int] | None:
    """Count a try of the next due preview; return its number and the file's content, type and size."""
    with vault.mechanics() as session:
        due = select(Preview).where(Preview.due_at <= now).order_by(Preview.due_at, Preview.id).limit(1)
        preview = session.scalar(due)
        if preview is None:
            return None
        preview.tries += 1
        if preview.tries > _MOST_TRIES:
            _give_up(preview, preview.problem or "No preview could be made of this file.")
            return preview.id, "", "", 0
        preview.due_at = now + _WAIT * preview.tries
        file = session.get_one(File, preview.file_id)
        return preview.id, file.content_id, file.media_type, file.size


def _make(vault: Vault, studio: Studio, preview_id: int, content_id: str, media_type: str, size: int) -> None:
    if not content_id:
        return
    try:
        with vault.files.open(content_id) as original:
            made = studio.make(original, media_type, size)
        _keep(vault, preview_id, made)
    except Undevelopable as problem:
        _refuse(vault, preview_id, str(problem))
    except NotFound:
        _refuse(vault, preview_id, "The file's content is missing.")
    except Problem as problem:
        # A fallen darkroom, a damaged store, a full disk: the try was counted, and comes again later.
        _note(vault, preview_id, problem.message)


def _keep(vault: Vault, preview_id: int, made: Prints) -> None:
    small = vault.files.write([made.small], limit=_MOST_BYTES)
    large = vault.files.write([made.large], limit=_MOST_BYTES)
    with vault.mechanics() as session:
        preview = session.get(Preview, preview_id)
        if preview is None:
            return
        preview.small_id, preview.large_id = small.content_id, large.content_id
        preview.width, preview.height = made.width, made.height
        preview.due_at = preview.problem = None


def _refuse(vault: Vault, preview_id: int, why: str) -> None:
    with vault.mechanics() as session:
        _give_up(_row(session, preview_id), why)


def _note(vault: Vault, preview_id: int, why: str) -> None:
    with vault.mechanics() as session:
        _row(session, preview_id).problem = why


def _row(session: Session, preview_id: int) -> Preview:
    return session.get_one(Preview, preview_id)


def _give_up(preview: Preview, why: str) -> None:
    preview.due_at, preview.problem = None, why
