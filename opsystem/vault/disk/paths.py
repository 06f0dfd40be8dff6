"""The one place that opens, makes, renames and removes what lies in a vault's directory.

A `VaultDirectory` holds the directory's descriptor. Every name is checked against a strict alphabet, then
looked up beneath that descriptor without following links (`beneath`). Names are made by the vault itself; a
name a person gave to a file is data in the database and never comes here.

What a vault does not have raises `FileNotFoundError`, what it already has `FileExistsError`, as the system
says it; a name or an entry that could lead elsewhere raises `UnsafePath`.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Literal, Self

from opsystem.kit.errors import Invalid
from opsystem.vault.disk.beneath import OpenBeneath, best_way

_COMPONENT: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?")
_DEEPEST: Final = 8
_LEADS_ELSEWHERE: Final = frozenset({errno.ELOOP, errno.EXDEV, errno.ENOTDIR, errno.EISDIR, errno.ENXIO})
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY
_PLACE: Final = os.O_PATH | os.O_DIRECTORY
_ACCESS: Final = {"rb": os.O_RDONLY, "r+b": os.O_RDWR}


class UnsafePath(Invalid):
    """A name that a vault does not use, or an entry of its directory that leads out of it."""

    def __init__(self) -> None:
        super().__init__("This is not the name of anything in a vault.", code="unsafe_path")


def components(relative: str) -> tuple[str, ...]:
    """Split a relative name such as `files/ab/ab12` and check every part. Raises `UnsafePath`."""
    parts = tuple(relative.split("/")) if isinstance(relative, str) else ()
    if not 0 < len(parts) <= _DEEPEST or not all(_COMPONENT.fullmatch(part) for part in parts):
        raise UnsafePath
    return parts


class VaultDirectory:
    """A vault's directory, held open. Close it, or use it in a `with` block."""

    def __init__(self, descriptor: int, way: OpenBeneath) -> None:
        """Take over an open directory descriptor; `open` and `create` are the usual ways in."""
        self._descriptor = descriptor
        self._way = way

    @classmethod
    def open(cls, path: Path | str, *, way: OpenBeneath | None = None) -> Self:
        """Open an existing directory. The last part of the path must not be a link."""
        with _refusing():
            descriptor = os.open(path, _FOLDER | os.O_NOFOLLOW | os.O_CLOEXEC)
        return cls(descriptor, way or best_way())

    @classmethod
    def create(cls, path: Path | str, *, way: OpenBeneath | None = None) -> Self:
        """Make a directory only this user may enter, safely on disk, and open it.

        Raises FileExistsError; what cannot be made safe on disk is removed again.
        """
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(path).mkdir(mode=0o700)
        try:
            _sync_folder(Path(path).parent)
            return cls.open(path, way=way)
        except BaseException:
            Path(path).rmdir()
            raise

    @staticmethod
    def discard(path: Path | str) -> None:
        """Remove a directory that was just made and never came to hold more than files."""
        with VaultDirectory.open(path) as directory:
            for name in directory.list():
                directory.remove(name)
        Path(path).rmdir()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the directory go. Closing twice is fine; using it afterwards is an `OSError`."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def open_file(self, relative: str, mode: Literal["rb", "r+b"] = "rb", *, buffering: int = -1) -> BinaryIO:
        """Open a plain file that exists."""
        # Without O_NONBLOCK, a pipe somebody planted would hold the caller until it is written to.
        descriptor = self._open(components(relative), _ACCESS[mode] | os.O_NONBLOCK)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return os.fdopen(descriptor, mode, buffering)
        os.close(descriptor)
        raise UnsafePath

    def create_exclusive(self, relative: str, *, buffering: int = -1) -> BinaryIO:
        """Make a new file, only for this user, open for writing and reading. Raises `FileExistsError`."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
        return os.fdopen(self._open(components(relative), flags, 0o600), "w+b", buffering)

    def replace(self, temporary: str, final: str) -> None:
        """Rename a file over another at once. Durable after `fsync_dir` of the final name's directory."""
        self.stat(temporary)
        with self._parent(temporary) as (source, old), self._parent(final) as (target, new), _refusing():
            os.replace(old, new, src_dir_fd=source, dst_dir_fd=target)

    def mkdir(self, relative: str, *, exist_ok: bool = False) -> bool:
        """Make a directory, only for this user. Return whether it is new."""
        with self._parent(relative) as (parent, name):
            try:
                os.mkdir(name, 0o700, dir_fd=parent)
            except FileExistsError:
                if exist_ok and stat.S_ISDIR(self.stat(relative).st_mode):
                    return False
                raise
        return True

    def remove(self, relative: str) -> None:
        """Remove a file. A link somebody planted is itself removed, not what it points to."""
        with self._parent(relative) as (parent, name):
            os.unlink(name, dir_fd=parent)

    def remove_dir(self, relative: str) -> None:
        """Remove an empty directory."""
        with self._parent(relative) as (parent, name), _refusing():
            os.rmdir(name, dir_fd=parent)

    def list(self, relative: str | None = None) -> list[str]:
        """Return the sorted names in a directory, by default the vault's own."""
        descriptor = self._open(() if relative is None else components(relative), _FOLDER)
        try:
            return sorted(os.listdir(descriptor))  # noqa: PTH208 - pathlib cannot list an open descriptor
        finally:
            os.close(descriptor)

    def stat(self, relative: str) -> os.stat_result:
        """Return the facts of a plain file or a directory. Raises `UnsafePath` for anything else."""
        with self._parent(relative) as (parent, name):
            facts = os.stat(name, dir_fd=parent, follow_symlinks=False)
        if stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode):
            return facts
        raise UnsafePath

    def fsync_dir(self, relative: str | None = None) -> None:
        """Make what was created, renamed or removed in a directory survive a power cut."""
        descriptor = self._open(() if relative is None else components(relative), _FOLDER)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _open(self, parts: tuple[str, ...], flags: int, mode: int = 0) -> int:
        with _refusing():
            return self._way(self._descriptor, parts, flags, mode)

    @contextmanager
    def _parent(self, relative: str) -> Iterator[tuple[int, str]]:
        """Hold the directory an entry stands in; the system calls then act on the last name alone."""
        *above, name = components(relative)
        descriptor = self._open(tuple(above), _PLACE)
        try:
            yield descriptor, name
        finally:
            os.close(descriptor)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, _FOLDER | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn the kernel's ways of saying "that leads elsewhere" into one error that names no path."""
    try:
        yield
    except OSError as error:
        if error.errno in _LEADS_ELSEWHERE:
            raise UnsafePath from None
        raise
