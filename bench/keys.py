"""How fast keys are, and how hard their proofs were tried: `bin/bench keys [--markdown] [--runs N]`.

Rewrapping and checking 10,000 vaults, asking for a key, adding one; with `--runs`, that many simulated
rotations instead.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bench.measuring.figures import Figure, machine, measure, table
from opsystem.business.nouns import SCHEMA
from opsystem.vault import Vault
from opsystem.vault.database import DATABASE_NAME, key_fits
from opsystem.vault.keys import derive, new_key
from opsystem.vault.keystore import KeyStore, SealedSlot
from opsystem.vault.keystore.rotation import rotate
from tests.vault.keystore.simulation import live

VAULTS = 10_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bin/bench keys", description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="print a table to paste")
    parser.add_argument("--vaults", type=int, default=VAULTS)
    parser.add_argument("--runs", type=int, default=0, help="so many simulated rotations")
    given = parser.parse_args()
    if given.runs:
        print(simulated(given.runs))
        return
    with tempfile.TemporaryDirectory(prefix="opsystem-bench-") as name:
        figures = list(measured(Path(name), given.vaults))
    print(table(figures, [machine()], markdown=given.markdown))


def measured(folder: Path, vaults: int) -> Iterator[Figure]:
    """Measure a key store of so many vaults with three slots on this disk."""
    root = new_key()

    def store() -> KeyStore:
        slots = [SealedSlot(folder / f"slot-{n}", root, name=str(n)) for n in range(3)]
        return KeyStore(folder / "store", slots)

    keys = store()
    names = list(keys.add_many([f"vault-{n}" for n in range(vaults)]))
    yield measure(f"add a vault to {vaults:,}", lambda n: keys.add(f"more-{n}"), runs=100)
    yield measure("ask for a key", lambda n: keys.key_of(names[n]), runs=1000, target_p95=10)
    yield measure("the first key of a process", lambda _: store().key_of(names[0]), runs=10)
    many = f"{vaults:,} vaults"
    yield measure(f"rotate: seal and prove {many}", lambda _: rotate(store()), runs=5, target=1000, warm_up=1)
    key = store().add("pattern")
    Vault.create(folder / "pattern", "pattern", key, SCHEMA).close()

    def look(_: int) -> None:
        for _ in range(vaults):
            if not key_fits(folder / "pattern" / DATABASE_NAME, derive(key, "pattern", "db")):
                raise AssertionError("the pattern does not open")

    yield measure(f"look into {many}", look, runs=2, target=120_000, warm_up=0)


def simulated(runs: int) -> str:
    """Play simulated lives until so many rotations were run; say what happened in them."""
    told: Counter[str] = Counter()
    began = time.perf_counter()
    for seed in count():
        live(seed, told)
        if told["runs"] >= runs:
            break
    seconds = time.perf_counter() - began
    lines = [f"{number:>8,}  {what}" for what, number in sorted(told.items())]
    return "\n".join([*lines, f"{seconds:8.1f}  seconds", "       0  broken invariants"])


if __name__ == "__main__":
    main()
