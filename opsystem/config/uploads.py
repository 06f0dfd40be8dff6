"""Large uploads on their way in: what does not stay in memory is sealed before it touches the disk.

The framework would write a plain temporary file, whose bytes stay on the disk after it is removed. The key
here is made for one upload and is never written down.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from opsystem.vault.disk.sealing import FileSeal


class _Spool:
    """Pieces in a file without a name, each sealed under its number."""

    def __init__(self) -> None:
        self._seal = FileSeal.new()
        self._file: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by `close`
        self._lengths: list[int] = []

    def add(self, piece: bytes) -> None:
        sealed = memoryview(self._seal.close_chunk(len(self._lengths), piece, last=False))
        self._lengths.append(len(sealed))
        while sealed:
            sealed = sealed[self._file.write(sealed) :]

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        for number, length in enumerate(self._lengths):
            sealed = b""
            while len(sealed) < length:
                sealed += self._file.read(length - len(sealed)) or b"\0"
            yield self._seal.open_chunk(number, sealed, last=False)

    def close(self) -> None:
        self._file.close()


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """An upload whose bytes are given piece by piece, from the beginning each time."""

    def __init__(self, spool: _Spool, **given: Any) -> None:
        super().__init__(None, **given)
        self._spool = spool

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002 - as they came
        """Yield the plain bytes. Raises DamagedFile when somebody changed the file meanwhile."""
        yield from self._spool.pieces()

    def multiple_chunks(self, chunk_size: int | None = None) -> bool:  # noqa: ARG002
        """Say that it should be taken piece by piece."""
        return True

    def close(self) -> None:
        """Let the bytes go."""
        self._spool.close()


class SealedUploadHandler(FileUploadHandler):
    """Takes what the handler for small uploads left."""

    _spool: _Spool

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with an empty spool."""
        super().new_file(*args, **kwargs)
        self._spool = _Spool()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - they come in order
        """Seal a piece."""
        self._spool.add(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        """Give the upload to the view."""
        return SealedUpload(
            self._spool,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Let go of what never became whole."""
        if hasattr(self, "_spool"):
            self._spool.close()
