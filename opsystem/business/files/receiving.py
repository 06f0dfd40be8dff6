"""A file on its way in, part by part: a cut line costs one part, and a second start goes on where it was.

Each part begins with random bytes, so that no two parts are ever the same content: one can go without
another going with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from opsystem.business.files.models import Upload, UploadPart
from opsystem.business.files.operations import LONGEST_FILE
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, LimitReached, NotFound
from opsystem.vault import Vault

LARGEST_PART: Final = 1024 * 1024
_SALT: Final = 16
_KEPT: Final = timedelta(days=2)


def begin_upload(vault: Vault, account_id: str, key: str, size: int) -> Upload:
    """Begin a file of `size` bytes, or go on with the one of this key. Raises LimitReached."""
    if not 0 < size <= LONGEST_FILE:
        most = LONGEST_FILE // 1_000_000
        raise LimitReached(f"A file may have at most {most} MB; nothing was added.", code="file_too_large")
    now = clock.now()
    with vault.mechanics() as session:
        mine = select(Upload).where(
            Upload.key == key, Upload.account_id == account_id, Upload.size == size, Upload.done_at.is_(None)
        )
        row = session.scalar(mine.limit(1))
        if row is None:
            row = Upload(key=key, account_id=account_id, size=size, received=0, begun_at=now)
            session.add(row)
            session.flush()
            vault.wake("files", now + _KEPT)
        session.expunge(row)
        return row


def receive_part(vault: Vault, account_id: str, number: int, at: int, data: bytes) -> int:
    """Keep the bytes from `at` on; return which byte comes next. Sent again, it changes nothing."""
    row = _mine(vault, account_id, number)
    if at != row.received or row.done_at is not None:
        return row.received
    if not data or at + len(data) > row.size:
        raise Conflict("This is more than was announced.", code="too_much")
    stored = vault.files.write([secrets.token_bytes(_SALT), data], limit=LARGEST_PART + _SALT)
    with vault.mechanics() as session:
        kept = session.get_one(Upload, number)
        if kept.received == at:
            session.add(UploadPart(upload_id=number, at=at, content_id=stored.content_id))
            kept.received = at + len(data)
            return kept.received
        received = kept.received
    _remove(vault, [stored.content_id])
    return received


def received_content(vault: Vault, account_id: str, number: int) -> str | None:
    """Put the parts together and return the content's id; None when that was done before."""
    row = _mine(vault, account_id, number)
    if row.done_at is not None:
        return None
    if row.received != row.size:
        raise Conflict(f"Byte {row.received} comes next.", code="out_of_turn")
    return vault.files.write(_whole(vault, _parts(vault, [number])), limit=LONGEST_FILE).content_id


def finish_upload(vault: Vault, number: int) -> None:
    """Note that the file was added, and let its parts go."""
    with vault.mechanics() as session:
        session.get_one(Upload, number).done_at = clock.now()
    _drop_parts(vault, [number])


def sweep_uploads(vault: Vault, now: datetime) -> datetime | None:
    """Let go of what was begun two days ago and never finished; return when to look again."""
    with vault.reading() as session:
        old = list(session.scalars(select(Upload.id).where(Upload.begun_at <= now - _KEPT)))
        young = session.scalar(
            select(Upload.begun_at).where(Upload.begun_at > now - _KEPT).order_by(Upload.begun_at).limit(1)
        )
    if old:
        _drop_parts(vault, old)
        with vault.mechanics() as session:
            session.execute(delete(Upload).where(Upload.id.in_(old)))
    return young + _KEPT if young is not None else None


def _mine(vault: Vault, account_id: str, number: int) -> Upload:
    with vault.reading() as session:
        row = session.get(Upload, number) if number < 1 << 62 else None
    if row is None or row.account_id != account_id:
        raise NotFound("This file is not being received. Begin again.", code="no_upload")
    return row


def _parts(vault: Vault, numbers: list[int]) -> list[str]:
    with vault.reading() as session:
        mine = select(UploadPart.content_id).where(UploadPart.upload_id.in_(numbers))
        return list(session.scalars(mine.order_by(UploadPart.upload_id, UploadPart.at)))


def _whole(vault: Vault, parts: list[str]) -> Iterator[bytes]:
    for part in parts:
        with vault.files.open(part) as stored:
            stored.seek(_SALT)
            yield stored.read()


def _drop_parts(vault: Vault, numbers: list[int]) -> None:
    parts = _parts(vault, numbers)
    with vault.mechanics() as session:
        session.execute(delete(UploadPart).where(UploadPart.upload_id.in_(numbers)))
    _remove(vault, parts)


def _remove(vault: Vault, contents: list[str]) -> None:
    for content_id in contents:
        try:
            vault.files.remove(content_id)
        except NotFound:
            # Somebody who died in between has removed it already.
            continue
