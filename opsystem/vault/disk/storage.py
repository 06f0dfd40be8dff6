"""What the disk says, in words: no room, read-only, failing, damaged, held by somebody else.

Result codes: https://www.sqlite.org/rescode.html. SQLite answers some shortages of room as a failed write,
so for those the disk itself is asked.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from opsystem.vault.errors import StorageFull, StorageProblem, VaultUnreadable

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED: Final = frozenset({errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE})
_PRIMARY: Final = 0xFF
_BUSY, _READ_ONLY, _FAILED, _DAMAGED, _FULL, _CANNOT_OPEN, _NO_DATABASE = 5, 8, 10, 11, 13, 14, 26
_IN_WORDS: Final = {"disk I/O error": _FAILED, "database or disk is full": _FULL}
_LITTLE: Final = 256 * 1024  # SQLite's shared memory, a log's first pages: less than this stops a writer


@contextmanager
def storage_told(place: Path | None = None) -> Iterator[None]:
    """Turn what the disk or the database engine says into a problem a person can act on.

    `place` is a directory on the disk that a database lies on.
    Raises StorageFull, StorageProblem or VaultUnreadable; everything else passes as it is.
    """
    try:
        yield
    except DBAPIError as error:
        problem = _of_database(error.orig, place)
        if problem is None:
            raise
        raise problem from error
    except sqlcipher.DatabaseError as error:
        problem = _of_database(error, place)
        if problem is None:
            raise
        raise problem from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise full() from error
        if error.errno in _REFUSED:
            raise refused() from error
        raise


def full() -> StorageFull:
    """Return the problem of a disk without room."""
    return StorageFull(
        "There is no room left to keep this. Nothing was saved; try again later.", code="storage_full"
    )


def refused() -> StorageProblem:
    """Return the problem of a disk that fails or may not be written."""
    return StorageProblem(
        "The disk does not answer as it should. Nothing was changed; try again later.", code="storage_failed"
    )


def unreadable() -> VaultUnreadable:
    """Return the problem of a database that its key does not open."""
    return VaultUnreadable(
        "This vault's key does not open it, or its database is damaged or cannot be read. "
        "Nothing was written to it.",
        code="vault_unreadable",
    )


def _of_database(
    error: BaseException | None, place: Path | None
) -> StorageFull | StorageProblem | VaultUnreadable | None:
    code = _code(error)
    if code == _FULL:
        return full()
    if code in {_FAILED, _CANNOT_OPEN, _READ_ONLY}:
        return full() if _has_no_room(place) else refused()
    if code in {_DAMAGED, _NO_DATABASE}:
        return unreadable()
    if code == _BUSY:
        return StorageProblem(
            "Somebody else is writing into this vault. Nothing was saved; try again.", code="vault_busy"
        )
    return None


def _code(error: BaseException | None) -> int:
    """Return the engine's primary result code; copying a whole database tells it in words only."""
    told = getattr(error, "sqlite_errorcode", None)
    return _IN_WORDS.get(str(error), 0) if told is None else int(told) & _PRIMARY


def _has_no_room(place: Path | None) -> bool:
    if place is None:
        return False
    try:
        facts = os.statvfs(place)
    except OSError:
        return False
    return facts.f_bavail * facts.f_frsize < _LITTLE and not facts.f_flag & os.ST_RDONLY
