"""What is stored reads back equal at any place, is kept once, and tells nothing to who sees the directory."""

import hashlib
import io
import random
import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.kit.errors import LimitReached, NotFound
from opsystem.vault.disk.beneath import OpenBeneath, by_kernel, by_walking, kernel_way_works
from opsystem.vault.disk.files import FileStore
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.keys import new_key
from tests.vault.hostile_names import HOSTILE

CHUNK = 65_536
LIMIT = 10_000_000
WAYS = [by_walking, by_kernel] if kernel_way_works() else [by_walking]
EDGES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1, 3 * CHUNK]
sizes = st.one_of(st.sampled_from(EDGES), st.integers(0, 300), st.integers(0, 4 * CHUNK))


class Trickle(io.RawIOBase):
    """A stream that gives a few bytes at a time, as a slow network does."""

    def __init__(self, data: bytes, cuts: list[int]) -> None:
        self._rest, self._cuts = data, cuts

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        take = self._cuts.pop() if self._cuts else size
        piece, self._rest = self._rest[:take], self._rest[take:]
        return piece


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def directory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VaultDirectory]:
    chosen: OpenBeneath = request.param
    with VaultDirectory.create(tmp_path / "vault", way=chosen) as opened:
        yield opened


@pytest.fixture
def key() -> bytes:
    return new_key()


@pytest.fixture
def store(directory: VaultDirectory, key: bytes) -> FileStore:
    return FileStore(directory, key, "7")


@pytest.fixture(scope="module")
def lasting_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FileStore]:
    with VaultDirectory.create(tmp_path_factory.mktemp("lasting") / "vault") as opened:
        yield FileStore(opened, new_key(), "7")


def on_disk(tmp_path: Path) -> list[Path]:
    return sorted(path for path in (tmp_path / "vault").rglob("*") if not path.is_dir())


@given(
    size=sizes,
    seed=st.integers(),
    cuts=st.lists(st.integers(1, 2 * CHUNK), max_size=20),
    carrier=st.sampled_from(["pieces", "stream", "trickle"]),
    ranges=st.lists(st.tuples(st.integers(0, 4 * CHUNK), st.integers(0, 2 * CHUNK)), max_size=8),
)
def test_any_bytes_in_any_pieces_read_back_equal_at_any_range(
    lasting_store: FileStore,
    size: int,
    seed: int,
    cuts: list[int],
    carrier: str,
    ranges: list[tuple[int, int]],
) -> None:
    data = random.Random(seed).randbytes(size)
    if carrier == "stream":
        stored = lasting_store.write(io.BytesIO(data), limit=LIMIT)
    elif carrier == "trickle":
        stored = lasting_store.write(Trickle(data, list(cuts)), limit=LIMIT)
    else:
        places = [0, *sorted(cut % (size + 1) for cut in cuts), size]
        pieces = [data[begin:end] for begin, end in pairwise(places)]
        stored = lasting_store.write(pieces, limit=LIMIT)
    assert stored.size == size == lasting_store.size(stored.content_id)
    with lasting_store.open(stored.content_id) as file:
        assert file.read() == data
        for start, length in ranges:
            assert file.seek(start) == start
            assert file.read(length) == data[start : start + length]
        assert file.seek(0, io.SEEK_END) == size
        assert file.read(1) == b""
    lasting_store.verify(stored.content_id)


def test_a_file_can_be_walked_forward_and_backward(store: FileStore) -> None:
    data = random.Random(1).randbytes(3 * CHUNK + 5)
    with store.open(store.write([data], limit=LIMIT).content_id) as file:
        assert file.seek(-5, io.SEEK_END) == 3 * CHUNK
        assert file.read() == data[-5:]
        assert file.seek(-CHUNK, io.SEEK_CUR) == 2 * CHUNK + 5
        assert file.read(10) == data[2 * CHUNK + 5 :][:10]
        with pytest.raises(ValueError, match="before the start"):
            file.seek(-1)
        assert file.tell() == 2 * CHUNK + 15
        assert not file.writable()


def test_the_same_content_is_kept_once(store: FileStore, tmp_path: Path) -> None:
    first = store.write([b"the same"], limit=LIMIT)
    second = store.write(io.BytesIO(b"the same"), limit=LIMIT)
    assert first == second
    assert list(store.ids()) == [first.content_id]
    assert len(on_disk(tmp_path)) == 1


def test_storing_a_content_again_heals_its_damaged_file(store: FileStore, tmp_path: Path) -> None:
    stored = store.write([b"precious"], limit=LIMIT)
    on_disk(tmp_path)[0].write_bytes(b"damaged")
    store.write([b"precious"], limit=LIMIT)
    store.verify(stored.content_id)


