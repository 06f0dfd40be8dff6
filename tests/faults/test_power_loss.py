"""Power is lost at every sync of a vault's life: nothing is corrupt, and nothing acknowledged is gone."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from opsystem.vault import Vault, VaultSchema
from opsystem.vault.errors import VaultMissing
from tests.faults.lost_power import Disk, events
from tests.faults.shim import SYNC, under_shim
from tests.vault.test_migration import newer_schema
from tests.vault.toys import KEY, SCHEMA, scalar

_CONTENT_ID = re.compile(r"[0-9a-f]{64}")


@dataclass
class Losses:
    """What was tried, and what had come back."""

    syncs: int = 0
    disks: int = 0
    missing: int = 0
    files: int = 0
    versions: set[int] | None = None


def lose_power(folder: Path, transactions: int, *, torn: int = 1) -> Losses:
    """Record a life, then find the disk after a loss of power at each sync: bare, and `torn` times torn."""
    (folder / "live").mkdir(parents=True)
    under_shim("tests.faults.recorded", str(folder / "live"), str(folder / "log"), str(transactions))
    newer = newer_schema(folder / "found-migrations")
    disk, losses, chance = Disk(str(folder / "live")), Losses(versions=set()), random.Random(transactions)
    for event in events(folder / "log"):
        if event.kind == SYNC and not event.path.endswith("-shm"):
            losses.syncs += 1
            for number in range(torn + 1):
                find(disk, folder / "found", chance if number else None, newer, losses, transactions)
        disk.take(event)
    find(disk, folder / "found", None, newer, losses, transactions)
    return losses


def find(
    disk: Disk,
    found: Path,
    chance: random.Random | None,
    newer: VaultSchema,
    losses: Losses,
    transactions: int,
) -> None:
    """Write a disk down as it is found, and look whether everything is there that must be."""
    found.mkdir()
    disk.leave(found, chance)
    losses.disks += 1
    acknowledged = disk.acknowledged
    schema = newer if acknowledged >= transactions else SCHEMA
    try:
        with Vault(found / "v", "toy", KEY, schema) as vault:
            vault.check()
            with vault.reading() as session:
                rows = [str(name) for (name,) in session.connection().exec_driver_sql("SELECT name FROM box")]
            # The one on its way may have come through; nothing else may be more or less.
            boxes = min(acknowledged, transactions)
            assert boxes <= len(rows) <= boxes + 1, (acknowledged, len(rows))
            assert scalar(vault, "SELECT count(*) FROM change") == len(rows)
            for name in filter(_CONTENT_ID.fullmatch, rows):
                vault.files.verify(name)
            for content_id in vault.files.ids():
                vault.files.verify(content_id)
                losses.files += 1
            assert losses.versions is not None
            losses.versions.add(scalar(vault, "PRAGMA user_version"))
    except VaultMissing:
        assert acknowledged < 0, "an acknowledged vault is gone"
        losses.missing += 1
    finally:
        shutil.rmtree(found)


def test_whatever_moment_the_power_is_lost_at_nothing_acknowledged_is_gone(tmp_path: Path) -> None:
    losses = lose_power(tmp_path, 60)
    assert losses.syncs > 90
    assert losses.missing > 0
    assert losses.files > 500
    assert losses.versions == {1, 2}
