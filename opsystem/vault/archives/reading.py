"""An archive somebody brings: its list compared with its directory, its files with both.

Nothing is believed twice: what is read again is checked again. Memory is for the list alone; files pass
through piece by piece.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final

from opsystem.vault.archives import zipform
from opsystem.vault.archives.directory import Refused, read_directory
from opsystem.vault.archives.writing import MANIFEST, manifest_head
from opsystem.vault.archives.zipform import Packed

_BLOCK: Final = 1 << 16
_LONGEST_HEAD: Final = 1 << 20
_LONGEST_LINE: Final = 1 << 13
_SAID: Final = ("name", "size", "sha256", "at", "length", "crc32")
_CONTENT_ID: Final = 64


@dataclass(frozen=True, slots=True)
class Listed:
    """A file and what the manifest says of it: its sums, the content it is, whether that was damaged."""

    packed: Packed
    sha256: bytes
    crc32: int
    content: str | None = None
    is_damaged: bool = False

    @property
    def name(self) -> str:
        """Its name in the archive."""
        return self.packed.name


class ArchiveReader:
    """An archive whose frame and list are right; `about` is what the manifest says of the whole.

    Raises Refused. `source` must be seekable and stays the caller's.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        directory = read_directory(source)
        self._stamp = directory.stamp
        self._check_header(directory.manifest)
        self._manifest = directory.manifest
        self.about = self._read_head()
        self.files = tuple(self._read_list(directory.files))

    def pieces(self, file: Listed) -> Iterator[bytes]:
        """Yield a file unpacked. Raises Refused, at the latest behind its end, if it is not as listed."""
        entry, digest, crc, size = file.packed, hashlib.sha256(), 0, 0
        whole = zlib.crc32(self._check_header(entry))
        press = zlib.decompressobj(-zlib.MAX_WBITS)
        for packed in self._blocks(entry.at + zipform.header_length(entry), entry.packed, entry.name):
            whole = zlib.crc32(packed, whole)
            for piece in _unpacked(press, packed, entry.name):
                size += len(piece)
                if size > entry.size:
                    raise Refused("It is larger than the archive says.", entry.name)
                digest.update(piece)
                crc = zlib.crc32(piece, crc)
                yield piece
        tail = self._bytes(entry.at + entry.length - len(zipform.descriptor(entry)), entry)
        if size != entry.size:
            raise Refused("It is smaller than the archive says.", entry.name)
        if not press.eof or press.unused_data or crc != entry.crc or tail != zipform.descriptor(entry):
            raise Refused("It is damaged.", entry.name)
        if digest.digest() != file.sha256 or zlib.crc32(tail, whole) != file.crc32:
            raise Refused("It is damaged, or not the file that is listed.", entry.name)

    def _bytes(self, at: int, entry: Packed) -> bytes:
        self._source.seek(at)
        return self._source.read(entry.at + entry.length - at)

    def _blocks(self, at: int, length: int, name: str) -> Iterator[bytes]:
        while length:
            self._source.seek(at)
            block = self._source.read(min(_BLOCK, length))
            if not block:
                raise Refused("It is cut off.", name)
            at, length = at + len(block), length - len(block)
            yield block

    def _check_header(self, entry: Packed) -> bytes:
        expected = zipform.local_header(entry, self._stamp)
        self._source.seek(entry.at)
        if self._source.read(len(expected)) != expected:
            raise Refused("Its header says something else than the directory.", entry.name)
        return expected

    def _read_head(self) -> dict[str, Any]:
        self._source.seek(self._manifest.at + zipform.header_length(self._manifest))
        line = self._source.readline(_LONGEST_HEAD)
        try:
            about = json.loads(line.removesuffix(b"\n") + b"]}", object_pairs_hook=_once)
            made_at = datetime.fromisoformat(about.pop("made_at"))
            about.pop("entries")
            same = manifest_head(made_at, about) == line and made_at.tzinfo is not None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Refused("The list of its files cannot be read.", MANIFEST) from None
        if not same or zipform.dos_time(made_at) != self._stamp:
            raise Refused("The list of its files is not as an export has it.", MANIFEST)
        return {**about, "made_at": made_at}

    def _read_list(self, files: tuple[Packed, ...]) -> Iterator[Listed]:
        """Compare the list with the directory, line by line."""
        for number, entry in enumerate(files, start=1):
            line = self._source.readline(_LONGEST_LINE)
            ending = b",\n" if number < len(files) else b"\n"
            try:
                said = json.loads(line.removesuffix(ending), object_pairs_hook=_once)
                listed = _listed(entry, said)
            except (ValueError, KeyError, TypeError, RecursionError):
                raise Refused("The list of files does not name it.", entry.name) from None
            if not line.endswith(ending):
                raise Refused("The list of files does not name what follows.", entry.name)
            yield listed
        end = self._manifest.at + zipform.header_length(self._manifest) + self._manifest.size
        if self._source.readline(_LONGEST_LINE) != b"]}\n" or self._source.tell() != end:
            raise Refused("The list names files that are not there.", MANIFEST)


def _unpacked(press: Any, packed: bytes, name: str) -> Iterator[bytes]:
    """Yield what a block unpacks to, never more than 64 KiB at once, however much it is."""
    try:
        piece: bytes = press.decompress(packed, _BLOCK)
        while piece:
            yield piece
            piece = press.decompress(press.unconsumed_tail, _BLOCK)
    except zlib.error:
        raise Refused("It is damaged.", name) from None


def _listed(entry: Packed, said: dict[str, Any]) -> Listed:
    if not isinstance(said, dict) or (said["name"], said["size"]) != (entry.name, entry.size):
        raise KeyError
    if (said["at"], said["length"]) != (entry.at, entry.length):
        raise KeyError
    content = said.get("content")
    if set(said) - {*_SAID, "content", "damaged"} or ("damaged" in said and content is None):
        raise KeyError
    if content is not None and (len(content) != _CONTENT_ID or content != bytes.fromhex(content).hex()):
        raise KeyError
    return Listed(entry, bytes.fromhex(said["sha256"]), int(said["crc32"], 16), content, "damaged" in said)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands there twice")
    return found
