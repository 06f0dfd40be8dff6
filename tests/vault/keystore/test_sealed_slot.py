"""A slot's file opens with its present secret only, whenever the power failed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from opsystem.kit.errors import Conflict
from opsystem.vault.keys import KeyUnusable, new_key
from opsystem.vault.keystore import KeyStore, SealedSlot, vault_hash
from opsystem.vault.keystore.disk import Directory
from opsystem.vault.keystore.intent import proof_of
from opsystem.vault.keystore.rotation import rotate
from tests.vault.keystore.thief import Loot, opened_by_thief
from tests.vault.keystore.world import MemoryDisk, Power, PowerFailure

SLOTS = 5
VAULTS = ("alice", "bob", "carl")


class Sealed:
    """A key store with five sealed slots on disks in memory, and everything ever written to them."""

    def __init__(self) -> None:
        self.power, self.root = Power(), new_key()
        self.disk = MemoryDisk(self.power, recorder=[])
        self.slot_disks = [MemoryDisk(self.power, recorder=[]) for _ in range(SLOTS)]
        self.keys = self.store().add_many(VAULTS)

    def store(self) -> KeyStore:
        slots = [SealedSlot(disk, self.root, name=str(n)) for n, disk in enumerate(self.slot_disks)]
        return KeyStore(self.disk, slots)

    def loot(self) -> Loot:
        """What a thief has who copied every disk at every moment, and now takes the slots with the root."""
        secrets = [disk.read(name) for disk in self.slot_disks for name in disk.names() if "secret" in name]
        slot_files = [content for disk in self.slot_disks for _, content in disk.recorder or []]
        stores = [content for _, content in self.disk.recorder or []]
        return Loot({self.root}, set(secrets), set(slot_files), set(stores))


def steps_of_a_rotation() -> int:
    world = Sealed()
    before = world.power.steps
    rotate(world.store(), ["alice"])
    return world.power.steps - before


@pytest.mark.parametrize("seed", range(3))
def test_a_rotation_cut_short_at_every_step_loses_nothing_and_then_finishes(seed: int) -> None:
    steps = steps_of_a_rotation()
    assert steps >= 40
    for step in range(steps):
        world = Sealed()
        gone = VAULTS[seed % len(VAULTS)]
        world.power.until = world.power.steps + step
        with pytest.raises(PowerFailure):
            rotate(world.store(), [gone])
        world.power.until = None
        world.disk.held.clear()
        for disk in world.slot_disks:
            disk.held.clear()
        live = {name: key for name, key in world.keys.items() if name != gone}
        assert {name: world.store().key_of(name) for name in live} == live
        rotate(world.store(), [gone])
        assert {name: world.store().key_of(name) for name in live} == live
        assert proof_of(world.disk, vault_hash(gone)) is not None
        stolen = opened_by_thief(world.loot())
        assert world.keys[gone] not in stolen
        assert set(live.values()) <= stolen


def test_the_thief_is_able(tmp_path: Path) -> None:
    """Before the rotation the same loot opens everything: the test above is no idle one."""
    world = Sealed()
    assert opened_by_thief(world.loot()) == set(world.keys.values())
    assert not any(tmp_path.iterdir())


def real_slot(folder: Path, root: bytes) -> SealedSlot:
    return SealedSlot(folder / "slot", root)


def test_an_old_copy_of_a_slots_file_or_another_root_opens_nothing(tmp_path: Path) -> None:
    root = new_key()
    store = KeyStore(tmp_path / "store", [real_slot(tmp_path, root)])
    store.add("alice")
    old = (tmp_path / "slot" / "slot").read_bytes()
    rotate(store)
    new = (tmp_path / "slot" / "slot").read_bytes()
    with pytest.raises(KeyUnusable, match="another one"):
        real_slot(tmp_path, new_key()).status()
    (tmp_path / "slot" / "slot").write_bytes(old)
    with pytest.raises(KeyUnusable, match="old copy"):
        real_slot(tmp_path, root).status()
    (tmp_path / "slot" / "slot").write_bytes(new)
    assert real_slot(tmp_path, root).status().active == (2,)


def test_a_slot_obeys_the_newest_rotation_only(tmp_path: Path) -> None:
    slot = real_slot(tmp_path, new_key())
    slot.begin(7)
    with pytest.raises(Conflict):
        slot.begin(6)
    with pytest.raises(Conflict):
        slot.hold(6, 1, new_key())
    slot.hold(7, 1, new_key())
    with pytest.raises(Conflict):
        slot.receipt(6, "an older rotation's")
    with pytest.raises(Conflict, match="not active here"):
        slot.destroy_before(7, 1)
    with pytest.raises(Conflict):
        slot.activate(7, 2)
    slot.activate(7, 1)
    slot.hold(8, 2, new_key())
    slot.activate(8, 2)
    slot.destroy_before(8, 2)
    with pytest.raises(Conflict):
        slot.hold(8, 1, new_key())


def test_destroying_overwrites_the_same_blocks_before_it_removes(tmp_path: Path) -> None:
    disk = Directory(tmp_path / "disk")
    disk.write("secret.1", b"s" * 32)
    kept = os.open(tmp_path / "disk" / "secret.1", os.O_RDONLY)
    disk.destroy("secret.1")
    assert os.pread(kept, 64, 0) != b"s" * 32
    assert len(os.pread(kept, 64, 0)) == 32
    os.close(kept)
    assert disk.names() == []


def test_what_a_crash_left_half_written_is_no_file_and_swept_away(tmp_path: Path) -> None:
    root = new_key()
    store = KeyStore(tmp_path / "store", [real_slot(tmp_path, root)])
    key = store.add("alice")
    for folder in ("store", "slot"):
        (tmp_path / folder / "unfinished-0123").write_bytes(b"half")
    assert KeyStore(tmp_path / "store", [real_slot(tmp_path, root)]).key_of("alice") == key
    assert not any("unfinished" in file.name for file in store.files())
    rotate(store)
    assert not list(tmp_path.rglob("unfinished-*"))
