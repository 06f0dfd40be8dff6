"""A field of many vaults, and acts on them timed in several processes."""

from __future__ import annotations

import hashlib
import multiprocessing
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bench.measuring.figures import resident_memory
from opsystem.business.nouns import SCHEMA
from opsystem.vault import Vault, VaultPool, VaultSchema

_REVISION = """revision = "0002"
down_revision = None

from alembic import op
from sqlalchemy import Column, String


def upgrade():
    op.add_column("client", Column("colour", String))
"""


@dataclass(frozen=True)
class Share:
    """An act, timed."""

    act: Callable[[int], None]

    def __call__(self, number: int) -> float:
        """Do it; return how many milliseconds it took."""
        begun = time.perf_counter()
        self.act(number)
        return (time.perf_counter() - begun) * 1e3


_ACTS: list[Share] = []


def _begin(act: Share) -> None:
    _ACTS[:] = [act]


def _do(number: int) -> float:
    return _ACTS[0](number)


def in_processes(act: Share, workers: int, numbers: list[int]) -> list[float]:
    """Do an act for each number in so many processes; return all times in milliseconds."""
    # Handed over at the fork: sent with every number, the schema would be unpacked again and again.
    with multiprocessing.get_context("fork").Pool(workers, _begin, (act,)) as processes:
        return list(processes.imap_unordered(_do, numbers, chunksize=8))


def percentile(times: list[float], percent: int) -> float:
    """Return a percentile of times, to a tenth."""
    return round(statistics.quantiles(times, n=100)[percent - 1], 1)


class Field:
    """`count` vaults in a folder, each with a key of its own."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.count = count
        self.client = SCHEMA.metadata.tables["client"]
        self.newer = _newer(folder / "migrations")

    def path_of(self, number: int) -> Path:
        """Return where a vault lies."""
        return self.folder / "vaults" / f"{number:06}"

    def _key(self, number: int) -> bytes:
        return hashlib.sha256(b"bench %d" % number).digest()

    def make(self, number: int) -> None:
        """Make a vault."""
        Vault.create(self.path_of(number), str(number), self._key(number), SCHEMA).close()

    def open(self, number: int) -> None:
        """Open a vault, ask one question, close it."""
        with self._opened(number) as vault, vault.reading() as session:
            session.execute(select(func.count()).select_from(self.client)).scalar_one()

    def migrate(self, number: int) -> None:
        """Bring a vault up to date."""
        Vault(self.path_of(number), str(number), self._key(number), self.newer).close()

    def _opened(self, number: int) -> Vault:
        return Vault(self.path_of(number), str(number), self._key(number), SCHEMA)

    def pooled(self) -> list[str]:
        """Say what a process holds that has used a thousand vaults, and after they were idle."""
        pool = VaultPool(
            lambda name: Vault(self.path_of(int(name)), name, self._key(int(name)), self.newer),
            idle_seconds=2,
        )
        descriptors, memory = _descriptors(), resident_memory()
        used = min(1000, self.count)
        for number in range(used):
            with pool.use(str(number)) as vault, vault.reading() as session:
                session.execute(select(func.count()).select_from(self.client)).scalar_one()
        most = (
            f"A process that used {used} vaults one after the other holds {pool.size} open: "
            f"{_descriptors() - descriptors} descriptors, {resident_memory() - memory:.0f} MiB."
        )
        time.sleep(5)
        return [
            most,
            f"Idle, it holds {pool.size}: {_descriptors() - descriptors} descriptors and no process.",
        ]


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _newer(folder: Path) -> VaultSchema:
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text("# Vaults are migrated by opsystem.vault.migration.\n")
    (folder / "versions" / "0002_colour.py").write_text(_REVISION)
    metadata = SCHEMA.metadata
    return VaultSchema(metadata, SCHEMA.version + 1, folder)
