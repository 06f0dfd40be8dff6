"""Vaults that nobody uses are closed by themselves, and cost nothing then."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from opsystem.vault import Vault, VaultPool
from opsystem.vault.errors import VaultMissing
from tests.vault.test_paths import open_descriptors
from tests.vault.toys import KEY, SCHEMA, put_box, scalar, toy_vault


def pool_in(folder: Path, *, idle_seconds: float, capacity: int = 64) -> VaultPool:
    return VaultPool(
        lambda name: Vault(folder / name, "toy", KEY, SCHEMA), capacity=capacity, idle_seconds=idle_seconds
    )


def use(pool: VaultPool, name: str) -> None:
    with pool.use(name) as vault:
        assert scalar(vault, "SELECT count(*) FROM box") == 0


def settled(pool: VaultPool, size: int) -> bool:
    """Wait until the pool holds so many vaults."""
    ends = time.monotonic() + 10
    while pool.size != size and time.monotonic() < ends:
        time.sleep(0.02)
    return pool.size == size


def test_idle_vaults_are_closed_with_every_descriptor(tmp_path: Path) -> None:
    for name in "abc":
        toy_vault(tmp_path / name).close()
    before = open_descriptors()
    pool = pool_in(tmp_path, idle_seconds=0.2)
    for name in "abc":
        use(pool, name)
    assert pool.size == 3
    assert open_descriptors() > before
    assert settled(pool, 0)
    assert open_descriptors() == before
    use(pool, "a")
    assert settled(pool, 0)


def test_a_vault_in_use_is_not_idle_however_long(tmp_path: Path) -> None:
    toy_vault(tmp_path / "a").close()
    toy_vault(tmp_path / "b").close()
    pool = pool_in(tmp_path, idle_seconds=0.1)
    with pool.use("a") as vault:
        use(pool, "b")
        assert settled(pool, 1)
        time.sleep(0.3)
        put_box(vault, "still open")
    assert settled(pool, 0)


def test_what_did_not_open_leaves_nothing_behind(tmp_path: Path) -> None:
    pool = pool_in(tmp_path, idle_seconds=300)
    before = open_descriptors()
    for _ in range(3):
        with pytest.raises(VaultMissing), pool.use("nowhere"):
            pass
    assert pool.size == 0
    assert open_descriptors() == before


def test_many_threads_on_few_places_never_hold_more_than_they_use(tmp_path: Path) -> None:
    names = [f"v{number}" for number in range(12)]
    for name in names:
        toy_vault(tmp_path / name).close()
    pool = pool_in(tmp_path, idle_seconds=300, capacity=3)

    def act(first: int) -> None:
        for number in range(24):
            use(pool, names[(first + 5 * number) % len(names)])

    threads = [threading.Thread(target=act, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pool.size <= 3
    pool.close()
    assert pool.size == 0
