"""What can go wrong with backups, in words for the operator and codes for logs."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from opsystem.kit.errors import Unavailable
from opsystem.vault.errors import StorageFull

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

_WORDS = {
    "backup_off": "No backups are set up: OPSYSTEM_BACKUP_REPOSITORY names no place.",
    "backup_no_program": "The program restic is not installed.",
    "backup_no_repository": "There is no backup repository at the place the settings name. Is it mounted?",
    "backup_wrong_password": "The backup repository does not open with the password in the password file.",
    "backup_locked": "The backup repository is locked by somebody else.",
    "backup_no_room": "There is no room left for backups, or for what they restore.",
    "backup_damaged": "The backup repository is damaged.",
    "backup_unreachable": "The backup storage cannot be reached.",
    "backup_not_allowed": "The backup storage does not let this user in.",
    "backup_busy": "A backup is being made or cared for right now.",
    "backup_incomplete": "Not everything could be read; the backup is incomplete.",
    "backup_stopped": "The backup was stopped, since somebody else took over.",
    "backup_none": "There is no such backup.",
    "backup_failed": "The backup program failed.",
    "backup_old_tls": "The backup storage does not speak TLS 1.3 with a certificate that is trusted.",
    "restore_other_database": "The backup is of another kind of control database than the settings name.",
    "restore_place_taken": "There is something at the place to restore to. Nothing there was touched.",
}


class BackupProblem(Unavailable):
    """A backup or restore that did not happen. `said` is what the program said, for the operator's eyes."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(f"{_WORDS[code]} {said}".strip(), code=code)


def is_no_room(error: Exception) -> bool:
    """Say whether an error means that a disk is full: a vault's, a file's or SQLite's way of saying so."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode == sqlite3.SQLITE_FULL
    return isinstance(error, StorageFull) or (isinstance(error, OSError) and error.errno in _NO_ROOM)


@contextmanager
def room_told() -> Iterator[None]:
    """Turn every way in which a disk says that it is full into one problem."""
    try:
        yield
    except (StorageFull, OSError, sqlite3.OperationalError) as error:
        if is_no_room(error):
            raise BackupProblem("backup_no_room") from error
        raise
