"""Folders of the file store are swapped for links while it works: nothing outside is touched or read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from opsystem.kit.errors import NotFound, Problem
from opsystem.vault.disk.beneath import OpenBeneath
from opsystem.vault.disk.files import FileStore
from opsystem.vault.disk.paths import UnsafePath, VaultDirectory
from tests.vault.test_paths import WAYS, picture

KEY = bytes(range(32))
ROUNDS = 120
CONTENT = b"inside " * 100

# Puts a link to the outside in the place of a folder, and the folder back, as fast as it can.
_SWAPPER = """
import os, sys
os.chdir(sys.argv[1])
os.symlink(sys.argv[3], "swap")
name = sys.argv[2]
print("ready", flush=True)
while True:
    for step in ((name, "held"), ("swap", name), (name, "swap"), ("held", name)):
        os.rename(*step)
"""


def acts(store: FileStore, content_id: str) -> dict[str, Callable[[], object]]:
    """Return everything the store can do."""
    return {
        "write": lambda: store.write([CONTENT, os.urandom(8)], limit=10_000),
        "write the same": lambda: store.write([CONTENT], limit=10_000),
        "read": lambda: b"".join(store.pieces(content_id)) == CONTENT or pytest.fail("read something else"),
        "size": lambda: store.size(content_id),
        "verify": lambda: store.verify(content_id),
        "ids": lambda: list(store.ids()),
        "sweep": lambda: store.sweep_temporary(timedelta(0)),
        "remove": lambda: store.remove("f" * 64),
    }


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("folder", ["files", "shelf"])
def test_no_act_of_the_file_store_follows_a_swapped_folder(
    tmp_path: Path, way: OpenBeneath, folder: str
) -> None:
    outside = tmp_path / "outside"
    with VaultDirectory.create(tmp_path / "vault", way=way) as directory:
        store = FileStore(directory, KEY, "7")
        content_id = store.write([CONTENT], limit=10_000).content_id
        shelf = content_id[:2]
        # Outside lies what an act would find if it got there: the same names, with other bytes.
        for name in (f"tmp/{'a' * 32}", f"{shelf}/{content_id}", f"ff/{'f' * 64}", content_id, "f" * 64):
            (outside / name).parent.mkdir(parents=True, exist_ok=True)
            (outside / name).write_bytes(b"outside")
        before = picture(outside)
        place, name = (
            (tmp_path / "vault", "files") if folder == "files" else (tmp_path / "vault/files", shelf)
        )
        command = [sys.executable, "-c", _SWAPPER, str(place), name, str(outside)]
        seen: Counter[str] = Counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as swapper:
            assert swapper.stdout is not None
            swapper.stdout.readline()
            try:
                for _ in range(ROUNDS):
                    for act in acts(store, content_id).values():
                        seen[_once(act)] += 1
            finally:
                swapper.kill()
        assert picture(outside) == before
        assert seen["done"] > 0
        assert seen["refused"] > 0


def _once(act: Callable[[], object]) -> str:
    try:
        act()
    except (FileNotFoundError, NotFound):
        return "missing"
    except (UnsafePath, Problem):
        return "refused"
    return "done"
