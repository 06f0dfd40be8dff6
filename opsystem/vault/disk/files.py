"""The encrypted files of a vault: written as a stream, found by their content, read at any place.

A file lies in `files/<first two>/<content id>`. The content id is a keyed hash of the plain bytes, so the
same content is kept once and a name tells nothing to whoever sees the directory; a content that was brought
in from another vault keeps the id it had there. A file is written under `files/tmp/`, made safe on disk and
only then renamed: what can be seen is whole. Two more stores have what passes through: `parcels/` the
exports that wait to be fetched, `arrivals/` the archives that are brought.

Which client or job a file belongs to, what a person calls it, and when it may go, is not known here.
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from datetime import timedelta
from io import BufferedReader
from typing import BinaryIO, Final, Literal

from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.vault.disk.paths import UnsafePath, VaultDirectory
from opsystem.vault.disk.reading import SealedFile
from opsystem.vault.disk.sealing import CHUNK, DamagedFile
from opsystem.vault.disk.storage import storage_told
from opsystem.vault.disk.writing import Stored, write_sealed
from opsystem.vault.keys import derive

__all__ = ["DamagedFile", "FileStore", "Stored"]

_CONTENT_ID: Final = re.compile(r"[0-9a-f]{64}")
_SHELF: Final = re.compile(r"[0-9a-f]{2}")


class FileStore:
    """The files of one open vault. Safe to use from several threads."""

    def __init__(
        self,
        directory: VaultDirectory,
        vault_key: bytes,
        vault_id: str,
        root: Literal["files", "parcels", "arrivals"] = "files",
    ) -> None:
        self._directory = directory
        self._root = root
        self._temporary = f"{root}/tmp"  # noqa: S108 - a folder of the vault
        self._files_key = derive(vault_key, vault_id, "files" if root == "files" else "export")
        self._content_key = derive(vault_key, vault_id, "content-id")
        self._safe_folders: set[str] = set()

    def write(
        self, stream: BinaryIO | Iterable[bytes], *, limit: int, content_id: str | None = None
    ) -> Stored:
        """Store a content of at most `limit` bytes, never more than a chunk of it in memory.

        `content_id` is the one it had in the vault it comes from; others are made here.

        Raises `LimitReached` when there is more, `StorageProblem` when the disk is full or fails; neither
        leaves anything behind. When it returns, the content survives a power cut.
        """
        temporary = f"{self._temporary}/{secrets.token_hex(16)}"
        with storage_told():
            self._make(self._root)
            self._make(self._temporary)
            target = self._directory.create_exclusive(temporary, buffering=0)
            try:
                with target:
                    stored = write_sealed(
                        stream, target, files_key=self._files_key, content_key=self._content_key, limit=limit,
                        content_id=content_id,
                    )  # fmt: skip
                    os.fsync(target.fileno())
                place = self._place(stored.content_id)
                self._make(_above(place) or self._root)
                # A content that stands there already is replaced: that heals a damaged one, and its new date
                # keeps one that is just being used again from being swept as one that nobody uses.
                self._directory.replace(temporary, place)
            except BaseException:
                self._directory.remove(temporary)
                raise
            self._directory.fsync_dir(_above(place))
        return stored

    def open(self, content_id: str) -> BufferedReader:
        """Open a content for reading at any place.

        Raises `NotFound`, and `DamagedFile` here or while reading; what was read until then is right.
        """
        return BufferedReader(self._open(content_id), CHUNK)

    def pieces(self, content_id: str) -> Iterator[bytes]:
        """Yield a whole content in pieces, opened when the first is taken. Raises as `open` does."""
        with self._open(content_id) as file:
            yield from file.chunks()

    def size(self, content_id: str) -> int:
        """Return the size in bytes, from the sealed header. Raises `NotFound` or `DamagedFile`."""
        with self._open(content_id) as file:
            return file.size

    def verify(self, content_id: str) -> None:
        """Read the whole content: each chunk is bound to this id. Raises `NotFound` or `DamagedFile`."""
        with self._open(content_id) as file:
            for _ in file.chunks():
                continue

    def remove(self, content_id: str) -> None:
        """Remove a content for good. Raises `NotFound` when it is not there."""
        place = self._place(content_id)
        try:
            self._directory.remove(place)
        except FileNotFoundError:
            raise _not_found() from None
        self._directory.fsync_dir(_above(place))

    def ids(self) -> Iterator[str]:
        """Yield the id of every content in the store, in order."""
        for shelf in self._names(self._root):
            if _SHELF.fullmatch(shelf):
                yield from filter(_CONTENT_ID.fullmatch, self._names(f"{self._root}/{shelf}"))

    def sweep_temporary(self, older_than: timedelta) -> int:
        """Remove what interrupted writes left behind, and return how many there were."""
        before = (clock.now() - older_than).timestamp()
        return sum(self._sweep(f"{self._temporary}/{name}", before) for name in self._names(self._temporary))

    def _sweep(self, place: str, before: float) -> bool:
        try:
            if self._directory.stat(place).st_mtime >= before:
                return False
            self._directory.remove(place)
        except FileNotFoundError:
            return False  # its writer has just finished
        return True

    def _make(self, relative: str) -> None:
        if relative in self._safe_folders:
            return
        self._directory.mkdir(relative, exist_ok=True)
        # Also one that is there: who made it may still be on the way to making it safe, or have died there.
        self._directory.fsync_dir(_above(relative))
        self._safe_folders.add(relative)

    def _open(self, content_id: str) -> SealedFile:
        try:
            with storage_told():
                source = self._directory.open_file(self._place(content_id), buffering=0)
        except FileNotFoundError:
            raise _not_found() from None
        except UnsafePath:
            raise DamagedFile from None  # somebody put a link or a folder in its place
        try:
            return SealedFile(source, self._files_key, content_id)
        except BaseException:
            source.close()
            raise

    def _names(self, relative: str) -> list[str]:
        try:
            return self._directory.list(relative)
        except FileNotFoundError:
            return []  # nothing has been written yet

    def _place(self, content_id: str) -> str:
        if not _CONTENT_ID.fullmatch(content_id):
            raise _not_found()
        return f"{self._root}/{content_id[:2]}/{content_id}"


def _above(relative: str) -> str | None:
    return relative.rpartition("/")[0] or None


def _not_found() -> NotFound:
    return NotFound("This file is not in the vault.", code="file_missing")
