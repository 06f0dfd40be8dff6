"""A disk without room costs the key store nothing: an act is done or it is not, and goes on with room."""

from __future__ import annotations

from pathlib import Path

from opsystem.vault.errors import StorageFull
from opsystem.vault.keys import new_key
from opsystem.vault.keystore import KeyStore, SealedSlot
from opsystem.vault.keystore.rotation import rotate
from tests.faults.disks import may_mount, small_disk

_STEP = 4096


def test_additions_and_rotations_on_a_disk_filled_to_every_step(tmp_path: Path) -> None:
    assert may_mount(), "this test needs the right to mount a disk"
    root, refused, done = new_key(), 0, 0
    with small_disk(tmp_path / "disk", "256k") as disk:

        def store() -> KeyStore:
            slots = [SealedSlot(disk.path / f"slot-{n}", root, name=str(n)) for n in range(2)]
            return KeyStore(disk.path / "store", slots)

        def expect_all() -> None:
            opened = store()
            assert {name: opened.key_of(name) for name in keys} == keys

        keys = store().add_many([f"vault-{n}" for n in range(100)])
        for left in range(0, 20 * _STEP, _STEP):
            disk.fill(left)
            for name in (f"more-{left}", ""):
                try:
                    if name:
                        keys[name] = store().add(name)
                    else:
                        rotate(store())
                    done += 1
                except StorageFull:
                    refused += 1
                expect_all()
        disk.empty()
        rotate(store())
        expect_all()
        assert not list(disk.path.rglob("unfinished-*"))
    assert refused > 5
    assert done > 5