def test_neither_names_nor_bytes_on_disk_tell_of_the_content(
    store: FileStore, directory: VaultDirectory, key: bytes, tmp_path: Path
) -> None:
    content = b"a word nobody else should read " * 5000
    here = store.write([content], limit=LIMIT).content_id
    for stranger in (FileStore(directory, key, "8"), FileStore(directory, new_key(), "7")):
        assert stranger.write([content], limit=LIMIT).content_id != here
    assert here != hashlib.sha256(content).hexdigest()
    for path in on_disk(tmp_path):
        assert b"nobody else" not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600


def test_two_files_of_one_content_under_new_seals_share_no_bytes(store: FileStore, tmp_path: Path) -> None:
    store.write([bytes(CHUNK)], limit=LIMIT)
    first = on_disk(tmp_path)[0].read_bytes()
    store.write([bytes(CHUNK)], limit=LIMIT)
    assert on_disk(tmp_path)[0].read_bytes()[200:] != first[200:]


def test_ids_are_all_contents_in_order(store: FileStore) -> None:
    assert list(store.ids()) == []
    written = {store.write([bytes([number])], limit=1).content_id for number in range(60)}
    assert list(store.ids()) == sorted(written)


def test_a_removed_content_is_gone(store: FileStore, tmp_path: Path) -> None:
    stored = store.write([b"gone"], limit=LIMIT)
    store.remove(stored.content_id)
    assert on_disk(tmp_path) == []
    for ask in (store.open, store.size, store.verify, store.remove):
        with pytest.raises(NotFound):
            ask(stored.content_id)


def test_an_open_file_can_still_be_read_after_its_removal(store: FileStore) -> None:
    stored = store.write([b"still here"], limit=LIMIT)
    with store.open(stored.content_id) as file:
        store.remove(stored.content_id)
        assert file.read() == b"still here"


@pytest.mark.parametrize("size", [1, CHUNK, CHUNK + 1, 200_000])
def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(
    store: FileStore, tmp_path: Path, size: int
) -> None:
    with pytest.raises(LimitReached) as caught:
        store.write(io.BytesIO(bytes(size + 1)), limit=size)
    assert caught.value.code == "file_too_large"
    assert on_disk(tmp_path) == []
    assert store.write([bytes(size)], limit=size).size == size


def test_too_large_a_file_is_refused_in_plain_words_before_it_is_read_whole(store: FileStore) -> None:
    given_out = []

    def endless() -> Iterator[bytes]:
        while True:
            given_out.append(1)
            yield bytes(CHUNK)

    with pytest.raises(LimitReached, match=r"larger than the 1\.5 MB one file may have"):
        store.write(endless(), limit=1_500_000)
    assert len(given_out) < 30


def test_a_stream_that_breaks_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(3 * CHUNK)
        raise ConnectionResetError("the phone went into a tunnel")

    with pytest.raises(ConnectionResetError):
        store.write(broken(), limit=LIMIT)
    assert on_disk(tmp_path) == []


@pytest.mark.parametrize("act", ["open", "size", "verify", "remove"])
def test_no_hostile_id_reaches_the_disk(store: FileStore, tmp_path: Path, act: str) -> None:
    stored = store.write([b"kept"], limit=LIMIT)
    near = [
        stored.content_id.upper(),
        stored.content_id[:-1],
        stored.content_id + "\n",
        f"../{stored.content_id}",
    ]
    for name in [*HOSTILE, *near, "0" * 64]:
        with pytest.raises(NotFound):
            getattr(store, act)(name)
    assert len(on_disk(tmp_path)) == 1


def test_only_old_leftovers_are_swept(store: FileStore, directory: VaultDirectory) -> None:
    assert store.sweep_temporary(timedelta(0)) == 0
    stored = store.write([b"kept"], limit=LIMIT)
    directory.create_exclusive("files/tmp/left-over").close()
    assert store.sweep_temporary(timedelta(hours=1)) == 0
    assert store.sweep_temporary(timedelta(seconds=-5)) == 1
    assert directory.list("files/tmp") == []
    store.verify(stored.content_id)


def test_many_threads_may_write_and_read_the_same_contents(store: FileStore) -> None:
    contents = [random.Random(number).randbytes(CHUNK + number) for number in range(4)]
    wrong: list[object] = []

    def work() -> None:
        for content in contents * 3:
            with store.open(store.write([content], limit=LIMIT).content_id) as file:
                if file.read() != content:
                    wrong.append(content)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(list(store.ids())) == len(contents)
