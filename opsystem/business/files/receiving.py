"""A file on its way in, part by part: a cut line costs one part, and a second start goes on where it was.

Each part begins with random bytes, so that no two parts are ever the same content: one can go without
another going with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from opsystem.business.files.models import Upload, UploadPart
from opsystem.business.files.operations import LONGEST_FILE
from opsystem.business.files.sweeping import KEPT, drop_parts, parts_of, remove_contents
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, LimitReached, NotFound
from opsystem.vault import Vault

LARGEST_PART: Final = 1024 * 1024
_SALT: Final = 16


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
            vault.wake("files", now + KEPT)
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
    remove_contents(vault, [stored.content_id])
    return received


def received_content(vault: Vault, account_id: str, number: int) -> str | None:
    """Put the parts together and return the content's id; None when that was done before."""
    row = _mine(vault, account_id, number)
    if row.done_at is not None:
        return None
    if row.received != row.size:
        raise Conflict(f"Byte {row.received} comes next.", code="out_of_turn")
    return vault.files.write(_whole(vault, parts_of(vault, [number])), limit=LONGEST_FILE).content_id


def finish_upload(vault: Vault, number: int) -> None:
    """Note that the file was added, and let its parts go."""
    with vault.mechanics() as session:
        session.get_one(Upload, number).done_at = clock.now()
    drop_parts(vault, [number])


def _mine(vault: Vault, account_id: str, number: int) -> Upload:
    with vault.reading() as session:
        row = session.get(Upload, number) if number < 1 << 62 else None
    if row is None or row.account_id != account_id:
        raise NotFound("This file is not being received. Begin again.", code="no_upload")
    return row


def _whole(vault: Vault, parts: list[str]) -> Iterator[bytes]:
    for part in parts:
        with vault.files.open(part) as stored:
            stored.seek(_SALT)
            yield stored.read()
