"""An archive opens anywhere, holds exactly what was put in, and says so itself."""

import hashlib
import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.vault.archive import ArchiveWriter, Entry, csv_entry, iterate
from opsystem.vault.files import FileStore
from opsystem.vault.keys import new_key
from opsystem.vault.paths import VaultDirectory

AT = datetime(2026, 3, 4, 15, 6, 8, tzinfo=UTC)


class Wire:
    """A receiver that can only be written to, as a network connection."""

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, data: bytes, /) -> None:
        self.data += data

    def opened(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))


def contents(archive: zipfile.ZipFile) -> dict[str, bytes]:
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def test_what_was_put_in_comes_out_with_its_list() -> None:
    wire = Wire()
    with ArchiveWriter(wire, at=AT) as archive:
        assert archive.add_bytes("read me.txt", b"hello") == "read me.txt"
        assert archive.add_stream("Photos/gate.jpg", iter([b"ab", b"", b"cd"]), 4) == "Photos/gate.jpg"
        assert archive.add_csv("clients.csv", ["name"], [["Ana"]]) == "clients.csv"
        archive.add_bytes("empty.txt", b"")
    opened = wire.opened()
    found = contents(opened)
    manifest = json.loads(found.pop("manifest.json"))
    assert opened.namelist()[-1] == "manifest.json"
    assert manifest["made_at"] == "2026-03-04T15:06:08+00:00"
    assert manifest["entries"] == [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in found.items()
    ]
    assert found["Photos/gate.jpg"] == b"abcd"
    assert opened.getinfo("read me.txt").date_time == (2026, 3, 4, 15, 6, 8)


@given(
    files=st.lists(st.tuples(st.text(max_size=30), st.lists(st.binary(max_size=200), max_size=5)), max_size=8)
)
def test_any_files_of_any_names_come_out_equal_and_in_order(files: list[tuple[str, list[bytes]]]) -> None:
    data = b"".join(iterate((Entry(name, pieces) for name, pieces in files), at=AT))
    found = contents(zipfile.ZipFile(io.BytesIO(data)))
    assert [*found.values()][:-1] == [b"".join(pieces) for _, pieces in files]
    assert len({name.casefold() for name in found}) == len(files) + 1


def test_an_archive_can_be_taken_from_the_vault_itself(tmp_path: Path) -> None:
    content = random.Random(3).randbytes(300_000)
    with VaultDirectory.create(tmp_path / "vault") as directory:
        store = FileStore(directory, new_key(), "7")
        stored = store.write([content], limit=10**6)
        entry = Entry("video.mp4", store.pieces(stored.content_id), stored.size)
        found = contents(zipfile.ZipFile(io.BytesIO(b"".join(iterate([entry])))))
    assert found["video.mp4"] == content


def test_dense_files_are_not_squeezed_again_and_text_is() -> None:
    wire = Wire()
    with ArchiveWriter(wire) as archive:
        archive.add_bytes("a.JPG", bytes(100_000))
        archive.add_bytes("a.txt", bytes(100_000))
    assert wire.opened().getinfo("a.JPG").compress_size > 100_000
    assert wire.opened().getinfo("a.txt").compress_size < 1_000
    assert {info.compress_type for info in wire.opened().infolist()} == {zipfile.ZIP_DEFLATED}


def test_a_large_archive_passes_through_little_memory() -> None:
    block = random.Random(5).randbytes(100_000)
    entries = (Entry(f"{number}.mp4", (block for _ in range(200)), 20_000_000) for number in range(5))
    total = most = 0
    tracemalloc.start()
    for piece in iterate(entries):
        total += len(piece)
        most = max(most, len(piece))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total > 100_000_000
    assert most < 400_000
    assert peak < 4_000_000


def test_a_file_larger_than_four_gigabytes_is_announced_as_such() -> None:
    wire = Wire()
    with pytest.raises(ValueError, match="another size"), ArchiveWriter(wire) as archive:
        archive.add_stream("long.mov", [b"short after all"], 5_000_000_000)
    assert wire.data[4:6] == (45).to_bytes(2, "little")  # "version needed" of ZIP64


@pytest.mark.parametrize("size", [0, 3, 5])
def test_a_file_of_another_size_than_said_breaks_the_archive_off(size: int) -> None:
    wire = Wire()
    with pytest.raises(ValueError, match="another size"), ArchiveWriter(wire) as archive:
        archive.add_stream("a.txt", [b"four"], size)
    del archive
    with pytest.raises(zipfile.BadZipFile):
        wire.opened()


def test_an_archive_broken_off_by_its_source_is_no_archive() -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(500_000)
        raise ConnectionResetError

    received = bytearray()
    with pytest.raises(ConnectionResetError):
        for piece in iterate([Entry("whole.pdf", [bytes(200_000)]), Entry("broken.pdf", broken())]):
            received += piece
    assert len(received) > 200_000
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(received))


def test_a_receiver_who_goes_away_stops_the_source() -> None:
    closed = []

    def source() -> Iterator[bytes]:
        try:
            while True:
                yield random.Random(1).randbytes(100_000)
        finally:
            closed.append(True)

    archive = iterate([Entry("endless.mp4", source())])
    next(archive)
    archive.close()  # type: ignore[attr-defined]
    assert closed == [True]


def test_rows_are_taken_while_the_table_is_sent() -> None:
    taken = []

    def rows() -> Iterator[list[str]]:
        for number in range(200_000):
            taken.append(number)
            yield [random.Random(number).randbytes(20).hex()]

    archive = iterate([csv_entry("large.csv", ["code"], rows())])
    next(archive)
    assert 0 < len(taken) < 20_000
