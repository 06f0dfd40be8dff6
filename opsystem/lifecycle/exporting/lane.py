"""The worker's part of an export: packed from one state of the vault into one sealed file, then offered.

A worker that dies on the way leaves a row that says "making" and a file nobody knows; the next begins anew.
What is offered was written to its end. After a day, or soon after it was fetched, the file is removed.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from opsystem.business.exports.models import Export
from opsystem.business.files.models import File
from opsystem.kit import clock
from opsystem.kit.errors import NotFound, Problem
from opsystem.lifecycle.exporting.everything import everything
from opsystem.lifecycle.exporting.notice import tell_ready
from opsystem.lifecycle.exporting.source import Source, one_state
from opsystem.vault import Vault

Keep = Callable[[], bool]
_LOG = logging.getLogger(__name__)
_KEPT: Final = timedelta(hours=24)
_MOST_BYTES: Final = 1 << 44
_MOST_TRIES: Final = 3
_AGAIN: Final = timedelta(minutes=1)
_REPORT: Final = timedelta(milliseconds=500)


class _LetGo(Exception):
    """The worker stops, or the export is not wanted any more."""


def run(vault: Vault, business_number: int, keep: Keep) -> datetime | None:
    """Remove what is over, make what is asked for; return when to look again."""
    _remove_what_is_over(vault)
    asked = _claim(vault)
    if asked is not None:
        _make(vault, business_number, asked, keep)
    with vault.reading() as session:
        due = select(Export.due_at).where(Export.due_at.is_not(None)).order_by(Export.due_at).limit(1)
        return session.scalar(due)


def _claim(vault: Vault) -> int | None:
    """Count a try of the next export that is asked for and return its number."""
    with vault.mechanics() as session:
        asked = (
            select(Export)
            .where(Export.state.in_(("waiting", "making")), Export.due_at <= clock.now())
            .order_by(Export.id)
            .limit(1)
        )
        row = session.scalar(asked)
        if row is None:
            return None
        row.tries += 1
        if row.tries > _MOST_TRIES:
            row.state, row.due_at = "failed", None
            row.problem = row.problem or "It could not be finished."
            return None
        row.state, row.done, row.due_at = "making", 0, clock.now() + _AGAIN
        return row.id


def _make(vault: Vault, business_number: int, number: int, keep: Keep) -> None:
    at = clock.now()
    try:
        with one_state(vault) as source:
            _report(vault, number, total=_estimate(source))
            pieces = _reported(vault, number, everything(source, by=_asker(source, number), at=at), keep)
            # Its name is given and not made from its bytes: hashing them all once more would say nothing new.
            stored = vault.parcels.write(pieces, limit=_MOST_BYTES, content_id=secrets.token_hex(32))
    except _LetGo:
        _give_back(vault, number)
        return
    except Problem as problem:
        _LOG.warning("export.not_made", extra={"code": problem.code})
        _report(vault, number, problem=problem.message)
        return
    ready = _offer(vault, number, stored.content_id, stored.size)
    if ready is not None:
        _LOG.info("export.ready", extra={"bytes": stored.size})
        tell_ready(ready, business_number)


def _offer(vault: Vault, number: int, content_id: str, size: int) -> str | None:
    """Note that the file is whole; return the account that asked, or None when nobody wants it now."""
    now = clock.now()
    with vault.mechanics() as session:
        row = session.get_one(Export, number)
        row.content_id, row.size = content_id, size
        if row.state != "making":
            row.due_at = now
            return None
        row.state, row.made_at, row.problem = "ready", now, None
        row.expires_at = row.due_at = now + _KEPT
        return row.account_id


def _reported(vault: Vault, number: int, pieces: Iterator[bytes], keep: Keep) -> Iterator[bytes]:
    """Pass pieces on, noting now and then how far it is; stop where the work is to be let go."""
    done, told = 0, clock.now()
    for piece in pieces:
        yield piece
        done += len(piece)
        if clock.now() - told >= _REPORT:
            told = clock.now()
            if not keep() or not _report(vault, number, done=done):
                raise _LetGo


def _report(vault: Vault, number: int, **fields: object) -> bool:
    """Note something in the row; answers whether the export is still wanted."""
    with vault.mechanics() as session:
        row = session.get_one(Export, number)
        if row.state != "making":
            return False
        for name, value in {**fields, "due_at": clock.now() + _AGAIN}.items():
            setattr(row, name, value)
    return True


def _give_back(vault: Vault, number: int) -> None:
    """Let the next worker begin at once; a worker that was told to stop has not failed."""
    with vault.mechanics() as session:
        row = session.get_one(Export, number)
        if row.state == "making":
            row.tries, row.due_at = row.tries - 1, clock.now()


def _estimate(source: Source) -> int:
    """Return about how long the archive will be: the files as they are, the rows packed twice."""
    files = source.session.scalar(select(func.sum(File.size))) or 0
    pages = source.session.scalar(
        text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    )
    return int(files + (pages or 0) // 3)


def _asker(source: Source, number: int) -> str:
    return source.session.get_one(Export, number).asked_by


def _remove_what_is_over(vault: Vault) -> None:
    """Remove the files of exports that are over, and what a fallen worker left."""
    with vault.mechanics() as session:
        for row in session.scalars(select(Export).where(Export.expires_at <= clock.now())):
            row.state, row.link_hash, row.expires_at, row.due_at = "gone", None, None, None
        wanted = _wanted(session)
    vault.parcels.sweep_temporary(timedelta(hours=1))
    for content_id in list(vault.parcels.ids()):
        if content_id not in wanted:
            try:
                vault.parcels.remove(content_id)
            except NotFound:
                continue  # another worker was faster


def _wanted(session: Session) -> set[str]:
    kept = select(Export.content_id).where(Export.state.in_(("making", "ready", "fetched")))
    return set(filter(None, session.scalars(kept)))
