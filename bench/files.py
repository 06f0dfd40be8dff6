"""How fast the encrypted file store writes and reads: `python -m bench.files [folder]`.

Every write is safe on disk when it counts as done, so small files measure the disk's sync more than the
cipher. Reading takes what the operating system still holds in memory: it measures the cipher, not the disk.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from opsystem.vault.disk.files import FileStore
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.keys import new_key

KIB, MIB = 1024, 1024 * 1024
SIZES = (("1 KiB", KIB, 300), ("1 MiB", MIB, 40), ("256 MiB", 256 * MIB, 1))
PIECE = 64 * KIB
RANGES = 300
HEADINGS = "    size  files   write MB/s    ms each    read MB/s    ms each   range ms"


def content(size: int, number: int) -> Iterator[bytes]:
    """Yield content no other number has, so that every write is a new file."""
    yield number.to_bytes(8, "big")
    piece = random.Random(1).randbytes(PIECE)
    for begin in range(8, size, PIECE):
        yield piece[: size - begin]


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def read_all(store: FileStore, ids: list[str]) -> None:
    for content_id in ids:
        with store.open(content_id) as file:
            while file.read(PIECE):
                pass


def read_ranges(store: FileStore, ids: list[str], size: int) -> None:
    """Read 4 KiB at random places, opening the file each time as a range request does."""
    places = random.Random(2)
    for _ in range(RANGES):
        with store.open(places.choice(ids)) as file:
            file.seek(places.randrange(size))
            file.read(4 * KIB)


def row(store: FileStore, name: str, size: int, count: int) -> str:
    ids: list[str] = []
    writing = seconds(
        lambda: ids.extend(
            store.write(content(size, number), limit=size).content_id for number in range(count)
        )
    )
    reading = seconds(lambda: read_all(store, ids))
    ranges = seconds(lambda: read_ranges(store, ids, size))
    for content_id in ids:
        store.remove(content_id)
    amount = size * count / 1e6
    return (
        f"{name:>8} {count:>6} {amount / writing:>12.1f} {writing / count * 1e3:>10.2f}"
        f" {amount / reading:>12.1f} {reading / count * 1e3:>10.2f} {ranges / RANGES * 1e3:>10.3f}"
    )


def main(folder: Path) -> None:
    with VaultDirectory.create(folder / "vault") as directory:
        store = FileStore(directory, new_key(), "bench")
        print(HEADINGS)
        for name, size, count in SIZES:
            print(row(store, name, size, count), flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as made:
        main(Path(made))
