"""The few things the key store and the slots ask of a disk, each durable when it returns.

Everything above is written against `Disk`, so that the whole protocol can be run against a disk in memory
that stops between any two of these steps. `Directory` is the real one; it opens
files through `vault.disk.paths` alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Protocol

from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.disk.storage import full, storage_told

Stamp = tuple[int, int, int]

_UNFINISHED = "unfinished-"
_LOCK = "lock"


class Disk(Protocol):
    """A small directory of files. A name that is not there raises `FileNotFoundError`."""

    def names(self) -> list[str]:
        """Return the names of the files, sorted."""
        ...

    def stamp(self, name: str) -> Stamp | None:
        """Return what changes whenever the file changes, or None when there is no such file."""
        ...

    def read(self, name: str) -> bytes:
        """Return the whole file."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Put a whole file in place at once: before or after, never between."""
        ...

    def append(self, name: str, content: bytes, *, at: int) -> None:
        """Write at the end, which must be `at`; what a crash left behind `at` is cut off first."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file."""
        ...

    def destroy(self, name: str) -> None:
        """Overwrite a file's own blocks with noise, then remove it."""
        ...

    def lock(self, name: str, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold a lock between processes for the time of the block; answers False when it was taken."""
        ...

    def place(self, name: str) -> Path:
        """Return where the file lies."""
        ...

    def copied(self) -> AbstractContextManager[Disk]:
        """Give a copy of all files at another place, for the time of the block."""
        ...

    def sweep(self) -> None:
        """Destroy what a crash left unfinished. Call it only while nobody else writes."""
        ...


class Directory:
    """A directory only this user may enter. It is made when there is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._directory = VaultDirectory.open(path)
        weakref.finalize(self, VaultDirectory.close, self._directory)

    def names(self) -> list[str]:
        """Return the names of the files, without locks and what a crash left unfinished."""
        return [name for name in self._directory.list() if not name.startswith((_UNFINISHED, _LOCK))]

    def stamp(self, name: str) -> Stamp | None:
        """Return the file's inode, size and time of change."""
        try:
            facts = self._directory.stat(name)
        except FileNotFoundError:
            return None
        return (facts.st_ino, facts.st_size, facts.st_mtime_ns)

    def read(self, name: str) -> bytes:
        """Return the whole file."""
        with self._directory.open_file(name) as file:
            return file.read()

    def write(self, name: str, content: bytes) -> None:
        """Write beside, sync, rename over, sync the directory."""
        temporary = f"{_UNFINISHED}{secrets.token_hex(8)}"
        with storage_told():
            try:
                with self._directory.create_exclusive(temporary) as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                self._directory.replace(temporary, name)
            except OSError:
                with contextlib.suppress(FileNotFoundError):
                    self._directory.remove(temporary)
                raise
            self._directory.fsync_dir()

    def append(self, name: str, content: bytes, *, at: int) -> None:
        """Write at the end and sync; `at` is where the end must be."""
        with storage_told(), self._directory.open_file(name, "r+b", buffering=0) as file:
            file.truncate(at)
            file.seek(at)
            if file.write(content) < len(content):
                raise full()
            os.fsync(file.fileno())

    def remove(self, name: str) -> None:
        """Remove a file and sync the directory."""
        self._directory.remove(name)
        self._directory.fsync_dir()

    def destroy(self, name: str) -> None:
        """Overwrite in place and sync, then remove. How far that reaches, `docs/deletion.md` says."""
        with storage_told(), self._directory.open_file(name, "r+b", buffering=0) as file:
            file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
            os.fsync(file.fileno())
        self.remove(name)

    @contextmanager
    def lock(self, name: str, *, wait: bool = True) -> Iterator[bool]:
        """Hold an exclusive flock; the kernel lets go when the process ends, however it ends."""
        with self._lock_file(f"{_LOCK}.{name}") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True

    def _lock_file(self, name: str) -> AbstractContextManager[BinaryIO]:
        try:
            return self._directory.create_exclusive(name, buffering=0)
        except FileExistsError:
            return self._directory.open_file(name, "r+b", buffering=0)

    def place(self, name: str) -> Path:
        """Return the path of a file in this directory."""
        return self._path / name

    @contextmanager
    def copied(self) -> Iterator[Directory]:
        """Give a copy in a temporary directory."""
        with TemporaryDirectory(prefix="opsystem-key-store-") as folder:
            copy = Directory(Path(folder) / "copy")
            for name in self.names():
                copy.write(name, self.read(name))
            yield copy

    def sweep(self) -> None:
        """Destroy what a crash left unfinished."""
        for name in self._directory.list():
            if name.startswith(_UNFINISHED):
                self.destroy(name)
