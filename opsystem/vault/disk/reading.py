"""Reading a sealed file at any place, opening only the chunks that are asked for."""

import io
import os
from collections.abc import Iterator
from typing import BinaryIO

from typing_extensions import Buffer

from opsystem.vault.disk.sealing import (
    CHUNK,
    HEADER,
    DamagedFile,
    FileSeal,
    chunks_of,
    place_of,
    sealed_length,
)
from opsystem.vault.disk.storage import storage_told


class SealedFile(io.RawIOBase):
    """The plain bytes of one sealed file, seekable and read-only. Every read is checked before it is given.

    Takes over `source`, an open sealed file, and closes it. Raises `DamagedFile` when the header does not fit
    the content id, the key and the length of the file.
    """

    def __init__(self, source: BinaryIO, files_key: bytes, content_id: str) -> None:
        self._source = source
        self._seal, self.size = FileSeal.of(_read(source, HEADER, 0), files_key, content_id)
        if os.fstat(source.fileno()).st_size != sealed_length(self.size):
            raise DamagedFile
        self._chunks = chunks_of(self.size)
        self._at = 0
        self._open_number = -1
        self._open_chunk = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that any place can be read."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place counted from the start, from here or from the end."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("There is nothing before the start of a file.")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        """Read to the end of the current chunk at most. Raises `DamagedFile`."""
        number, within = divmod(self._at, CHUNK)
        if self._at >= self.size:
            return 0
        target = memoryview(buffer).cast("B")
        piece = memoryview(self.chunk(number))[within : within + len(target)]
        target[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def chunk(self, number: int) -> bytes:
        """Return the plain bytes of one chunk; the last one opened is kept at hand. Raises `DamagedFile`."""
        if number != self._open_number:
            last = number == self._chunks - 1
            begins, ends = place_of(number), sealed_length(self.size) if last else place_of(number + 1)
            sealed = _read(self._source, ends - begins, begins)
            self._open_chunk = self._seal.open_chunk(number, sealed, last=last)
            self._open_number = number
        return self._open_chunk

    def chunks(self) -> Iterator[bytes]:
        """Yield the plain bytes of every chunk in order, also of the empty one. Raises `DamagedFile`."""
        return map(self.chunk, range(self._chunks))

    def close(self) -> None:
        """Close the sealed file beneath and forget the chunk at hand."""
        self._open_chunk, self._open_number = b"", -1
        self._source.close()
        super().close()


def _read(source: BinaryIO, count: int, begins: int) -> bytes:
    """Read all of a place: the system may give less than it is asked for. Raises `StorageProblem`."""
    pieces: list[bytes] = []
    with storage_told():
        while count > 0 and (piece := os.pread(source.fileno(), count, begins)):
            pieces.append(piece)
            count, begins = count - len(piece), begins + len(piece)
    return b"".join(pieces)
