"""`python -m tests.faults.recorded FOLDER LOG TRANSACTIONS`, under the shim: a vault's life, written down.

Each transaction puts a box in; every fifth one stores a file first and names the box by its content. What is
marked was acknowledged. In the end the vault is brought to version 2.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from opsystem.vault import Vault
from tests.faults.shim import Shim
from tests.vault.test_migration import newer_schema
from tests.vault.toys import KEY, put_box, toy_vault

FILE_EVERY, REOPEN_EVERY = 5, 40


def name_of(number: int) -> str:
    """Return the name of a box that holds no file."""
    return f"box {number}"


def live(folder: Path, log: Path, transactions: int) -> None:
    """Live a vault's life in `folder`."""
    newer = newer_schema(folder.parent / "migrations")
    numbers = random.Random(7)
    shim = Shim(folder)
    shim.record(log)
    vault = toy_vault(folder / "v")
    shim.mark(0)
    for number in range(1, transactions + 1):
        name = name_of(number)
        if number % FILE_EVERY == 0:
            content = numbers.randbytes(numbers.randrange(200_000))
            name = vault.files.write([content], limit=10**6).content_id
        put_box(vault, name, note="x" * numbers.randrange(6000))
        shim.mark(number)
        if number % REOPEN_EVERY == 0:
            vault.close()
            vault = Vault(folder / "v", "toy", KEY, vault.schema)
    vault.close()
    Vault(folder / "v", "toy", KEY, newer).close()
    shim.mark(transactions + 1)
    shim.record(None)


if __name__ == "__main__":
    live(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps("done"))
