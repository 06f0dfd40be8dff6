"""Archives that must not be taken in, each with the reason that must be said (`hostile_archives`).

Every one is sealed like a right archive, so that the reason is its own and not that the seal is broken.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from tests.lifecycle.importing.forge import Piece, build, piece
from tests.lifecycle.importing.hostile_rows import hostile_rows

Forged = tuple[str, str, Callable[[], bytes]]
_ZEROS = 32 * 1024 * 1024
_HUGE = 0xFFFFFFFE


def hostile_archives(pieces: list[Piece], manifest: dict[str, Any]) -> Iterator[Forged]:
    """Yield what is wrong, a word of the reason, and how to make it."""

    def with_more(more: Piece) -> Callable[[], bytes]:
        return lambda: build([*pieces, more], manifest)

    def with_first(**changes: Any) -> Callable[[], bytes]:
        return lambda: build([replace(pieces[0], **changes), *pieces[1:]], manifest)

    for name, reason in _names():
        yield f"name {name!r}", reason, with_more(piece(name, b"x"))
    yield from _kinds(with_more)
    yield from _sizes(with_first, pieces[0])
    yield from _bombs(pieces, manifest, with_more)
    yield from _places(pieces, manifest)
    yield from _twins(with_more)
    yield from _frames(pieces, manifest)
    yield from hostile_rows(pieces, manifest)


def _names() -> Iterator[tuple[str | bytes, str]]:
    for name in ("../x", "a/../x", "..", "a/..", "../../etc/passwd", "./x", "a//x", "a/", ".", "a/./b"):
        yield name, "out of its folder"
    for name in ("/etc/passwd", "//host/share", "C:/x", "c:x", "Z:\\x"):
        yield name, "outside of the archive"
    for name in ("..\\x", "a\\b", "\\\\host\\share", "a/..\\..\\b"):
        yield name, "backslash"
    for name in ("", "a\0b", "x.txt\0.exe"):
        yield name, "no name"
    for name in (
        "con", "a/NUL.txt", "lpt1", "x.", "x ", "a./b", " x", "x\n", "a\u202eb", "ab:c", "a|b", "a?", "a*b",
        "e\u0301.txt", "x\u200b", "a/" * 9 + "x", "y" * 101, ".hidden", "<b>", 'a"b',
    ):  # fmt: skip
        yield name, "not one that an export gives"
    yield b"\xff\xfe", "no text"
    yield b"a\xc0\xaf..", "no text"
    yield b"\xed\xa0\x80", "no text"
    yield "x" * 2000, "too long"


def _kinds(with_more: Callable[[Piece], Callable[[], bytes]]) -> Iterator[Forged]:
    link = piece("link", b"/etc/passwd", mode=0o120777 << 16)
    yield "a link", "It is a link", with_more(link)
    for mode in (0o040755, 0o020666, 0o060660, 0o010644, 0o140755, 0o104755, 0o100777, 0):
        yield f"mode {mode:o}", "no plain file", with_more(piece("x", b"x", mode=mode << 16))
    yield "a DOS folder", "no plain file", with_more(piece("x", b"x", mode=0o100644 << 16 | 0x10))
    for flags in (0x0809, 0x0849, 0x2809):
        yield f"encrypted {flags:x}", "encrypted", with_more(piece("x", b"x", flags=flags))
    for flags in (0x0800, 0x0008, 0x0828, 0x1808, 0x0818):
        yield f"flags {flags:x}", "not as an export", with_more(piece("x", b"x", flags=flags))
    for method in (1, 6, 9, 12, 14, 93, 95, 97, 98, 99):
        yield f"packed by {method}", "not known here", with_more(piece("x", b"x", method=method))
    stored = Piece(b"x", b"x", 1, zlib.crc32(b"x"), "0" * 64, method=0)
    yield "not squeezed", "does not use", with_more(stored)
    yield "an extra field", "not as an export", with_more(piece("x", b"x", extra=b"up\4\0aaaa"))
    yield "another date", "not as an export", with_more(piece("x", b"x", stamp=(1, 33)))


def _sizes(with_first: Callable[..., Callable[[], bytes]], first: Piece) -> Iterator[Forged]:
    packed, size = len(first.packed), first.size
    yield (
        "header says a size",
        "header says something else",
        with_first(local_sizes=(first.crc, packed, size)),
    )
    yield "header says another name", "header says something else", with_first(local_name=b"README.TXT")
    yield "header says another packing", "header says something else", with_first(local_method=0)
    moved = {"packed larger", "packed smaller"}  # what follows is not where it should be
    for name, sizes in {
        "larger": (packed, size + 1),
        "smaller": (packed, size - 1),
        "nothing": (packed, 0),
        "packed larger": (packed + 1, size),
        "packed smaller": (packed - 1, size),
        "huge": (packed, _HUGE),
        "packed huge": (_HUGE, size),
        "wide without a field": (0xFFFFFFFF, 0xFFFFFFFF),
    }.items():
        at_fault = "check.py” " if name in moved else first.name.decode()
        yield f"the directory says {name}", at_fault, with_first(central_sizes=sizes)
    yield "size wrong everywhere", "larger than", with_first(size=size - 5)
    yield "size wrong everywhere, the other way", "smaller than", with_first(size=size + 5)
    yield "another sum", "damaged", with_first(crc=first.crc ^ 1)
    yield "another descriptor", "damaged", with_first(tail=b"PK\7\10" + bytes(12))
    yield "no descriptor", "overlaps another", with_first(tail=b"")
    yield "another digest", "not the file that is listed", with_first(sha256="0" * 64)
    yield "another size in the list", "does not name it", with_first(listed_size=size + 1)
    yield "more behind the end", "damaged", with_first(packed=first.packed + b"more")
    yield "packed nonsense", "damaged", with_first(packed=b"\xff" * packed)


def _bombs(
    pieces: list[Piece], manifest: dict[str, Any], with_more: Callable[[Piece], Callable[[], bytes]]
) -> Iterator[Forged]:
    def zeros(**lies: Any) -> Callable[[], bytes]:
        return with_more(piece("zeros", bytes(_ZEROS), **lies))

    yield "many zeros", "far larger", zeros()
    lie = {"central_sizes": (_ZEROS // 1029, 5000), "listed_size": 5000}
    yield "zeros said to be small", "“manifest.json” Something lies before it", zeros(**lie)

    def small_lie() -> bytes:
        one = piece("zeros", bytes(_ZEROS))
        return build([*pieces, replace(one, size=5000)], manifest)

    yield "zeros small everywhere", "larger than the archive says", small_lie

    def layered() -> bytes:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("zeros", bytes(_ZEROS))
        twice = zlib.compress(inner.getvalue(), 9)
        return build([*pieces, replace(piece("in.zip", twice), size=1 << 31)], manifest)

    yield "an archive in an archive, its size a lie", "in.zip", layered
    yield "many records", "300,000", lambda: build(pieces, manifest, count=70_000, change_end=_many(400_000))
    kernel = piece("kernel", bytes(20_000))
    quoted = [replace(kernel, name=b"k%d" % number, is_there=False, at=0) for number in range(500)]
    yield "many names on one kernel", "overlaps", lambda: build([*pieces, *quoted], manifest)
    yield "large beyond everything", "far larger", with_more(replace(kernel, size=_HUGE))


def _many(count: int) -> Callable[[bytes], bytes]:
    """Let the end claim so many records, in the wide form."""

    def change(rest: bytes) -> bytes:
        directory, end = rest[:-22], rest[-22:]
        begin = int.from_bytes(end[16:20], "little")
        wide = b"PK\6\6" + (44).to_bytes(8, "little") + b"\x2d\3\x2d\0" + bytes(8)
        numbers = (count, count, len(directory), begin)
        wide += b"".join(number.to_bytes(8, "little") for number in numbers)
        locator = b"PK\6\7" + bytes(4) + (begin + len(directory)).to_bytes(8, "little") + b"\1\0\0\0"
        return directory + wide + locator + end

    return change


def _places(pieces: list[Piece], manifest: dict[str, Any]) -> Iterator[Forged]:
    first, second, *rest = pieces

    def moved(place: int) -> Callable[[], bytes]:
        return lambda: build([first, replace(second, at=place), *rest], manifest)

    for place in (0, 1, 30):
        yield f"the second file at {place}", "overlaps", moved(place)
    yield "the second file far behind", "lies before it", moved(1 << 20)
    yield "the second file beyond the end", "lies before it", moved(_HUGE)
    hidden = replace(piece("hidden", b"x"), is_listed=False, in_directory=False)
    yield (
        "a file that no directory has",
        "lies before it",
        lambda: build([first, hidden, second, *rest], manifest),
    )
    unlisted = replace(piece("hidden", b"x"), is_listed=False)
    yield (
        "a file no list has",
        "does not name what follows",
        lambda: build([*pieces, unlisted], manifest),
    )
    gone = replace(piece("gone", b"x"), is_there=False, in_directory=False)
    yield "a list with a file too many", "does not name it", lambda: build([*pieces, gone], manifest)
    yield "something before the directory", "between", lambda: build(pieces, manifest, between=b"more")


def _twins(with_more: Callable[[Piece], Callable[[], bytes]]) -> Iterator[Forged]:
    for name in ("Clients.csv", "clients.csv", "CLIENTS.CSV", "Clients.c\u017fv", "readme.txt", "CHECK.py"):
        yield f"two files called {name}", "two files of this name", with_more(piece(name, b"x"))
    yield "two manifests", "does not use", with_more(piece("manifest.json", b"{}"))
    yield "a manifest of another case", "two files", with_more(piece("MANIFEST.json", b"{}"))


def _frames(pieces: list[Piece], manifest: dict[str, Any]) -> Iterator[Forged]:
    right = build(pieces, manifest)

    def other() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("Clients.csv", "Name\nAna\n")
        return out.getvalue()

    def packed_anew() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(right)) as old, zipfile.ZipFile(out, "w") as archive:
            for name in old.namelist():
                archive.writestr(name, old.read(name))
        return out.getvalue()

    yield "nothing", "no ZIP", bytes
    yield "a text", "no ZIP", lambda: b"Name,Phone\n"
    yield "a long text", "no export", lambda: b"Name,Phone\n" * 100
    yield "a gzip", "no export", lambda: gzip.compress(bytes(1000), mtime=0) * 20
    yield "another program's ZIP", "no export", other
    yield "the export packed anew", "packed anew", packed_anew
    for part in (0.1, 0.5, 0.9, 0.999):
        yield f"cut at {part}", "cut off", partial(_cut, right, part)
    yield "without its beginning", "Its directory is not", lambda: right[10:]
    yield "something in front", "Its directory is not", lambda: b"#!/bin/sh\n" + right
    yield "something behind", "no export", lambda: right + b"more"
    yield "twice itself", "Its directory is not", lambda: right + right
    yield "another seal", "changed", lambda: right[:-1] + (b"0" if right[-1:] != b"0" else b"1")
    for name, place in {
        "disk": -22 + 4,
        "directory's disk": -22 + 6,
        "count": -22 + 10,
        "comment": -22 + 20,
    }.items():
        yield (
            f"the end with another {name}",
            "archive",
            partial(build, pieces, manifest, change_end=partial(_flip, place)),
        )
    yield (
        "a wide end that is not needed",
        "not as an export",
        lambda: build(pieces, manifest, change_end=_many(len(pieces) + 1), count=70_000),
    )


def _cut(data: bytes, part: float) -> bytes:
    return data[: int(len(data) * part)]


def _flip(place: int, data: bytes) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1
    return bytes(changed)
