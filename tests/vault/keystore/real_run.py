"""The real run: real files, slots as processes, a backup a day, deletions, and kill -9 everywhere.

    python -m tests.vault.keystore.real_run --vaults 50 --days 35 --deletions 10

A program of its own, because it forks: slots and rotations are its children, killed at random moments. In the
end a thief gets every file ever written (but the slots' destroyed secrets), every backup, the slots as they
are now and the root, and tries everything. Prints what happened as JSON; fails with an AssertionError.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from opsystem.kit.errors import Problem
from opsystem.vault import Vault
from opsystem.vault.database import DATABASE_NAME
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.keys import new_key
from opsystem.vault.keystore import KeyStore, vault_hash
from opsystem.vault.keystore.intent import proof_of
from opsystem.vault.keystore.rotation import rotate
from tests.vault.keystore.first_page import first_page_fits
from tests.vault.keystore.recording import RecordingDisk
from tests.vault.keystore.slot_process import SlotProcess
from tests.vault.keystore.thief import Loot, opened_by_thief
from tests.vault.toys import SCHEMA

_SLOTS = 3
_LONGEST_LIFE = 0.15  # seconds until a rotation is killed


@dataclass
class Town:
    """Everything on disk, and what should be true of it."""

    home: Path
    chance: random.Random
    root: bytes = field(default_factory=new_key)
    keys: dict[str, bytes] = field(default_factory=dict)
    deleted: dict[str, bytes] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    slots: list[SlotProcess] = field(default_factory=list)

    def begin(self) -> None:
        for folder in ("loot", "vaults", "backups"):
            (self.home / folder).mkdir()
        for n in range(_SLOTS):
            slot = SlotProcess(self.home / f"slot-{n}", self.root, str(n), self.home / "loot")
            slot.start()
            self.slots.append(slot)

    def store(self) -> KeyStore:
        return KeyStore(
            RecordingDisk(self.home / "store", self.home / "loot"), [one.line for one in self.slots]
        )

    def make_vaults(self, names: list[str]) -> None:
        made = self.store().add_many(names)
        self.keys |= made
        for vault_id, key in made.items():
            Vault.create(self.home / "vaults" / vault_id, vault_id, key, SCHEMA).close()
        self.told["vaults"] += len(made)

    def back_up(self, day: int) -> None:
        """As a backup that keeps each content once: what does not change is the same file."""
        to = self.home / "backups" / str(day)
        shutil.copytree(self.home / "vaults", to / "vaults", copy_function=os.link)
        # A copy made while a rotation runs may meet a file that goes away: the next try has it whole.
        while True:
            try:
                shutil.copytree(self.home / "store", to / "store")
            except shutil.Error:
                shutil.rmtree(to / "store")
                continue
            return

    def rotate_in_child(self, drop: list[str]) -> bool:
        """Rotate in a process that may be killed, with slots that may be; say whether it came through."""
        child = os.fork()
        if child == 0:
            status = 2
            try:
                rotate(self.store(), drop, opens=self.fits)
                status = 0
            except Problem:
                status = 1
            finally:
                os._exit(status)
        if self.chance.random() < 0.3:
            self.make_vaults([f"late-{child}"])
        if self.chance.random() < 0.8:
            time.sleep(self.chance.random() * _LONGEST_LIFE)
            if self.chance.random() < 0.5:
                self._kill_a_slot()
            else:
                os.kill(child, signal.SIGKILL)
                self.told["rotations killed"] += 1
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended in {0, 1, -signal.SIGKILL}, "a rotation comes through, says why not, or is killed"
        came_through = ended == 0
        self.told["rotations through" if came_through else "rotations stopped"] += 1
        return came_through

    def _kill_a_slot(self) -> None:
        slot = self.chance.choice(self.slots)
        slot.kill()
        self.told["slots killed"] += 1
        time.sleep(self.chance.random() * _LONGEST_LIFE)
        slot.start()

    def fits(self, vault_id: str, key: bytes) -> bool:
        with VaultDirectory.open(self.home / "vaults" / vault_id) as directory:
            return first_page_fits(directory, vault_id, key)

    def delete(self, vault_ids: list[str]) -> None:
        for vault_id in vault_ids:
            self.deleted[vault_id] = self.keys.pop(vault_id)
        while not self.rotate_in_child(vault_ids):
            self.expect_live()
        self.expect_live()
        for vault_id in vault_ids:
            assert proof_of(self.store().disk, vault_hash(vault_id)) is not None
            shutil.rmtree(self.home / "vaults" / vault_id)

    def expect_live(self) -> None:
        """I1, with the slots as they are: one may just be starting."""
        store = self.store()
        assert {vault_id: store.key_of(vault_id) for vault_id in self.keys} == self.keys

    def loot(self) -> Loot:
        secrets = [path.read_bytes() for path in self.home.glob("slot-*/secret.*")]
        written = [path.read_bytes() for path in (self.home / "loot").iterdir()]
        backups = [path.read_bytes() for path in self.home.glob("backups/*/store/*")]
        slots = [path.read_bytes() for path in self.home.glob("slot-*/slot")]
        self.told["files the thief has"] = len(secrets) + len(written) + len(backups) + len(slots)
        return Loot({self.root}, set(secrets), {*written, *slots}, {*written, *backups})

    def expect_dead(self) -> None:
        """I2: no backup opens with any key the thief can make; all others open, byte for byte."""
        stolen = opened_by_thief(self.loot())
        assert not stolen & set(self.deleted.values())
        assert set(self.keys.values()) <= stolen
        for backup in sorted((self.home / "backups").iterdir()):
            for vault_id in [*self.deleted, *self.keys]:
                if not (backup / "vaults" / vault_id).is_dir():
                    continue
                with VaultDirectory.open(backup / "vaults" / vault_id) as copy:
                    tried = stolen if vault_id in self.deleted else {self.keys[vault_id]}
                    opened = [key for key in tried if first_page_fits(copy, vault_id, key)]
                assert bool(opened) == (vault_id in self.keys)
                self.told["backups tried"] += len(tried)
                if vault_id in self.keys:
                    live, kept = self.home / "vaults" / vault_id, backup / "vaults" / vault_id
                    assert (live / DATABASE_NAME).read_bytes() == (kept / DATABASE_NAME).read_bytes()


def run(vaults: int, days: int, deletions: int, seed: int) -> dict[str, int]:
    """Live through `days` days. Returns what happened, counted."""
    with tempfile.TemporaryDirectory(prefix="opsystem-real-run-") as folder:
        town = Town(Path(folder), random.Random(seed))
        try:
            town.begin()
            town.make_vaults([f"vault-{n}" for n in range(vaults)])
            days_of_deletion = [town.chance.randrange(days) for _ in range(deletions)]
            for day in range(days):
                town.back_up(day)
                if town.chance.random() < 0.3:
                    town.rotate_in_child([])
                going = town.chance.sample(sorted(town.keys), days_of_deletion.count(day))
                if going:
                    town.delete(going)
            town.expect_dead()
        finally:
            for slot in town.slots:
                slot.kill()
        return {"backups": days, "deleted": len(town.deleted), **town.told}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--vaults", type=int, default=50)
    parser.add_argument("--days", type=int, default=35)
    parser.add_argument("--deletions", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(json.dumps(run(given.vaults, given.days, given.deletions, given.seed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
