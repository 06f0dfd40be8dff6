"""Everything a business has, in one ZIP for a spreadsheet, a browser and a file manager (promise B6).

At the top an index to begin with and one table a noun; a folder for each client with a page and the original
files; under `data/` everything once more, every table of the vault, exactly as it stands there, which is what
a new vault is made from (`importing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.files.models import File
from opsystem.business.jobs.models import Job
from opsystem.lifecycle.exporting.calendar import calendar
from opsystem.lifecycle.exporting.cards import all_cards
from opsystem.lifecycle.exporting.clients import client_entries
from opsystem.lifecycle.exporting.letters import loose_letters
from opsystem.lifecycle.exporting.pages import render, style_sheet
from opsystem.lifecycle.exporting.reading import Words, in_batches
from opsystem.lifecycle.exporting.rows import FOLDER as DATA
from opsystem.lifecycle.exporting.rows import Tables
from opsystem.lifecycle.exporting.sheets import ledgers
from opsystem.lifecycle.exporting.shelf import REST, Shelf, loose_entries, other_contents
from opsystem.lifecycle.exporting.source import Source
from opsystem.lifecycle.exporting.summary import ALL_SHEETS, summary_of
from opsystem.vault.archives.csv_cells import Cell
from opsystem.vault.archives.writing import MANIFEST, Entry, archive, csv_entry

FORMAT: Final = "opsystem-export"
FORMAT_VERSION: Final = 1
_ENCLOSED = Path(__file__).parent / "enclosed"
_RESERVED = (MANIFEST, "check.py", "README.txt", f"{DATA}/x", f"{REST}/x")
_FILE_COLUMNS = (
    "Number", "Name", "Caption", "Kind", "Bytes", "Client", "Client number", "Job", "Job number", "Added",
    "Added by", "Removed", "Removed by", "Where in this archive",
)  # fmt: skip


def everything(source: Source, *, by: str, at: datetime) -> Iterator[bytes]:
    """Yield the ZIP of one state of a vault, made at `at` for the person named `by`, as it is taken."""
    tables = Tables(source)

    def about() -> dict[str, object]:
        return {"format": FORMAT, "version": FORMAT_VERSION, **tables.about()}

    yield from archive(_entries(source, tables, by, at), at=at, about=about)


def _entries(source: Source, tables: Tables, by: str, at: datetime) -> Iterator[Entry]:
    words, shelf = Words.of(source), Shelf(source)
    for name in _RESERVED:
        shelf.names.claim(name)
    told = summary_of(source)
    claim = shelf.names.claim
    day = words.day(at)
    yield Entry("README.txt", [_enclosed("README.txt").format(business=words.business, day=day).encode()])
    yield Entry("check.py", [_enclosed("check.py").encode()])
    yield Entry(claim("index.html"), [render("home.html", words=words, told=told, at=at, by=by)])
    yield Entry(claim("style.css"), [style_sheet()])
    for sheet in ALL_SHEETS:
        yield csv_entry(claim(sheet.file), sheet.header, sheet.rows(source, words))
    for file, _, header, table, cells in ledgers(source):
        pages = in_batches(source, select(table), table.c.id)
        yield csv_entry(claim(file), header, (cells(row, words) for rows in pages for row in rows))
    yield all_cards(source)
    yield calendar(source, at)
    yield from client_entries(shelf, words)
    yield from loose_letters(shelf, words)
    yield from loose_entries(shelf)
    yield csv_entry(claim("Files.csv"), _FILE_COLUMNS, _files(shelf, words))
    yield from other_contents(shelf)
    yield from tables.entries()
    if shelf.problems:
        said = "\n".join(["These files could not be read whole:", *shelf.problems, ""])
        yield Entry(claim("Problems.txt"), [said.encode()])


def _enclosed(name: str) -> str:
    return (_ENCLOSED / name).read_text(encoding="utf-8")


def _files(shelf: Shelf, words: Words) -> Iterator[tuple[Cell, ...]]:
    """Yield the table of files, once every file has its place."""
    statement = (
        select(File, Client, Job)
        .outerjoin(Client, Client.id == File.client_id)
        .outerjoin(Job, Job.id == File.job_id)
    )
    for rows in in_batches(shelf.source, statement, File.id):
        for file, client, job, _ in rows:
            yield (
                file.ref, file.name, file.caption, file.media_type, file.size,
                client.name if client else "", client.ref if client else "",
                job.title if job else "", job.ref if job else "",
                words.at(file.added_at), file.added_by, words.at(file.removed_at), file.removed_by,
                shelf.places.get(file.id, ""),
            )  # fmt: skip
