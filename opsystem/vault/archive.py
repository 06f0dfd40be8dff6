"""A ZIP made while it is being sent: bounded memory, names safe everywhere, and a list of what is in it.

`ArchiveWriter` writes to anything with `write`; `iterate` gives the same archive as pieces, for a door that
streams. The last entry, `manifest.json`, names every other one with its size and SHA-256. An archive that was
broken off has no directory at its end, so that nobody takes it for whole.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from types import TracebackType
from typing import Final, Protocol, Self

from opsystem.kit import clock
from opsystem.vault.archive_csv import Cell, csv_pieces
from opsystem.vault.archive_names import ArchiveNames

MANIFEST: Final = "manifest.json"
_BLOCK: Final = 65_536
_MODE: Final = 0o100644 << 16
_LARGE: Final = 1 << 30
_DENSE: Final = frozenset(
    {
        ".7z",
        ".aac",
        ".avif",
        ".docx",
        ".gif",
        ".gz",
        ".heic",
        ".heif",
        ".jpeg",
        ".jpg",
        ".m4a",
        ".mov",
        ".mp3",
    }
    | {".mp4", ".odt", ".ogg", ".pdf", ".png", ".pptx", ".webm", ".webp", ".xlsx", ".zip"}
)

Name = str | Sequence[str]


class Writable(Protocol):
    """Whatever takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take all of the bytes."""
        ...


@dataclass(frozen=True)
class Entry:
    """One file of an archive; `size` in bytes where it is known before, and then held to."""

    name: Name
    pieces: Iterable[bytes]
    size: int | None = None


def csv_entry(name: Name, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Entry:
    """Return a table as an entry; the rows are taken while the archive is written."""
    return Entry(name, csv_pieces(header, rows))


class ArchiveWriter:
    """Writes one archive, finished at the end of its `with` block; an error leaves it visibly unfinished."""

    def __init__(self, out: Writable, *, at: datetime | None = None) -> None:
        """Begin an archive on `out`, its files dated `at` (aware, by default now)."""
        self._at = at or clock.now()
        self._outlet = _Outlet(out)
        self._zip = zipfile.ZipFile(self._outlet, "w", zipfile.ZIP_DEFLATED)
        self._names = ArchiveNames()
        self._names.claim(MANIFEST)
        self._contents: list[dict[str, str | int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        else:
            self._outlet.shut = True

    def add_bytes(self, name: Name, data: bytes) -> str:
        """Add a small file that is at hand. Return the name it got."""
        return self._add(Entry(name, [data], len(data)))

    def add_stream(self, name: Name, pieces: Iterable[bytes], size: int) -> str:
        """Add a file of `size` bytes piece by piece. Raises `ValueError` when it has another size."""
        return self._add(Entry(name, pieces, size))

    def add_csv(self, name: Name, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
        """Add a table a spreadsheet can open (see `archive_csv`). Return the name it got."""
        return self._add(csv_entry(name, header, rows))

    def steps(self, entry: Entry) -> Iterator[None]:
        """Add an entry, pausing after every piece."""
        name = self._names.claim(entry.name)
        yield from self._write(name, entry)

    def _add(self, entry: Entry) -> str:
        for _ in self.steps(entry):
            continue
        return str(self._contents[-1]["name"])

    def _write(self, name: str, entry: Entry) -> Iterator[None]:
        digest, size = hashlib.sha256(), 0
        with self._zip.open(self._info(name), "w", force_zip64=(entry.size or 0) > _LARGE) as target:
            for piece in entry.pieces:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
                yield
        if entry.size not in (None, size):
            raise ValueError("a file of the archive has another size than was said")
        self._contents.append({"name": name, "size": size, "sha256": digest.hexdigest()})

    def _finish(self) -> None:
        made = {"made_at": self._at.isoformat(), "entries": self._contents}
        data = json.dumps(made, ensure_ascii=False, indent=1).encode()
        for _ in self._write(MANIFEST, Entry(MANIFEST, [data])):
            continue
        self._zip.close()

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._at.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = _MODE
        if PurePosixPath(name).suffix.lower() in _DENSE:
            # Level 0 costs nothing, and unlike "stored" can be read as a stream. Public from Python 3.13 on.
            info._compresslevel = 0  # type: ignore[attr-defined]  # noqa: SLF001
        return info


def iterate(entries: Iterable[Entry], *, at: datetime | None = None) -> Iterator[bytes]:
    """Yield an archive of `entries` in pieces of 64 KiB or a little more, as they are taken."""
    held = _Held()
    with ArchiveWriter(held, at=at) as archive:
        for entry in entries:
            for _ in archive.steps(entry):
                if held.size >= _BLOCK:
                    yield held.take()
    yield held.take()


class _Held:
    """Holds what was written until it is taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, data: bytes, /) -> None:
        self._pieces.append(data)
        self.size += len(data)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        self.size = 0
        return taken


class _Outlet:
    """What the ZIP is written to. It cannot seek; once shut, not even the end of the archive is written."""

    def __init__(self, out: Writable) -> None:
        self._out = out
        self.shut = False

    def write(self, data: bytes, /) -> int:
        if not self.shut:
            self._out.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: nothing is held here."""

    def close(self) -> None:
        """Do nothing: who gave the outlet closes it."""
