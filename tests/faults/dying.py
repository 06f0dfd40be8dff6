"""`python -m tests.faults.dying FOLDER MOST`, under the shim: a process dies at its n-th change of the disk.

It makes a vault, writes, stores a file, brings the vault to version 2 and writes again, and says after each
step that it is done. It dies before call 1, then before call 2, and so on, `MOST` of them evenly spread.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from pathlib import Path

from opsystem.vault import Vault, VaultSchema
from opsystem.vault.errors import VaultMissing, VaultTooNew
from tests.faults.shim import MKDIR, OPEN, RENAME, SYNC, TRUNCATE, UNLINK, WRITE, Shim
from tests.faults.stumbling import CONTENT
from tests.vault.test_migration import newer_schema
from tests.vault.toys import KEY, SCHEMA, put_box, scalar, toy_vault

CHANGES = WRITE | SYNC | TRUNCATE | OPEN | RENAME | UNLINK | MKDIR
MADE, FIRST, KEPT, MIGRATED, LAST = STEPS = b"mfkvl"


def live(folder: Path, newer: VaultSchema, says: int) -> None:
    """Live, and say each step that is done."""
    with toy_vault(folder) as vault:
        os.write(says, bytes([MADE]))
        put_box(vault, "first")
        os.write(says, bytes([FIRST]))
        put_box(vault, vault.files.write([CONTENT], limit=10**6).content_id)
        os.write(says, bytes([KEPT]))
    with Vault(folder, "toy", KEY, newer) as vault:
        os.write(says, bytes([MIGRATED]))
        put_box(vault, "last")
        os.write(says, bytes([LAST]))


def die(folder: Path, newer: VaultSchema, shim: Shim, at: int) -> tuple[bytes, int]:
    """Live in a process of its own that dies at a call; return what it said, and how many calls it made."""
    hears, says = os.pipe()
    child = os.fork()
    if not child:
        shim.fail(CHANGES, at, -1)
        live(folder, newer, says)
        os.write(says, shim.calls.to_bytes(4, "big"))
        os._exit(0)
    os.close(says)
    with os.fdopen(hears, "rb") as said:
        words = said.read()
    os.waitpid(child, 0)
    steps = bytes(word for word in words[: len(STEPS)] if word in STEPS)
    return steps, int.from_bytes(words[len(STEPS) :], "big")


def look_after(folder: Path, newer: VaultSchema, said: bytes) -> int:
    """Open what is left, as an older or the newer version; return which version it was."""
    try:
        with Vault(folder, "toy", KEY, newer if MIGRATED in said else SCHEMA) as vault:
            found = int(scalar(vault, "PRAGMA user_version"))
    except VaultMissing:
        assert not said
        return 0
    except VaultTooNew:
        assert KEPT in said, "only the migration may have made it newer"
        found = 2
    with Vault(folder, "toy", KEY, newer) as vault:
        vault.check()
        assert scalar(vault, "PRAGMA user_version") == 2
        rows = scalar(vault, "SELECT count(*) FROM box")
        wanted = sum(step in said for step in (FIRST, KEPT, LAST))
        assert wanted <= rows <= wanted + 1, (said, rows)
        for content_id in vault.files.ids():
            vault.files.verify(content_id)
        put_box(vault, "afterwards")
    return found


def main(folder: Path, most: int) -> Counter[str]:
    """Die at every call, or at `most` of them."""
    newer = newer_schema(folder / "migrations")
    shim = Shim(folder / "lives")
    (folder / "lives").mkdir()
    _, calls = die(folder / "lives" / "whole", newer, shim, 1 << 40)
    counted: Counter[str] = Counter(calls=calls)
    for at in range(1, calls + 1, -(-calls // most)):
        life = folder / "lives" / str(at)
        said, _ = die(life, newer, shim, at)
        counted["deaths"] += 1
        counted[f"found version {look_after(life, newer, said)}"] += 1
        shutil.rmtree(life, ignore_errors=True)
    return counted


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
