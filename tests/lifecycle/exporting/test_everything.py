"""What is downloaded is everything, readable without us, and equal to what was put in."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote

from sqlalchemy import func, select

from opsystem.business.clients.operations import add_client
from opsystem.business.files.operations import add_file
from opsystem.kit import clock
from opsystem.lifecycle.exporting.everything import everything
from opsystem.lifecycle.exporting.source import one_state
from opsystem.lifecycle.exporting.summary import summary
from opsystem.vault.disclosures import DisclosureLedger
from opsystem.vault.rows import kept_tables
from tests.business.files.samples import jpeg_with_position
from tests.lifecycle.exporting.filled import EVIL, packed
from tests.lifecycle.office import Office


def download(office: Office) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(packed(office.vault)))
    assert archive.testzip() is None
    return archive


def sheet(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """Return a table of the archive as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


class Links(HTMLParser):
    """Collects what a page leads to, and whether it could run anything."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets += [value for name, value in attrs if name in {"href", "src"} and value]


def test_the_tables_say_what_was_put_in_with_names_beside_numbers(filled: Office) -> None:
    archive = download(filled)
    ana, other = sheet(archive, "Clients.csv")
    assert (ana["Number"], ana["Name"], ana["Phone"]) == ("C-1", "Ana Ruiz", "(228) 555-0142")
    assert ana["Notes"] == "'=1+1"  # no spreadsheet runs it
    assert (other["Name"], other["Archived by"]) == (EVIL, "Alice")
    (job,) = sheet(archive, "Jobs.csv")
    assert (job["Client"], job["Client number"], job["Place"]) == ("Ana Ruiz", "C-1", "12 Oak St, Hurley, MS")
    (visit,) = sheet(archive, "Visits.csv")
    assert (visit["Starts"], visit["People"], visit["Job number"]) == ("2030-11-25 09:00", "Alice", "J-1")
    (message,) = sheet(archive, "Messages.csv")
    assert (message["Message"], message["Client"], message["Address"], message["About"]) == (
        "Bob comes at 9.", "Ana Ruiz", "(228) 555-0142", "V-1",
    )  # fmt: skip
    (note,) = sheet(archive, "Notes.csv")
    assert (note["Note"], note["Job"]) == ("Bring the long hose.\nAnd tape.", "Water heater")
    call = next(row for row in sheet(archive, "Prices.csv") if row["Name"] == "Service call and diagnosis")
    assert (call["Price"], call["For one"], call["Still a suggestion"]) == ("99", "visit", "yes")
    assert [row["Role"] for row in sheet(archive, "Team.csv")] == ["Owner"]
    assert "Added client Ana Ruiz" in [row["What was done"] for row in sheet(archive, "History.csv")]
    assert len(sheet(archive, "Job checklists.csv")) > 2


def test_originals_come_out_bit_by_bit_where_the_table_says(filled: Office) -> None:
    archive = download(filled)
    places = {row["Name"]: row["Where in this archive"] for row in sheet(archive, "Files.csv")}
    assert archive.read(places["gate.jpg"]) == jpeg_with_position()
    assert archive.read(places["Gate.JPG"]) == jpeg_with_position(6)
    assert places["gate.jpg"].casefold() != places["Gate.JPG"].casefold()
    assert places["gate.jpg"] == "Clients/Ana Ruiz (C-1)/Files/gate.jpg"
    assert places["handbook.pdf"] == "Files without client/handbook.pdf"
    assert places["old.pdf"] == "Removed files/old.pdf"
    assert len(places) == 5
    for name in archive.namelist():
        assert ".." not in PurePosixPath(name).parts


def test_every_link_of_every_page_leads_somewhere_and_nothing_can_run(filled: Office) -> None:
    archive = download(filled)
    names = set(archive.namelist())
    pages = [name for name in names if name.endswith("index.html")]
    assert len(pages) == 4
    for name in pages:
        page = Links(archive.read(name).decode())
        assert not page.tags & {"script", "style", "iframe", "form", "object"}
        assert not {one for one in page.attributes if one.startswith("on")} | page.attributes & {"style"}
        for target in page.targets:
            parts: list[str] = [*PurePosixPath(name).parent.parts]
            for part in unquote(target).split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in names, (name, target)


def test_a_clients_page_tells_everything_about_her(filled: Office) -> None:
    page = download(filled).read("Clients/Ana Ruiz (C-1)/index.html").decode()
    for words in (
        "(228) 555-0142", "ana@example.com", "12 Oak St", "Gate 4411", "Water heater", "Bring the long hose.",
        "Bob comes at 9.", "Mon, Nov 25, 2030, 9:00 am to 10:00", "gate.jpg",
    ):  # fmt: skip
        assert words in page, words
    assert "old.pdf" not in page


def test_hostile_words_stay_words(filled: Office) -> None:
    archive = download(filled)
    (folder,) = {name.split("/")[1] for name in archive.namelist() if "(C-2)" in name}
    page = archive.read(f"Clients/{folder}/index.html").decode()
    assert "&lt;script&gt;" in page
    assert not set('<>:"/\\|?*') & set(folder)


def test_every_table_of_the_vault_is_there_row_by_row(filled: Office) -> None:
    DisclosureLedger(filled.vault).record(Told())
    archive = download(filled)
    with filled.vault.reading() as session:
        for table in kept_tables(filled.vault.schema):
            lines = [json.loads(line) for line in archive.read(f"data/{table.name}.jsonl").splitlines()]
            assert len(lines) == session.scalar(select(func.count()).select_from(table)), table.name
            assert all(set(line) == {column.name for column in table.columns} for line in lines)
    assert json.loads(archive.read("data/visit.jsonl"))["starts_at"] == "2030-11-25T15:00:00.000000Z"
    assert sheet(archive, "Who was told what.csv")[0]["To"] == "twilio"


class Told:
    """A disclosure as a gateway writes it."""

    vendor, purpose, categories, bytes, initiator, ref = (
        "twilio",
        "send a text",
        ("phone numbers",),
        120,
        "U-1",
        "M-1",
    )


def test_the_manifest_names_every_file_with_its_hash(filled: Office) -> None:
    archive = download(filled)
    entries = json.loads(archive.read("manifest.json"))["entries"]
    assert {one["name"] for one in entries} == set(archive.namelist()) - {"manifest.json"}
    for one in entries:
        assert hashlib.sha256(archive.read(one["name"])).hexdigest() == one["sha256"]


def test_a_damaged_file_is_said_and_stops_nothing(filled: Office) -> None:
    stored = filled.vault.files.write([bytes(range(256)) * 1000], limit=10**7)
    given = {"content_id": stored.content_id, "name": "video.bin", "client": "C-1"}
    add_file.perform(filled.vault, filled.actor(filled.alice), given)
    place = filled.vault.path / "files" / stored.content_id[:2] / stored.content_id
    sealed = bytearray(place.read_bytes())
    sealed[-20] ^= 1
    place.write_bytes(sealed)
    gone = filled.vault.files.write([b"soon gone"], limit=100)
    given = {"content_id": gone.content_id, "name": "lost.txt", "client": "C-1"}
    add_file.perform(filled.vault, filled.actor(filled.alice), given)
    filled.vault.files.remove(gone.content_id)
    archive = download(filled)
    said = archive.read("Problems.txt").decode()
    assert "video.bin" in said
    assert "lost.txt is missing.txt" in said
    assert len(archive.read("Clients/Ana Ruiz (C-1)/Files/video.bin")) == 256_000


def test_an_empty_business_downloads_too(office: Office) -> None:
    archive = download(office)
    assert "There were none yet." in archive.read("Clients/index.html").decode()
    assert sheet(archive, "Clients.csv") == []


def test_a_large_vault_passes_through_little_memory(office: Office) -> None:
    alice = office.actor(office.alice)
    for number in range(700):
        add_client.perform(office.vault, alice, {"name": f"Client {number:04}", "notes": "x" * 2_000})
    video = office.vault.files.write((bytes(100_000) for _ in range(300)), limit=10**8)
    add_file.perform(
        office.vault, alice, {"content_id": video.content_id, "name": "roof.mp4", "client": "C-9"}
    )
    tracemalloc.start()
    with one_state(office.vault) as source:
        size = sum(len(piece) for piece in everything(source, by="Alice", at=clock.now()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 500_000
    assert peak < 16_000_000


def test_the_summary_counts_what_will_be_in(filled: Office) -> None:
    told = summary(filled.vault)
    archive = download(filled)
    for file, _, count in told.rows:
        assert len(sheet(archive, file)) == count, file
    assert (told.files, told.file_bytes > 1000) == (5, True)
