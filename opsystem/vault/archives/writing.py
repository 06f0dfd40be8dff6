"""A ZIP made piece by piece: little memory, every file with its sum, and the whole sealed at its end.

The last file, `manifest.json`, names every other one with its size and SHA-256, where it lies in the ZIP and
the sum over that place. It is JSON with one file a line, so that a large one can be read line by line. The
seal (`zipform`) holds for the manifest itself and what follows. An archive that was broken off has no end, so
that nobody takes it for whole.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final

from opsystem.vault.archives import zipform
from opsystem.vault.archives.csv_cells import Cell, csv_pieces
from opsystem.vault.archives.zipform import Packed

MANIFEST: Final = "manifest.json"
_BLOCK: Final = 1 << 16
_MOST_NARROW: Final = zipform.MAX_LONG - (1 << 20)


@dataclass(frozen=True)
class Entry:
    """One file of an archive, its name safe and unused (`names`); taken while the archive is made.

    `dense` files are not squeezed; `large` ones may be beyond four gigabytes. `note` is asked once the file
    is in, for what else the manifest shall say of it.
    """

    name: str
    pieces: Iterable[bytes]
    dense: bool = False
    large: bool = False
    note: Callable[[], Mapping[str, str]] = dict


def csv_entry(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Entry:
    """Return a table as an entry; the rows are taken while the archive is written."""
    return Entry(name, csv_pieces(header, rows))


def archive(
    entries: Iterable[Entry], *, at: datetime, about: Callable[[], Mapping[str, object]] = dict
) -> Iterator[bytes]:
    """Yield an archive of `entries`, its files dated `at` (aware).

    `about` is asked after the last entry for what the manifest shall say of the whole. Raises ValueError for
    an entry beyond four gigabytes that was not said to be large.
    """
    making = _Making(at)
    for entry in entries:
        yield from making.entry(entry)
    yield from making.end(about())


def manifest_head(at: datetime, about: Mapping[str, object]) -> bytes:
    """Return the first line of a manifest, up to the list of files."""
    said = json.dumps({"made_at": at.isoformat(), **about}, ensure_ascii=False)
    return said.removesuffix("}").encode() + b', "entries": [\n'


class _Making:
    """An archive on its way: how long it is so far, and what its manifest and directory will say."""

    def __init__(self, at: datetime) -> None:
        self._at, self._stamp = at, zipform.dos_time(at)
        self._length = 0
        self._count = 0
        self._directory = bytearray()
        self._list = bytearray()

    def entry(self, entry: Entry) -> Iterator[bytes]:
        """Yield one file with its header and descriptor."""
        begun = Packed(entry.name, self._length, 0, 0, 0, large=entry.large)
        header = zipform.local_header(begun, self._stamp)
        yield header
        press = zlib.compressobj(0 if entry.dense else 6, zlib.DEFLATED, -zlib.MAX_WBITS)
        digest, crc, size, packed = hashlib.sha256(), 0, 0, 0
        whole = zlib.crc32(header)
        for piece in _and_end(entry.pieces):
            if piece is None:
                out = press.flush()
            else:
                digest.update(piece)
                crc, size = zlib.crc32(piece, crc), size + len(piece)
                out = press.compress(piece)
            if out:
                whole, packed = zlib.crc32(out, whole), packed + len(out)
                yield out
        if max(size, packed) > _MOST_NARROW and not entry.large:
            raise ValueError("a file of the archive is larger than was said")
        done = Packed(entry.name, self._length, crc, packed, size, large=entry.large)
        tail = zipform.descriptor(done)
        yield tail
        self._note(done, digest.hexdigest(), zlib.crc32(tail, whole), entry.note())

    def _note(self, done: Packed, sha256: str, whole: int, more: Mapping[str, str]) -> None:
        line = {
            "name": done.name, "size": done.size, "sha256": sha256, "at": done.at, "length": done.length,
            "crc32": f"{whole:08x}", **more,
        }  # fmt: skip
        self._list += json.dumps(line, ensure_ascii=False).encode() + b",\n"
        self._keep(done)

    def _keep(self, done: Packed) -> None:
        self._directory += zipform.central_record(done, self._stamp)
        self._length += done.length
        self._count += 1

    def end(self, about: Mapping[str, object]) -> Iterator[bytes]:
        """Yield the manifest, the directory and the seal. The list is never in memory twice."""
        head, listed, tail = manifest_head(self._at, about), self._list, b"]}\n"
        if listed:
            listed[-2:] = b"\n"
        size = len(head) + len(listed) + len(tail)
        crc = zlib.crc32(tail, zlib.crc32(listed, zlib.crc32(head)))
        entry = Packed(MANIFEST, self._length, crc, size, size, plain=True)
        seal = hashlib.sha256()
        self._keep(entry)
        ends = zipform.end_records(self._count, self._length, len(self._directory))
        header = zipform.local_header(entry, self._stamp)
        parts = chain((header, head), _blocks(listed), (tail,), _blocks(self._directory), (ends,))
        for part in parts:
            seal.update(part)
            yield part
        yield zipform.SEAL_MARK + seal.hexdigest().encode()


def _blocks(data: bytearray) -> Iterator[bytes]:
    return (bytes(data[at : at + _BLOCK]) for at in range(0, len(data), _BLOCK))


def _and_end(pieces: Iterable[bytes]) -> Iterator[bytes | None]:
    yield from pieces
    yield None
