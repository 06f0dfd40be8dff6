"""A damaged, swapped or foreign file is said to be damaged, and never gives a wrong byte."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.vault.disk.files import DamagedFile, FileStore
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.disk.sealing import CHUNK, HEADER, place_of, sealed_length
from opsystem.vault.keys import new_key

LIMIT = 10_000_000
SIZE = 3 * CHUNK + 1000
CONTENT = random.Random(7).randbytes(SIZE)
OTHER = random.Random(8).randbytes(SIZE)


class Shelf:
    """A store with two files of four chunks each, and their places on disk."""

    def __init__(self, folder: Path) -> None:
        self.key = new_key()
        self.directory = VaultDirectory.create(folder)
        self.store = FileStore(self.directory, self.key, "7")
        self.id, self.other_id = (
            self.store.write([data], limit=LIMIT).content_id for data in (CONTENT, OTHER)
        )
        self.path, self.other_path = (folder / "files" / one[:2] / one for one in (self.id, self.other_id))
        self.sealed, self.other_sealed = self.path.read_bytes(), self.other_path.read_bytes()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    made = Shelf(tmp_path_factory.mktemp("damaged") / "vault")
    with made.directory:
        yield made


def expect_damaged(store: FileStore, content_id: str) -> None:
    """Reading ends in the error, and what was read until then is right; so does verifying."""
    read = b""
    with pytest.raises(DamagedFile) as caught, store.open(content_id) as file:
        while piece := file.read1(1000):
            read += piece
    assert CONTENT.startswith(read)
    assert caught.value.code == "file_damaged"
    with pytest.raises(DamagedFile):
        store.verify(content_id)


def chunk(sealed: bytes, number: int) -> bytes:
    return sealed[place_of(number) : place_of(number + 1)]


def with_chunks(shelf: Shelf, *chunks: bytes) -> bytes:
    return shelf.sealed[:HEADER] + b"".join(chunks)


CHANGES: dict[str, Callable[[Shelf], bytes]] = {
    "empty": lambda _: b"",
    "zeroes": lambda shelf: bytes(len(shelf.sealed)),
    "header only": lambda shelf: shelf.sealed[:HEADER],
    "header gone": lambda shelf: shelf.sealed[HEADER:],
    "header never written": lambda shelf: bytes(HEADER) + shelf.sealed[HEADER:],
    "another file's header": lambda shelf: shelf.other_sealed[:HEADER] + shelf.sealed[HEADER:],
    "another file's body": lambda shelf: shelf.sealed[:HEADER] + shelf.other_sealed[HEADER:],
    "another file": lambda shelf: shelf.other_sealed,
    "first chunks exchanged": lambda s: with_chunks(
        s, chunk(s.sealed, 1), chunk(s.sealed, 0), chunk(s.sealed, 2), chunk(s.sealed, 3)
    ),
    "one chunk twice": lambda s: with_chunks(
        s, chunk(s.sealed, 0), chunk(s.sealed, 1), chunk(s.sealed, 1), chunk(s.sealed, 3)
    ),
    "one chunk of another file": lambda s: with_chunks(
        s, chunk(s.sealed, 0), chunk(s.other_sealed, 1), chunk(s.sealed, 2), chunk(s.sealed, 3)
    ),
    "last chunk of another file": lambda s: s.sealed[: place_of(3)] + chunk(s.other_sealed, 3),
    "a chunk left out": lambda s: with_chunks(s, chunk(s.sealed, 0), chunk(s.sealed, 2), chunk(s.sealed, 3)),
    "last chunk left out": lambda s: s.sealed[: place_of(3)],
    "a chunk added": lambda s: s.sealed + chunk(s.sealed, 0),
    "a byte added": lambda s: s.sealed + b"\0",
    "doubled": lambda s: s.sealed * 2,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_file_is_damaged(shelf: Shelf, change: str) -> None:
    shelf.path.write_bytes(CHANGES[change](shelf))
    expect_damaged(shelf.store, shelf.id)


@pytest.mark.parametrize("bit", range(8))
def test_any_flipped_bit_of_the_header_is_noticed(shelf: Shelf, bit: int) -> None:
    for place in range(HEADER):
        changed = bytearray(shelf.sealed)
        changed[place] ^= 1 << bit
        shelf.path.write_bytes(changed)
        with pytest.raises(DamagedFile):
            shelf.store.open(shelf.id)
        with pytest.raises(DamagedFile):
            shelf.store.size(shelf.id)


@given(place=st.integers(HEADER, sealed_length(SIZE) - 1), bit=st.integers(0, 7))
def test_any_flipped_bit_of_the_body_is_noticed(shelf: Shelf, place: int, bit: int) -> None:
    changed = bytearray(shelf.sealed)
    changed[place] ^= 1 << bit
    shelf.path.write_bytes(changed)
    expect_damaged(shelf.store, shelf.id)


@given(length=st.integers(0, sealed_length(SIZE) - 1))
def test_a_cut_file_is_noticed_before_its_first_byte(shelf: Shelf, length: int) -> None:
    shelf.path.write_bytes(shelf.sealed[:length])
    with pytest.raises(DamagedFile):
        shelf.store.open(shelf.id)


def test_a_file_cut_while_it_is_open_is_noticed(shelf: Shelf) -> None:
    shelf.path.write_bytes(shelf.sealed)
    with shelf.store.open(shelf.id) as file:
        assert file.read(10) == CONTENT[:10]
        shelf.path.write_bytes(shelf.sealed[: place_of(2) + 5])
        assert file.read(10) == CONTENT[10:20]
        file.seek(2 * CHUNK)
        with pytest.raises(DamagedFile):
            file.read(1)


def test_a_range_opens_only_the_chunks_it_needs(shelf: Shelf) -> None:
    changed = bytearray(shelf.sealed)
    for number in (0, 2, 3):
        changed[place_of(number) + 9] ^= 1
    shelf.path.write_bytes(changed)
    with shelf.store.open(shelf.id) as file:
        file.seek(CHUNK)
        assert file.read(CHUNK) == CONTENT[CHUNK : 2 * CHUNK]
        with pytest.raises(DamagedFile):
            file.read(1)
        file.seek(CHUNK + 5)
        assert file.read(5) == CONTENT[CHUNK + 5 : CHUNK + 10]


def test_two_files_in_each_other_s_place_are_both_damaged(shelf: Shelf) -> None:
    shelf.path.write_bytes(shelf.other_sealed)
    shelf.other_path.write_bytes(shelf.sealed)
    for content_id in (shelf.id, shelf.other_id):
        with pytest.raises(DamagedFile):
            shelf.store.open(content_id)
    shelf.other_path.write_bytes(shelf.other_sealed)


@pytest.mark.parametrize("whose", ["another key", "another vault"])
def test_a_file_does_not_open_for_a_stranger(shelf: Shelf, whose: str) -> None:
    shelf.path.write_bytes(shelf.sealed)
    key, vault_id = (new_key(), "7") if whose == "another key" else (shelf.key, "8")
    expect_damaged(FileStore(shelf.directory, key, vault_id), shelf.id)
    shelf.store.verify(shelf.id)


@pytest.mark.parametrize("what", ["link", "folder", "link for its shelf"])
def test_something_else_in_a_file_s_place_is_damage(tmp_path: Path, what: str) -> None:
    made = Shelf(tmp_path / "vault")
    if what == "link for its shelf":
        made.path.parent.rename(tmp_path / "moved")
        made.path.parent.symlink_to(tmp_path / "moved")
    else:
        made.path.rename(tmp_path / "moved")
        made.path.symlink_to(tmp_path / "moved") if what == "link" else made.path.mkdir()
    with made.directory:
        expect_damaged(made.store, made.id)


def test_an_emptied_empty_file_is_damaged(tmp_path: Path) -> None:
    with VaultDirectory.create(tmp_path / "vault") as directory:
        store = FileStore(directory, new_key(), "7")
        empty = store.write([], limit=0)
        store.verify(empty.content_id)
        path = tmp_path / "vault/files" / empty.content_id[:2] / empty.content_id
        sealed = bytearray(path.read_bytes())
        sealed[-1] ^= 1
        path.write_bytes(sealed)
        with pytest.raises(DamagedFile):
            store.verify(empty.content_id)
