"""One simulated life of a key store: rotations cut short, slots in every mood, vaults added meanwhile.

`live(seed)` plays one life and checks after every attempt:

    I1  every live vault's key is there and right
    I2  after a proven deletion nothing that was ever written opens the vault, with all that can be stolen now
    I3  no slot is told to destroy an epoch that still seals a live vault's key
    I4  no deletion counts as proven before every slot that held the old epoch has destroyed it

The same seed plays the same life but for the keys themselves.
"""

from __future__ import annotations

import random
from collections import Counter
from copy import copy
from dataclasses import dataclass, field

from opsystem.kit.errors import Problem
from opsystem.vault.keys import KeyUnusable
from opsystem.vault.keystore import KeyStore, vault_hash
from opsystem.vault.keystore.founding import in_use
from opsystem.vault.keystore.generation import Generation, read_additions
from opsystem.vault.keystore.intent import proof_of
from opsystem.vault.keystore.names import generation_name
from opsystem.vault.keystore.record import Record
from opsystem.vault.keystore.rotation import rotate
from tests.vault.keystore.slots import Mood, MoodySlot, PlainSlot
from tests.vault.keystore.world import MemoryDisk, Power, PowerFailure

_SLOTS = 3
_VAULTS = ("alice", "bob", "carl", "dana")
_MOST_STEPS = 30
_MOST_CALLS = 40
_ATTEMPTS = 3


@dataclass
class World:
    """What is on the disks, and what it should be."""

    power: Power
    disk: MemoryDisk
    slots: list[PlainSlot]
    keys: dict[str, bytes]
    dropped: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def begin(cls) -> World:
        power = Power()
        world = cls(
            power, MemoryDisk(power, recorder=[]), [PlainSlot(str(n), power) for n in range(_SLOTS)], {}
        )
        world.keys = KeyStore(world.disk, world.slots).add_many(_VAULTS)
        return world

    def again(self) -> World:
        """Return a copy that lives on its own."""
        power = Power()
        disk = MemoryDisk(power, dict(self.disk.files), list(self.disk.recorder or []))
        slots = [PlainSlot(slot.name, power, slot.holding) for slot in self.slots]
        return World(power, disk, slots, dict(self.keys))

    def expect_live(self) -> None:
        """I1."""
        store = KeyStore(self.disk, self.slots)
        assert {name: store.key_of(name) for name in self.keys} == self.keys

    def expect_dead_if_proven(self) -> int:
        """I2 and I4. Answers how many deletions are proven."""
        proven = 0
        for name, key in self.dropped.items():
            proof = proof_of(self.disk, vault_hash(name))
            if proof is not None:
                proven += 1
                kept = [slot.name for slot in self.slots if min(slot.status().epochs) <= proof.epoch]
                assert not kept, "I4"
                assert key not in self.opened_by_thief(name), "I2"
        return proven

    def opened_by_thief(self, name: str) -> set[bytes]:
        """Try every record of a vault that was ever written with every key the slots still have."""
        keys = set().union(*(slot.stolen() for slot in self.slots))
        found: set[bytes] = set()
        epoch = 0
        for written, content in self.disk.recorder or []:
            records: list[Record | None] = []
            if written.startswith("generation."):
                generation = Generation.read(content)
                epoch, records = generation.epoch, [generation.find(name)]
            elif written.startswith("additions."):
                records = [read_additions(content)[0].get(name)]
            for record in records:
                found |= {opened for key in keys if (opened := _open(record, key, epoch)) is not None}
        return found


def _open(record: Record | None, key: bytes, latest_epoch: int) -> bytes | None:
    if record is None:
        return None
    for epoch in range(1, latest_epoch + 1):
        try:
            return record.open(key, epoch)
        except KeyUnusable:
            continue
    return None


_FIRST = World.begin()


def live(seed: int, told: Counter[str] | None = None) -> None:
    """Play one life. Raises AssertionError where an invariant is broken."""
    chance, world, told = random.Random(seed), _FIRST.again(), Counter() if told is None else told
    for name in chance.sample(_VAULTS, chance.choice((1, 1, 2))):
        world.dropped[name] = world.keys.pop(name)
    for attempt in range(chance.randint(1, _ATTEMPTS)):
        _attempt(world, chance, f"late-{attempt}", told)
        world.expect_live()
        world.expect_dead_if_proven()
    # In the end every slot is well again, and the rotation comes through.
    world.power.until = None
    world.disk.held.clear()
    rotate(KeyStore(world.disk, world.slots), world.dropped)
    world.expect_live()
    assert world.expect_dead_if_proven() == len(world.dropped), "a healthy rotation proves the deletion"
    told["runs"] += 1
    told["lives"] += 1


def _attempt(world: World, chance: random.Random, late: str, told: Counter[str]) -> None:
    world.disk.held.clear()
    power = world.power
    power.until = power.steps + chance.randrange(_MOST_STEPS) if chance.random() < 0.7 else None
    other = KeyStore(world.disk, [copy(slot) for slot in world.slots])
    slots = [_moody(slot, chance) for slot in world.slots]
    adder = _Adder(world, other, late, at=chance.randrange(_MOST_CALLS))
    for slot in slots:
        slot.on_call = adder.called
        slot.on_destroy = lambda epoch: _expect_unused(world, epoch)
    if chance.random() < 0.1:
        slots.pop()  # taken out of the settings: it still owes a receipt
        told["slot taken out"] += 1
    for slot in slots:
        told[f"slot {slot.mood}"] += 1
    told["runs"] += 1
    try:
        rotate(KeyStore(world.disk, slots), world.dropped)
        told["came through"] += 1
    except PowerFailure:
        told["power failed"] += 1
    except Problem as problem:
        told[f"stopped: {problem.code}"] += 1


def _moody(slot: PlainSlot, chance: random.Random) -> MoodySlot:
    mood = chance.choice(list(Mood)) if chance.random() < 0.4 else Mood.WELL
    since = chance.randrange(_MOST_CALLS) if chance.random() < 0.5 else 0
    until = since + chance.randrange(1, _MOST_CALLS) if chance.random() < 0.5 else 10**9
    return MoodySlot(slot, mood, since, until)


def _expect_unused(world: World, keep: int) -> None:
    """I3: what seals the live keys now is what the slot keeps."""
    number = in_use(world.disk, world.slots)
    assert Generation.read(world.disk.read(generation_name(number))).epoch == keep, "I3"


@dataclass
class _Adder:
    """Another process, which makes a vault at some moment of the rotation."""

    world: World
    store: KeyStore
    name: str
    at: int
    calls: int = 0

    def called(self) -> None:
        self.calls += 1
        if self.calls == self.at and "adding" not in self.world.disk.held:
            self.store.slots = tuple(self.world.slots)
            self.world.keys[self.name] = self.store.add(self.name)
