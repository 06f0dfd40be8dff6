"""Originals on their way into an archive: each named once, and what is damaged is said, not hidden."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from opsystem.business.files.models import File
from opsystem.kit.errors import NotFound, Problem
from opsystem.lifecycle.export_reading import in_batches
from opsystem.vault import Vault
from opsystem.vault.archive import Entry
from opsystem.vault.archive_names import ArchiveNames
from opsystem.vault.files import DamagedFile

OTHER, REMOVED = "Files without client", "Removed files"
_LOG = logging.getLogger(__name__)
_FILLING = bytes(65_536)


@dataclass
class Shelf:
    """What the archive was given so far: names, the place of each file by its number, what went wrong."""

    names: ArchiveNames = field(default_factory=ArchiveNames)
    places: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def take(self, vault: Vault, name: Sequence[str], file: File) -> tuple[str, Entry]:
        """Return the name a file gets, and its entry. A file that is not there leaves a note in its place."""
        try:
            size = vault.files.size(file.content_id)
        except (NotFound, DamagedFile) as problem:
            place = self.names.claim([*name[:-1], f"{name[-1]} is missing.txt"])
            self._note(place, file, problem)
            words = f"{file.name} ({file.ref}) could not be read: {problem}\n".encode()
            entry = Entry(place.split("/"), [words])
        else:
            place = self.names.claim(name)
            entry = Entry(place.split("/"), self._pieces(vault, file, place, size), size)
        self.places[file.id] = place
        return place, entry

    def _pieces(self, vault: Vault, file: File, place: str, size: int) -> Iterable[bytes]:
        given = 0
        try:
            for piece in vault.files.pieces(file.content_id):
                yield piece
                given += len(piece)
        except DamagedFile as problem:
            # Its length was announced: zeros stand for what cannot be read, and a note says so.
            self._note(place, file, problem)
            while given < size:
                filling = _FILLING[: size - given]
                yield filling
                given += len(filling)

    def _note(self, place: str, file: File, problem: Problem | DamagedFile) -> None:
        _LOG.error("export.file_damaged", extra={"file": file.id})
        self.problems.append(f"{place} ({file.ref}): {problem}")


def loose_entries(vault: Vault, shelf: Shelf) -> Iterator[Entry]:
    """Yield the files that stand in no client's folder: those of nobody, and removed ones."""
    loose = select(File).where(or_(File.client_id.is_(None), File.removed_at.is_not(None)))
    for rows in in_batches(vault, loose, File.id):
        for row in rows:
            folder = OTHER if row.File.removed_at is None else REMOVED
            yield shelf.take(vault, [folder, row.File.name], row.File)[1]
