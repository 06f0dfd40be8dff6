"""Kill, a full disk and very large files: what can be seen is whole, what cannot be kept is said."""

import multiprocessing
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from opsystem.kit.errors import Unavailable
from opsystem.vault.disk.files import FileStore
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.keys import new_key

KEY = bytes(range(32))
PIECE = 65_536
LIMIT = 10_000_000_000
ROOT = Path(__file__).parents[2]
fork = multiprocessing.get_context("fork")


def store_in(directory: VaultDirectory) -> FileStore:
    return FileStore(directory, KEY, "7")


def write_and_stop(folder: Path, pieces: int, reached: Connection) -> None:
    """Write some pieces of a file, say so, and wait for the end."""

    def stream() -> Iterator[bytes]:
        yield from (random.Random(number).randbytes(PIECE) for number in range(pieces))
        reached.send("there")
        time.sleep(60)

    with VaultDirectory.open(folder) as directory:
        store_in(directory).write(stream(), limit=LIMIT)


def write_on_and_on(folder: Path, seed: int) -> None:
    numbers = random.Random(seed)
    with VaultDirectory.open(folder) as directory:
        while True:
            store_in(directory).write([numbers.randbytes(numbers.randrange(4 * PIECE))], limit=LIMIT)


@pytest.mark.kill
@pytest.mark.parametrize("pieces", [0, 1, 2, 5])
def test_a_writer_killed_in_the_middle_leaves_nothing_to_be_seen(tmp_path: Path, pieces: int) -> None:
    with VaultDirectory.create(tmp_path / "vault") as directory:
        here, there = fork.Pipe()
        writer = fork.Process(target=write_and_stop, args=(tmp_path / "vault", pieces, there))
        writer.start()
        assert here.recv() == "there"
        writer.kill()
        writer.join()
        store = store_in(directory)
        assert list(store.ids()) == []
        assert len(directory.list("files/tmp")) == 1
        assert store.sweep_temporary(timedelta(seconds=-5)) == 1
        assert directory.list("files/tmp") == []


@pytest.mark.kill
def test_a_writer_killed_at_any_moment_leaves_only_whole_files(tmp_path: Path) -> None:
    with VaultDirectory.create(tmp_path / "vault") as directory:
        store = store_in(directory)
        for seed in range(25):
            writer = fork.Process(target=write_on_and_on, args=(tmp_path / "vault", seed))
            writer.start()
            time.sleep(0.01 + random.Random(seed).random() * 0.05)
            writer.kill()
            writer.join()
        written = list(store.ids())
        assert len(written) > 10
        for content_id in written:
            store.verify(content_id)
        store.sweep_temporary(timedelta(seconds=-5))
        assert directory.list("files/tmp") == []


LIMITED = """
import resource, signal, sys
from opsystem.kit.errors import Unavailable
from opsystem.vault.disk.files import FileStore
from opsystem.vault.disk.paths import VaultDirectory

with VaultDirectory.open(sys.argv[1]) as directory:
    store = FileStore(directory, bytes(range(32)), "7")
    for room in range(0, 200_000, 4096):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        try:
            store.write([bytes(200_000)], limit=10**9)
            sys.exit(f"{room} bytes of room were enough")
        except Unavailable as error:
            assert error.code == "storage_full", error.code
        assert directory.list("files/tmp") == [], room
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert list(store.ids()) == []
    store.verify(store.write([bytes(200_000)], limit=10**9).content_id)
print("recovered")
"""

LARGE = """
import sys
from pathlib import Path
from opsystem.vault.disk.files import FileStore
from opsystem.vault.disk.paths import VaultDirectory

def most_memory():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

def use(megabytes):
    block = bytes(1_000_000)
    stored = store.write((block for _ in range(megabytes)), limit=10**9)
    assert stored.size == megabytes * 1_000_000
    store.verify(stored.content_id)
    with store.open(stored.content_id) as file:
        while file.read(1_000_000):
            pass

with VaultDirectory.open(sys.argv[1]) as directory:
    store = FileStore(directory, bytes(range(32)), "7")
    use(3)
    before = most_memory()
    use(300)
    print(most_memory() - before)
"""


def run(script: str, folder: Path) -> str:
    command = [sys.executable, "-c", script, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_file_of_300_mb_never_sits_in_memory(tmp_path: Path) -> None:
    VaultDirectory.create(tmp_path / "vault").close()
    kilobytes = int(run(LARGE, tmp_path / "vault"))
    assert kilobytes < 8_000


def test_a_file_size_limit_of_the_system_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    VaultDirectory.create(tmp_path / "vault").close()
    assert run(LIMITED, tmp_path / "vault") == "recovered"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 512 kB, or None where this user may not mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield disk if mounted else None
    if mounted:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S607 - fixed words


def test_a_full_disk_is_said_leaves_nothing_and_is_recovered_from(
    small_disk: Path | None, tmp_path: Path
) -> None:
    if small_disk is None:
        # The limit on file sizes is the nearest thing to a full disk that needs no rights.
        VaultDirectory.create(tmp_path / "vault").close()
        assert run(LIMITED, tmp_path / "vault") == "recovered"
        return
    content, ballast = random.Random(1).randbytes(3 * PIECE), small_disk / "ballast"
    outcomes = set()
    with VaultDirectory.create(small_disk / "vault") as directory:
        store = FileStore(directory, new_key(), "7")
        for taken in range(512 * 1024, 0, -4096):
            ballast.write_bytes(b"")
            with ballast.open("wb", buffering=0) as file:
                file.write(bytes(taken))
            try:
                store.remove(store.write([content], limit=LIMIT).content_id)
                outcomes.add("written")
            except Unavailable as error:
                outcomes.add(error.code)
            assert list(store.ids()) == []
            assert [path for path in (small_disk / "vault").rglob("*") if path.is_file()] == []
        ballast.unlink()
        store.verify(store.write([content], limit=LIMIT).content_id)
    assert outcomes == {"written", "storage_full"}
