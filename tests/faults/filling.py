"""What happens to a vault on a disk with ever less room, in steps of 4 KiB."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from opsystem.kit.errors import Problem
from opsystem.vault import Vault
from tests.faults.disks import SmallDisk
from tests.vault.toys import KEY, SCHEMA, contents, put_box, toy_vault

STEP = 4096
CONTENT = random.Random(3).randbytes(100_000)


def fill_at_each_step(disk: SmallDisk, every: int = 1) -> Counter[str]:
    """Make, write and store with 0, 4, 8, … KiB of room; return what was said how often."""
    said: Counter[str] = Counter()
    for left in range(0, 500 * 1024, STEP * every):
        disk.fill(left)
        said[f"made: {_make(disk.path / 'made')}"] += 1
        disk.empty()
    path = disk.path / "v"
    toy_vault(path).close()
    there: list[str] = []
    for left in range(0, 200 * 1024, STEP * every):
        with Vault(path, "toy", KEY, SCHEMA) as vault:
            disk.fill(left)
            for name, outcome in (
                ("written", _write(vault, f"box {left}", there)),
                ("stored", _store(vault)),
            ):
                said[f"{name}: {outcome}"] += 1
            disk.empty()
            # It recovers by itself, in the same handle.
            assert _write(vault, f"afterwards {left}", there) == "done"
            vault.check()
            assert [row[1] for row in contents(vault)["box"]] == there
            for content_id in list(vault.files.ids()):
                vault.files.verify(content_id)
                vault.files.remove(content_id)
            assert not list((path / "files/tmp").iterdir())
    return said


def _make(path: Path) -> str:
    try:
        with toy_vault(path) as vault:
            vault.check()
    except Problem as problem:
        if path.exists():
            return "made, but not opened" if problem.code == "storage_full" else problem.code
        return problem.code
    finally:
        _remove(path)
    return "done"


def _remove(path: Path) -> None:
    if path.exists():
        for file in path.iterdir():
            file.unlink()
        path.rmdir()


def _write(vault: Vault, name: str, there: list[str]) -> str:
    try:
        put_box(vault, name, note="x" * 9000)
    except Problem as problem:
        return problem.code
    there.append(name)
    return "done"


def _store(vault: Vault) -> str:
    try:
        vault.files.write([CONTENT], limit=10**6)
    except Problem as problem:
        return problem.code
    return "done"
