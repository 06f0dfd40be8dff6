"""The directory of an archive somebody brings, read and believed in nothing.

Every record is compared with the one an export would have at its place. What is refused here is refused
before a byte of a file is unpacked.
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

from opsystem.kit.errors import Invalid
from opsystem.vault.archives import zipform
from opsystem.vault.archives.names import folded, why_unsafe
from opsystem.vault.archives.writing import MANIFEST
from opsystem.vault.archives.zipform import Packed, Stamp

MOST_FILES: Final = 300_000
MOST_BYTES: Final = 1 << 40
_MOST_DIRECTORY: Final = 128 << 20
_LONGEST_NAME: Final = 1_000
# Deflate squeezes a thousandfold at most; a file of people's words or rows nowhere near as much.
_MOST_SQUEEZED: Final = 250
_SMALL: Final = 1 << 20
_BLOCK: Final = 1 << 20


class Refused(Invalid):
    """An archive that is not taken in. The message names the file and the reason; nothing was written."""

    def __init__(self, reason: str, name: str = "") -> None:
        self.name, self.reason = name, reason
        where = f" “{name[:200]}”" if name else ""
        super().__init__(f"This archive is not taken in.{where} {reason}", code="archive_refused")


@dataclass(frozen=True)
class Directory:
    """What an archive holds, in the order it lies there; the manifest is apart."""

    files: tuple[Packed, ...]
    manifest: Packed
    stamp: Stamp


def read_directory(source: BinaryIO) -> Directory:
    """Read and check the end and the directory of an archive. Raises Refused."""
    length = source.seek(0, os.SEEK_END)
    begin, size, count = _end(source, length)
    files, stamp = _records(source, begin, size, count)
    *others, last = files
    if last.name != MANIFEST or not last.plain:
        raise Refused("The list of its files is not at its end.", MANIFEST)
    if last.at + last.length != begin:
        raise Refused("Something lies between its files and its directory.", MANIFEST)
    _check_seal(source, last.at, length)
    return Directory(tuple(others), last, stamp)


def _end(source: BinaryIO, length: int) -> tuple[int, int, int]:
    """Return where the directory begins, how long it is and how many records it has."""
    ends = zipform.END.size + zipform.SEAL
    if length < ends:
        raise Refused("It is no ZIP, or only its beginning.")
    source.seek(length - ends)
    end = source.read(zipform.END.size)
    if not source.read().startswith(zipform.SEAL_MARK) or not end.startswith(b"PK\5\6"):
        raise Refused("It is no export of OpSystem, was packed anew by another program, or is cut off.")
    _, _, _, _, count, size, begin, _ = zipform.END.unpack(end)
    wide = zipform.END64.size + zipform.LOCATOR.size
    if count == zipform.MAX_SHORT or zipform.MAX_LONG in (size, begin):
        if length < ends + wide:
            raise Refused("Its end is damaged.")
        source.seek(length - ends - wide)
        *_, count, size, begin = zipform.END64.unpack(source.read(zipform.END64.size))
    else:
        wide = 0
    if count > MOST_FILES or size > _MOST_DIRECTORY:
        raise Refused(f"It has more than {MOST_FILES:,} files.")
    source.seek(length - ends - wide)
    if begin + size + wide + ends != length or not count:
        raise Refused("Its directory is not where its end says.")
    if source.read(wide + zipform.END.size) != zipform.end_records(count, begin, size):
        raise Refused("Its end is not as an export has it.")
    return begin, size, count


def _records(source: BinaryIO, begin: int, size: int, count: int) -> tuple[list[Packed], Stamp]:
    source.seek(begin)
    left, at, total = size, 0, 0
    found: list[Packed] = []
    used: set[int] = set()
    stamp: Stamp | None = None
    for _ in range(count):
        record = _record(source, left)
        left -= len(record)
        entry, its_stamp = _entry(record)
        stamp = stamp or its_stamp
        same = hash(folded(entry.name))
        if same in used and any(folded(one.name) == folded(entry.name) for one in found):
            raise Refused("There are two files of this name.", entry.name)
        used.add(same)
        if entry.at != at:
            raise Refused(
                "It overlaps another file." if entry.at < at else "Something lies before it.", entry.name
            )
        at += entry.length
        total += entry.size
        if at > begin:
            raise Refused("It reaches into what is not its own.", entry.name)
        if total > MOST_BYTES:
            raise Refused("Unpacked, it would be too large.", entry.name)
        if record != zipform.central_record(entry, stamp):
            raise Refused("Its entry is not as an export has it.", entry.name)
        found.append(entry)
    if left or stamp is None:
        raise Refused("Its directory is longer than its records.")
    return found, stamp


def _record(source: BinaryIO, left: int) -> bytes:
    """Read the next record of at most `left` bytes."""
    first = source.read(zipform.CENTRAL.size) if left >= zipform.CENTRAL.size else b""
    if not first.startswith(b"PK\1\2"):
        raise Refused("Its directory is damaged.")
    name, extra, comment = struct.unpack_from("<HHH", first, 28)
    if name + extra + comment > min(left - len(first), _LONGEST_NAME + 64):
        raise Refused("A name in its directory is too long, or the directory is cut off.")
    return first + source.read(name + extra + comment)


def _entry(record: bytes) -> tuple[Packed, Stamp]:
    fields = zipform.CENTRAL.unpack_from(record)
    flags, method, time, date, crc, packed, size, name_length, extra_length = fields[3:12]
    mode, at = fields[15], fields[16]
    try:
        name = record[zipform.CENTRAL.size :][:name_length].decode()
    except UnicodeDecodeError:
        raise Refused("A name in its directory is no text.") from None
    _check_kind(name, flags, method, mode)
    large = zipform.MAX_LONG in (packed, size)
    wide = record[zipform.CENTRAL.size + name_length :][:extra_length]
    numbers = list(struct.unpack_from(f"<{max(0, len(wide) - 4) // 8}Q", wide, min(4, len(wide))))
    if len(numbers) < 2 * large + (at == zipform.MAX_LONG):
        raise Refused("Its size is not said.", name)
    if large:
        size, packed = numbers.pop(0), numbers.pop(0)
    if at == zipform.MAX_LONG:
        at = numbers.pop(0)
    if size > max(_SMALL, packed * _MOST_SQUEEZED):
        raise Refused("Unpacked, it would be far larger than it is.", name)
    plain = method == zipform.STORED
    if plain and size != packed:
        raise Refused("It is packed in a way an export does not use.", name)
    return Packed(name, at, crc, packed, size, large=large, plain=plain), (time, date)


def _check_kind(name: str, flags: int, method: int, mode: int) -> None:
    """Refuse what is no plain file under a plain name."""
    why = why_unsafe(name)
    if why:
        raise Refused(why, name)
    if flags & zipform.ENCRYPTED:
        raise Refused("It is encrypted.", name)
    if method not in (zipform.STORED, zipform.DEFLATED):
        raise Refused("It is packed in a way that is not known here.", name)
    if stat.S_ISLNK(mode >> 16):
        raise Refused("It is a link.", name)
    if mode != zipform.PLAIN_FILE:
        raise Refused("It is no plain file.", name)
    if (method == zipform.STORED) != (name == MANIFEST):
        raise Refused("It is packed in a way an export does not use.", name)


def _check_seal(source: BinaryIO, begin: int, length: int) -> None:
    source.seek(begin)
    digest, left = hashlib.sha256(), length - zipform.SEAL - begin
    while left and (block := source.read(min(_BLOCK, left))):
        digest.update(block)
        left -= len(block)
    if source.read() != zipform.SEAL_MARK + digest.hexdigest().encode():
        raise Refused("The list of its files is damaged or was changed.", MANIFEST)
