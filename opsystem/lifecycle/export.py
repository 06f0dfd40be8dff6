"""Everything a business has, in one ZIP for a spreadsheet, a browser and a file manager (promise B6).

At the top an index to begin with and one table a noun; a folder for each client with a page and the original
files; under `data/` everything once more, every table of the vault, exactly as it stands there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from opsystem.business.clients.models import Client
from opsystem.business.files.models import File
from opsystem.business.jobs.models import Job
from opsystem.kit import clock
from opsystem.kit.errors import Forbidden
from opsystem.lifecycle.export_clients import client_entries
from opsystem.lifecycle.export_files import Shelf, loose_entries
from opsystem.lifecycle.export_pages import render, style_sheet
from opsystem.lifecycle.export_reading import Words, in_batches
from opsystem.lifecycle.export_sheets import SHEETS, ledgers
from opsystem.lifecycle.opening import vault_in_use
from opsystem.operations import Actor, Permission
from opsystem.vault import Vault
from opsystem.vault.archive import Entry, csv_entry, iterate
from opsystem.vault.archive_csv import Cell

_LOG = logging.getLogger(__name__)
# The search index is made from the other tables, and holds nothing of its own.
_DERIVED = frozenset({"search_row"})
_FILE_COLUMNS = (
    "Number", "Name", "Caption", "Kind", "Bytes", "Client", "Client number", "Job", "Job number", "Added",
    "Added by", "Removed", "Removed by", "Where in this archive",
)  # fmt: skip


@dataclass(frozen=True)
class Summary:
    """What an export would hold: rows by table in words, files, and their bytes."""

    rows: list[tuple[str, str, int]]
    files: int
    file_bytes: int


def summary(vault: Vault, actor: Actor) -> Summary:
    """Count what an export would hold. Raises Forbidden."""
    _check(actor)
    with vault.reading() as session:
        rows = [
            (sheet.file, sheet.about, session.scalar(select(func.count(sheet.key))) or 0) for sheet in SHEETS
        ]
        for file, about, _, table, _ in ledgers(vault):
            rows.append((file, about, session.scalar(select(func.count()).select_from(table)) or 0))
        files, size = session.execute(select(func.count(File.id), func.sum(File.size))).one()
    rows.append(("Files.csv", "Every photo and file, and where it lies", files))
    return Summary(rows, files, size or 0)


def stream_everything(vault_id: str, actor: Actor) -> Iterator[bytes]:
    """Return the whole vault as the pieces of a ZIP, read as they are taken. Raises Forbidden at once.

    The vault is in use until the last piece is taken or the iterator is closed.
    """
    _check(actor)
    return _stream(vault_id, actor)


def _stream(vault_id: str, actor: Actor) -> Iterator[bytes]:
    with vault_in_use(vault_id) as vault:
        at = clock.now()
        yield from iterate(_entries(vault, actor, at), at=at)
        _LOG.info("export.finished", extra={"vault": vault_id})


def _check(actor: Actor) -> None:
    if not actor.may(Permission.EXPORT):
        raise Forbidden("Your role does not allow to download everything.", code="no_permission")


def _entries(vault: Vault, actor: Actor, at: datetime) -> Iterator[Entry]:
    words, shelf = Words.of(vault), Shelf()
    told = summary(vault, actor)
    yield Entry(["index.html"], [render("home.html", words=words, told=told, at=at, actor=actor)])
    yield Entry(["style.css"], [style_sheet()])
    for sheet in SHEETS:
        yield csv_entry([sheet.file], sheet.header, sheet.rows(vault, words))
    for file, _, header, table, cells in ledgers(vault):
        pages = in_batches(vault, select(table), table.c.id)
        yield csv_entry([file], header, (cells(row, words) for rows in pages for row in rows))
    yield from client_entries(vault, words, shelf)
    yield from loose_entries(vault, shelf)
    yield csv_entry(["Files.csv"], _FILE_COLUMNS, _files(vault, words, shelf))
    yield from _data(vault)
    if shelf.problems:
        said = "\n".join(["These files could not be read whole:", *shelf.problems, ""])
        yield Entry(["Problems.txt"], [said.encode()])


def _files(vault: Vault, words: Words, shelf: Shelf) -> Iterator[tuple[Cell, ...]]:
    """Yield the table of files, once every file has its place."""
    statement = (
        select(File, Client, Job)
        .outerjoin(Client, Client.id == File.client_id)
        .outerjoin(Job, Job.id == File.job_id)
    )
    for rows in in_batches(vault, statement, File.id):
        for file, client, job, _ in rows:
            yield (
                file.ref, file.name, file.caption, file.media_type, file.size,
                client.name if client else "", client.ref if client else "",
                job.title if job else "", job.ref if job else "",
                words.at(file.added_at), file.added_by, words.at(file.removed_at), file.removed_by,
                shelf.places.get(file.id, ""),
            )  # fmt: skip


def _data(vault: Vault) -> Iterator[Entry]:
    """Yield every table of the vault as JSON lines: one object a row, its columns' names, times in UTC."""
    for table in vault.schema.metadata.sorted_tables:
        if table.name not in _DERIVED:
            pages = in_batches(vault, select(table), table.c.id)
            lines = (_line(dict(row._mapping)) for rows in pages for row in rows)  # noqa: SLF001 - its public way
            yield Entry(["data", f"{table.name}.jsonl"], lines)


def _line(row: dict[str, Any]) -> bytes:
    row.pop("export_key", None)
    return json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
