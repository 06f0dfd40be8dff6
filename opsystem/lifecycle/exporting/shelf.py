"""Originals on their way into an archive: each named once, and what is damaged is said, not hidden."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import or_, select

from opsystem.business.files.models import File
from opsystem.kit.errors import NotFound, Problem
from opsystem.lifecycle.exporting.reading import in_batches
from opsystem.lifecycle.exporting.source import Source
from opsystem.vault.archives.names import ArchiveNames
from opsystem.vault.archives.writing import Entry
from opsystem.vault.disk.files import DamagedFile

OTHER, REMOVED, REST = "Files without client", "Removed files", "data/contents"
_LOG = logging.getLogger(__name__)
_FILLING = bytes(65_536)
_LARGE = 1 << 30


@dataclass
class Shelf:
    """What the archive was given so far: names, where each file and content is, what went wrong."""

    source: Source
    names: ArchiveNames = field(default_factory=ArchiveNames)
    places: dict[int, str] = field(default_factory=dict)
    contents: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def take(self, claim: Callable[[str], str], file: File) -> Entry:
        """Return a file's entry under a name that is free; what is not there leaves a note in its place."""
        try:
            size = self.source.files.size(file.content_id)
        except (NotFound, DamagedFile) as problem:
            place = claim(f"{file.name} is missing.txt")
            self._note(place, file.ref, problem)
            entry = Entry(place, [f"{file.name} ({file.ref}) could not be read: {problem}\n".encode()])
        else:
            place = claim(file.name)
            entry = self.content(place, file.content_id, size, file.ref)
        self.places[file.id] = place
        return entry

    def content(self, place: str, content_id: str, size: int, ref: str) -> Entry:
        """Return the entry of a content. Where it is in for the first time, the manifest says its id."""
        said = {"content": content_id} if content_id not in self.contents else {}
        self.contents.add(content_id)
        return Entry(
            place, self._pieces(content_id, size, place, ref, said), dense=True, large=size > _LARGE,
            note=said.copy if not said else lambda: said,
        )  # fmt: skip

    def _pieces(
        self, content_id: str, size: int, place: str, ref: str, said: dict[str, str]
    ) -> Iterable[bytes]:
        given = 0
        try:
            for piece in self.source.files.pieces(content_id):
                yield piece
                given += len(piece)
        except (NotFound, DamagedFile) as problem:
            # Zeros stand for what cannot be read, so that the rest stays where it was, and a note says so.
            self._note(place, ref, problem)
            said["damaged"] = "yes"
            while given < size:
                filling = _FILLING[: size - given]
                yield filling
                given += len(filling)

    def _note(self, place: str, ref: str, problem: Problem | DamagedFile) -> None:
        _LOG.error("export.file_damaged")
        self.problems.append(f"{place} ({ref}): {problem}")


def loose_entries(shelf: Shelf) -> Iterator[Entry]:
    """Yield the files that stand in no client's folder: those of nobody, and removed ones."""
    loose = select(File).where(or_(File.client_id.is_(None), File.removed_at.is_not(None)))
    for rows in in_batches(shelf.source, loose, File.id):
        for row in rows:
            folder = OTHER if row.File.removed_at is None else REMOVED
            yield shelf.take(partial(_claim, shelf, folder), row.File)


def _claim(shelf: Shelf, folder: str, name: str) -> str:
    return shelf.names.claim([folder, name])


def other_contents(shelf: Shelf) -> Iterator[Entry]:
    """Yield what else is in the store: previews, and what only the history still knows."""
    for content_id in shelf.source.files.ids():
        if content_id in shelf.contents:
            continue
        try:
            size = shelf.source.files.size(content_id)
        except (NotFound, DamagedFile):
            _LOG.warning("export.content_unreadable")
            continue
        yield shelf.content(f"{REST}/{content_id}", content_id, size, "a content")
