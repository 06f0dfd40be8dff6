"""A copy of a live vault's database, as it stood at one moment, while others go on writing.

Pages are copied as they lie, enciphered: what did not change since the last copy has the same bytes again, so
that a store which keeps equal pieces once keeps them once.

Why the copy is one committed state (https://www.sqlite.org/walformat.html, "The WAL-Index File Format"): the
whole copy is made inside a read transaction, which holds a mark in the log. There are two cases.

* The mark lies on frames of the log. Then a checkpoint moves frames into the database up to the mark at most,
  and nobody begins the log anew. Whatever page a checkpoint rewrites while it is being copied stands whole in
  the log, which is copied afterwards.
* The log had been moved into the database entirely, and the reader ignores it (mark 0). Then no checkpoint
  touches the database, but a writer may begin the log anew, once. A log copied half old and half new would
  lay old pages over newer ones. Beginning anew changes the header first: a log whose header is another one
  after the copy than before is copied again.

The copy is what a crash of the machine may leave behind: all that was committed before the call, and perhaps
what was committed during it.
"""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path
from typing import BinaryIO

from sqlcipher3 import dbapi2 as sqlcipher

from opsystem.vault.database import DATABASE_NAME, connect
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.disk.storage import storage_told, unreadable
from opsystem.vault.errors import VaultMissing, VaultUnreadable
from opsystem.vault.keys import derive

_LOG = f"{DATABASE_NAME}-wal"
_LOG_HEADER = 32  # bytes; salts and their checksum stand in it
_MOST_TRIES = 4  # more than the proof above needs
_PIECE = 1 << 20


def take_snapshot(vault: Path, vault_id: str, key: bytes, folder: Path, name: str) -> int:
    """Copy the database of the vault at `vault` to the new file `name` of `folder`; return its size in bytes.

    The copy is one file, safely on disk, and has been opened with the vault's key. The schema's version does
    not matter. Raises VaultMissing, VaultUnreadable and StorageProblem; then nothing is left behind.
    """
    database_key = derive(key, vault_id, "db")
    with VaultDirectory.open(vault) as source, VaultDirectory.open(folder) as target:
        try:
            _copy(vault, source, database_key, folder / name, target)
            _merge_log(folder / name, database_key)
            with target.open_file(name, "r+b") as copy:
                os.fsync(copy.fileno())
                size = os.fstat(copy.fileno()).st_size
            target.fsync_dir()
        except BaseException:
            for left in (name, f"{name}-wal", f"{name}-shm"):
                _remove(target, left)
            raise
    return size


def _copy(vault: Path, source: VaultDirectory, key: bytes, copy: Path, target: VaultDirectory) -> None:
    try:
        source.stat(DATABASE_NAME)
    except FileNotFoundError:
        raise VaultMissing("This vault's database is missing.", code="vault_missing") from None
    reader = connect(vault / DATABASE_NAME, key)
    try:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()  # takes the mark
        _copy_pages(vault / DATABASE_NAME, copy)
        _copy_log(source, target, f"{copy.name}-wal")
        reader.execute("COMMIT")
    finally:
        reader.close()


def _copy_pages(database: Path, copy: Path) -> None:
    """Copy the file in a process of its own.

    If this one closed a descriptor of the database, the system would drop every lock that connections of this
    process hold on it (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    command = ["cp", "--no-dereference", "--reflink=auto", "--", str(database), str(copy)]
    done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - no words of anybody
    if done.returncode:
        with storage_told():
            facts = os.statvfs(copy.parent)
            room = facts.f_bavail * facts.f_frsize >= database.stat().st_size
            raise OSError(errno.EIO if room else errno.ENOSPC, "a database could not be copied")


def _copy_log(source: VaultDirectory, target: VaultDirectory, name: str) -> None:
    for _ in range(_MOST_TRIES):
        before = _header(source)
        if len(before) < _LOG_HEADER:
            return  # nothing was written since the last checkpoint
        with source.open_file(_LOG) as log, target.create_exclusive(name) as copy:
            _copy_bytes(log, copy)
        if _header(source) == before:
            return
        target.remove(name)
    raise VaultUnreadable("This vault's log never stood still.", code="vault_log_restless")


def _copy_bytes(log: BinaryIO, copy: BinaryIO) -> None:
    """Copy what stands there now; a writer may be adding to it faster than it is read."""
    left = os.fstat(log.fileno()).st_size
    while left > 0 and (piece := log.read(min(left, _PIECE))):
        copy.write(piece)
        left -= len(piece)


def _header(source: VaultDirectory) -> bytes:
    # The log carries no locks: it may be opened and closed here.
    try:
        with source.open_file(_LOG, buffering=0) as log:
            return log.read(_LOG_HEADER)
    except FileNotFoundError:
        return b""


def _merge_log(copy: Path, key: bytes) -> None:
    """Open the copy, which finds the end of its log, and move the log's pages into the one file."""
    connection = connect(copy, key)
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlcipher.DatabaseError as error:
        raise unreadable() from error
    finally:
        connection.close()
    if busy:
        raise VaultUnreadable("Somebody else has opened the copy.", code="vault_copy_in_use")


def _remove(target: VaultDirectory, name: str) -> None:
    try:
        target.remove(name)
    except FileNotFoundError:
        return
