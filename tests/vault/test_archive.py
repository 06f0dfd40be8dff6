"""An archive opens anywhere, holds exactly what was put in, and says so itself; changed, it is refused."""

from __future__ import annotations

import hashlib
import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.vault.archives.directory import Refused
from opsystem.vault.archives.names import ArchiveNames, safe_part, why_unsafe
from opsystem.vault.archives.reading import ArchiveReader
from opsystem.vault.archives.writing import Entry, archive, csv_entry

AT = datetime(2026, 3, 4, 15, 6, 8, tzinfo=UTC)
FILES = {
    "read me.txt": b"hello",
    "Photos/gate.jpg": bytes(range(256)) * 300,
    "empty.txt": b"",
    "Zoë.txt": b"Z",
}


def zipped(files: dict[str, bytes]) -> bytes:
    """Return an archive of some files; photos are dense, and large."""
    entries = (
        Entry(name, [data[:3], data[3:]], dense=name.endswith("jpg"), large=name.endswith("jpg"))
        for name, data in files.items()
    )
    return b"".join(archive(entries, at=AT, about=lambda: {"format": "test"}))


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return what a strict reader finds."""
    reader = ArchiveReader(io.BytesIO(data))
    return {file.name: b"".join(reader.pieces(file)) for file in reader.files}


def test_any_program_finds_what_was_put_in_with_its_list() -> None:
    opened = zipfile.ZipFile(io.BytesIO(zipped(FILES)))
    assert opened.testzip() is None
    assert opened.namelist() == [*FILES, "manifest.json"]
    assert {name: opened.read(name) for name in FILES} == FILES
    manifest = json.loads(opened.read("manifest.json"))
    assert (manifest["made_at"], manifest["format"]) == ("2026-03-04T15:06:08+00:00", "test")
    for one in manifest["entries"]:
        data = FILES[one["name"]]
        assert (one["size"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert opened.getinfo("read me.txt").date_time == (2026, 3, 4, 15, 6, 8)


@given(st.lists(st.tuples(st.text(max_size=30), st.binary(max_size=200)), max_size=8))
def test_any_files_of_any_names_come_out_equal_and_in_order(given_files: list[tuple[str, bytes]]) -> None:
    names = ArchiveNames()
    names.claim("manifest.json")
    files = {names.claim(name): data for name, data in given_files}
    data = zipped(files)
    assert unpacked(data) == files
    opened = zipfile.ZipFile(io.BytesIO(data))
    assert {name: opened.read(name) for name in files} == files


@given(st.text(max_size=60))
def test_a_name_that_is_given_out_is_one_that_is_taken_in(words: str) -> None:
    part = safe_part(words)
    assert safe_part(part) == part
    assert why_unsafe(f"Clients/{part}") == ""


def test_dense_files_are_not_squeezed_and_text_is() -> None:
    opened = zipfile.ZipFile(io.BytesIO(zipped({"a.jpg": bytes(100_000), "a.txt": bytes(100_000)})))
    assert opened.getinfo("a.jpg").compress_size > 100_000
    assert opened.getinfo("a.txt").compress_size < 1_000


def test_a_bit_flipped_anywhere_is_noticed() -> None:
    data, chance = zipped(FILES), random.Random(4)
    frame = [place for place in range(len(data)) if not 1000 < place < 70_000]
    for place in frame + chance.sample(range(1000, 70_000), 300):
        flipped = bytearray(data)
        flipped[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Refused):
            unpacked(bytes(flipped))


def test_bytes_left_out_added_or_moved_are_noticed() -> None:
    data, chance = zipped(FILES), random.Random(5)
    for _ in range(200):
        first, second = sorted(chance.sample(range(len(data)), 2))
        for changed in (
            data[:first],
            data[first:],
            data[:first] + data[second:],
            data[:first] + b"x" + data[first:],
            data + data[first:second],
            data[second:] + data[:second],
        ):
            with pytest.raises(Refused):
                unpacked(changed)


def test_a_large_archive_passes_through_little_memory() -> None:
    block = random.Random(5).randbytes(100_000)
    entries = (Entry(f"{number}.mp4", (block for _ in range(100)), dense=True) for number in range(5))
    total = most = 0
    tracemalloc.start()
    for piece in archive(entries, at=AT):
        total += len(piece)
        most = max(most, len(piece))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total > 50_000_000
    assert most < 400_000
    assert peak < 4_000_000


def test_an_archive_broken_off_by_its_source_is_no_archive() -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(500_000)
        raise ConnectionResetError

    received = bytearray()
    entries = [Entry("whole.pdf", [bytes(200_000)], dense=True), Entry("broken.pdf", broken(), dense=True)]
    with pytest.raises(ConnectionResetError):
        for piece in archive(entries, at=AT):
            received += piece
    assert len(received) > 200_000
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(received))
    with pytest.raises(Refused):
        unpacked(bytes(received))


def test_a_receiver_who_goes_away_stops_the_source() -> None:
    closed = []

    def source() -> Iterator[bytes]:
        try:
            while True:
                yield random.Random(1).randbytes(100_000)
        finally:
            closed.append(True)

    pieces = archive([Entry("endless.mp4", source())], at=AT)
    next(pieces)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert closed == [True]


def test_rows_are_taken_while_the_table_is_sent() -> None:
    taken = []

    def rows() -> Iterator[list[str]]:
        for number in range(200_000):
            taken.append(number)
            yield [random.Random(number).randbytes(20).hex()]

    pieces = archive([csv_entry("large.csv", ["code"], rows())], at=AT)
    next(pieces)
    next(pieces)
    assert 0 < len(taken) < 20_000
