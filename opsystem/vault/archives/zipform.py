"""The parts of a ZIP as bytes, in the one form an export has (APPNOTE 6.3.10, sections 4.3 to 4.5).

    entry        header · packed bytes · descriptor        one a file, one after the other, nothing between
    list         header · plain bytes                      the manifest, always last
    directory    one record a file, in the same order
    end          (ZIP64 end, its locator,) end record, seal

The seal is the ZIP's comment: a mark, and the SHA-256 of everything from the list's header up to it. Nothing
in an export is free to be otherwise: whoever knows names, sizes, sums and the date knows every byte of its
frame.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

Stamp = tuple[int, int]
STORED, DEFLATED = 0, 8
ENCRYPTED: Final = 1
SEAL_MARK: Final = b"OpSystem export 1 "
SEAL: Final = len(SEAL_MARK) + 64
MAX_SHORT: Final = 0xFFFF
MAX_LONG: Final = 0xFFFFFFFF

_UTF8, _LATER = 0x0800, 0x0008
_UNIX_45: Final = 0x032D
PLAIN_FILE: Final = 0o100644 << 16
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
END: Final = struct.Struct("<4sHHHHIIH")
END64: Final = struct.Struct("<4sQHHIIQQQQ")
LOCATOR: Final = struct.Struct("<4sIQI")


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of an archive: where its header begins, its sums and sizes in bytes.

    `large` says that its sizes may be beyond four gigabytes; `plain` that it is not squeezed.
    """

    name: str
    at: int
    crc: int
    packed: int
    size: int
    large: bool = False
    plain: bool = False

    @property
    def length(self) -> int:
        """The bytes of the whole entry, with header and descriptor."""
        tail = 0 if self.plain else 24 if self.large else 16
        return header_length(self) + self.packed + tail


def dos_time(at: datetime) -> Stamp:
    """Return time and date as a ZIP has them, in steps of two seconds (4.4.6)."""
    return at.hour << 11 | at.minute << 5 | at.second // 2, (at.year - 1980) << 9 | at.month << 5 | at.day


def header_length(entry: Packed) -> int:
    """Return the length of an entry's header."""
    return _LOCAL.size + len(entry.name.encode()) + (20 if entry.large else 0)


def local_header(entry: Packed, stamp: Stamp) -> bytes:
    """Return the header before a file. Sums and sizes follow behind it, but for a plain file."""
    name = entry.name.encode()
    known = (entry.crc, entry.size, entry.size) if entry.plain else (0, 0, 0)
    if entry.large:
        known = (0, MAX_LONG, MAX_LONG)
    extra = struct.pack("<HHQQ", 1, 16, 0, 0) if entry.large else b""
    first = _LOCAL.pack(
        b"PK\3\4", _needs(entry.large), _flags(entry), _method(entry), *stamp, *known, len(name),
        len(extra),
    )  # fmt: skip
    return first + name + extra


def descriptor(entry: Packed) -> bytes:
    """Return what follows a squeezed file: its sum and sizes (4.3.9)."""
    if entry.plain:
        return b""
    sizes = "<4sIQQ" if entry.large else "<4sIII"
    return struct.pack(sizes, b"PK\7\10", entry.crc, entry.packed, entry.size)


def central_record(entry: Packed, stamp: Stamp) -> bytes:
    """Return a file's record in the directory."""
    name, far = entry.name.encode(), entry.at >= MAX_LONG
    wide = [entry.size, entry.packed] if entry.large else []
    wide += [entry.at] if far else []
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    sizes = (MAX_LONG, MAX_LONG) if entry.large else (entry.packed, entry.size)
    first = CENTRAL.pack(
        b"PK\1\2", _UNIX_45, _needs(bool(wide)), _flags(entry), _method(entry), *stamp, entry.crc,
        *sizes, len(name), len(extra), 0, 0, 0, PLAIN_FILE, MAX_LONG if far else entry.at,
    )  # fmt: skip
    return first + name + extra


def end_records(count: int, directory_at: int, directory_length: int) -> bytes:
    """Return what stands between the directory and the seal."""
    wide = b""
    if is_wide(count, directory_at, directory_length):
        wide = END64.pack(
            b"PK\6\6", 44, _UNIX_45, 45, 0, 0, count, count, directory_length, directory_at
        ) + LOCATOR.pack(b"PK\6\7", 0, directory_at + directory_length, 1)
    return wide + END.pack(
        b"PK\5\6", 0, 0, min(count, MAX_SHORT), min(count, MAX_SHORT), min(directory_length, MAX_LONG),
        min(directory_at, MAX_LONG), SEAL,
    )  # fmt: skip


def is_wide(count: int, directory_at: int, directory_length: int) -> bool:
    """Say whether the end needs the ZIP64 records (4.3.14)."""
    return count >= MAX_SHORT or max(directory_at, directory_length) >= MAX_LONG


def _needs(wide: bool) -> int:
    return 45 if wide else 20


def _flags(entry: Packed) -> int:
    return _UTF8 if entry.plain else _UTF8 | _LATER


def _method(entry: Packed) -> int:
    return STORED if entry.plain else DEFLATED
