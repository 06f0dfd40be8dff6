"""Builds archives byte by byte: right where nothing else is asked for, sealed as a right one would be."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from opsystem.vault.archives.zipform import SEAL, SEAL_MARK


@dataclass(frozen=True)
class Piece:
    """One file of a forged archive. What is None is as it should be; the rest is a lie."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    sha256: str
    method: int = 8
    flags: int = 0x0808
    mode: int = 0o100644 << 16
    local_name: bytes | None = None
    local_sizes: tuple[int, int, int] = (0, 0, 0)
    local_method: int | None = None
    tail: bytes | None = None
    listed_size: int | None = None
    central_sizes: tuple[int, int] | None = None
    at: int | None = None
    extra: bytes = b""
    stamp: tuple[int, int] | None = None
    is_listed: bool = True
    is_there: bool = True
    in_directory: bool = True
    says: dict[str, Any] = field(default_factory=dict)


def piece(name: str | bytes, data: bytes, **more: Any) -> Piece:
    """Return a piece that holds some data, rightly packed."""
    press = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = press.compress(data) + press.flush()
    raw = name.encode("utf-8", "surrogatepass") if isinstance(name, str) else name
    return Piece(raw, packed, len(data), zlib.crc32(data), hashlib.sha256(data).hexdigest(), **more)


def pieces_of(archive: bytes) -> tuple[list[Piece], dict[str, Any]]:
    """Take a right archive apart: its files, and what its manifest says of the whole."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        manifest = json.loads(opened.read("manifest.json"))
        files = [piece(one["name"], opened.read(one["name"])) for one in manifest["entries"]]
    said = [{"content": one["content"]} if "content" in one else {} for one in manifest.pop("entries")]
    return [replace(one, says=more) for one, more in zip(files, said, strict=True)], manifest


def stamp_of(manifest: dict[str, Any]) -> tuple[int, int]:
    """Return the time and date of a manifest as a ZIP has them."""
    year, month, rest = manifest["made_at"].split("-", 2)
    day, clock = rest.split("T", 1)
    hour, minute, second = (int(part[:2]) for part in clock.split(":")[:3])
    return hour << 11 | minute << 5 | second // 2, (int(year) - 1980) << 9 | int(month) << 5 | int(day)


def build(
    pieces: Iterable[Piece],
    manifest: dict[str, Any],
    *,
    between: bytes = b"",
    change_list: Callable[[bytes], bytes] = bytes,
    change_end: Callable[[bytes], bytes] = bytes,
    count: int | None = None,
    stamp: tuple[int, int] | None = None,
) -> bytes:
    """Return an archive, sealed."""
    stamp = stamp or stamp_of(manifest)
    out, directory, lines = bytearray(), bytearray(), []
    known = 0
    for one in pieces:
        at, known = len(out), known + one.in_directory
        whole = _local(one, stamp) + one.packed + _tail(one)
        if one.is_there:
            out += whole
        if one.in_directory:
            directory += _central(one, at if one.at is None else one.at, stamp)
        if one.is_listed:
            lines.append(_line(one, at, whole))
    head = json.dumps(manifest, ensure_ascii=False).removesuffix("}").encode() + b', "entries": [\n'
    listed = change_list(head + b",\n".join(lines) + b"\n]}\n")
    begin = len(out)
    crc, size = zlib.crc32(listed), len(listed)
    last = Piece(
        b"manifest.json",
        listed,
        size,
        crc,
        "",
        method=0,
        flags=0x0800,
        local_sizes=(crc, size, size),
        tail=b"",
    )
    out += _local(last, stamp) + listed
    directory += _central(last, begin, stamp)
    out += between
    number = known + 1 if count is None else count
    end = struct.pack(
        "<4sHHHHIIH",
        b"PK\5\6",
        0,
        0,
        min(number, 0xFFFF),
        min(number, 0xFFFF),
        len(directory),
        len(out),
        SEAL,
    )
    rest = change_end(bytes(directory) + end)
    seal = hashlib.sha256(bytes(out[begin:]) + rest).hexdigest().encode()
    return bytes(out) + rest + SEAL_MARK + seal


def _local(one: Piece, stamp: tuple[int, int]) -> bytes:
    name = one.name if one.local_name is None else one.local_name
    method = one.method if one.local_method is None else one.local_method
    return (
        struct.pack(
            "<4sHHHHHIIIHH", b"PK\3\4", 20, one.flags, method, *(one.stamp or stamp), *one.local_sizes,
            len(name), 0,
        )
        + name
    )  # fmt: skip


def _tail(one: Piece) -> bytes:
    right = struct.pack("<4sIII", b"PK\7\10", one.crc, len(one.packed), min(one.size, 0xFFFFFFFF))
    return right if one.tail is None else one.tail


def _central(one: Piece, at: int, stamp: tuple[int, int]) -> bytes:
    sizes = one.central_sizes or (len(one.packed), one.size)
    return (
        struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 0x032D, 20, one.flags, one.method, *(one.stamp or stamp),
            one.crc, *sizes, len(one.name), len(one.extra), 0, 0, 0, one.mode, at,
        )
        + one.name
        + one.extra
    )  # fmt: skip


def _line(one: Piece, at: int, whole: bytes) -> bytes:
    line = {
        "name": one.name.decode("utf-8", "replace"),
        "size": one.size if one.listed_size is None else one.listed_size,
        "sha256": one.sha256,
        "at": at if one.at is None else one.at,
        "length": len(whole),
        "crc32": f"{zlib.crc32(whole):08x}",
        **one.says,
    }
    return json.dumps(line, ensure_ascii=False).encode()
