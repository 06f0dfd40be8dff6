"""Writing a stream of plain bytes as one sealed file, in memory for no more than a chunk."""

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from opsystem.kit.errors import LimitReached
from opsystem.vault.disk.sealing import CHUNK, HEADER, FileSeal

_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


@dataclass(frozen=True)
class Stored:
    """A content that is safely in the store; `size` in bytes."""

    content_id: str
    size: int


def write_sealed(
    stream: BinaryIO | Iterable[bytes],
    target: BinaryIO,
    *,
    files_key: bytes,
    content_key: bytes,
    limit: int,
    content_id: str | None = None,
) -> Stored:
    """Seal a stream into an empty, unbuffered file. Raises `LimitReached` beyond `limit` bytes.

    The content id is made from what was read, unless the content has one already.

    The header is written last, when size and content are known: a file cut off before never opens.
    """
    seal, digest, size = FileSeal.new(), hmac.new(content_key, digestmod="sha256"), 0
    _write_all(target, bytes(HEADER))
    for number, (plain, last) in enumerate(_in_chunks(stream)):
        size += len(plain)
        if size > limit:
            raise LimitReached(
                f"This file is larger than the {_in_words(limit)} one file may have.", code="file_too_large"
            )
        if content_id is None:
            digest.update(plain)
        _write_all(target, seal.close_chunk(number, plain, last=last))
    stored = Stored(content_id or digest.hexdigest(), size)
    target.seek(0)
    _write_all(target, seal.header(files_key, stored.content_id, size))
    return stored


def _in_chunks(stream: BinaryIO | Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream into whole chunks and tell the last one, which may be short, whole or empty."""
    held = bytearray()
    for piece in _pieces(stream):
        rest = memoryview(piece)
        while rest:
            # A full chunk goes only when more follows, since the last one is sealed as the last.
            if len(held) == CHUNK:
                yield bytes(held), False
                held.clear()
            taken = rest[: CHUNK - len(held)]
            held += taken
            rest = rest[len(taken) :]
    yield bytes(held), True


def _pieces(stream: BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    read = getattr(stream, "read", None)
    return iter(lambda: read(CHUNK), b"") if read else iter(stream)


def _write_all(target: BinaryIO, data: bytes) -> None:
    """Write everything: an unbuffered file may take less than it is given."""
    rest = memoryview(data)
    while rest:
        rest = rest[target.write(rest) :]


def _in_words(size: int) -> str:
    """Return a size as people say it, such as 500 MB."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{round(size / unit, 1):g} {name}"
    return f"{size} bytes"
