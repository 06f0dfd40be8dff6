"""What a rotation is about to do, and what it did: two small records beside the key store.

The intent is written before the first step and removed after the last, so a rotation that was cut short goes
on where it stood. The record of what was done stays: certificates are made from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.vault.keys import KeyUnusable
from opsystem.vault.keystore.disk import Disk
from opsystem.vault.keystore.names import DECLARED, ROTATION, rotated_among, rotated_name
from opsystem.vault.keystore.problems import SlotSilent
from opsystem.vault.keystore.receipts import Receipt
from opsystem.vault.keystore.slot import Slot


@dataclass(frozen=True)
class Intent:
    """A rotation from one epoch and generation to the next, leaving out the vaults in `drop`.

    `check` is the new epoch key's check value (hex). `holders` are the slots, by id with their public keys,
    that may have held the old epoch or an older one; each owes a receipt.
    """

    fence: int
    from_generation: int
    from_epoch: int
    to_epoch: int
    check: str
    drop: tuple[str, ...]
    holders: Mapping[str, str]
    challenge: str
    started_at: str

    @property
    def to_generation(self) -> int:
        """Number of the generation that is being made."""
        return self.from_generation + 1


@dataclass(frozen=True)
class Rotated:
    """A finished rotation. Every epoch before `to_epoch` is destroyed in the slots that gave receipts.

    `dropped` are the hashes (hex) of the vaults left out. `owed` are slots that may still hold an old epoch
    because they were taken out of the settings before they gave a receipt: while there are any, nothing is
    proven. `declared` are such slots of which the operator declared, and when, that they are destroyed; the
    certificate says so. `unopened` counts live vaults whose database could not be opened for comparison.
    """

    from_epoch: int
    to_epoch: int
    generation: int
    dropped: tuple[str, ...]
    receipts: tuple[Receipt, ...]
    owed: Mapping[str, str]
    holders: Mapping[str, str]
    challenge: str
    started_at: str
    finished_at: str
    live: int
    unopened: int
    declared: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def nothing(cls, epoch: int, generation: int, holders: Mapping[str, str]) -> Rotated:
        """Return the record a key store begins with: who holds its first epoch."""
        now = clock.now().isoformat(timespec="seconds")
        return cls(epoch - 1, epoch, generation, (), (), {}, holders, "", now, now, 0, 0)

    @property
    def is_proven(self) -> bool:
        """Say whether every slot that held an old epoch has given its receipt."""
        return not self.owed and bool(self.receipts)

    def as_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {**vars(self), "receipts": [receipt.as_dict() for receipt in self.receipts]}


def read_intent(disk: Disk) -> Intent | None:
    """Return what a rotation was about to do, None when none is under way."""
    if disk.stamp(ROTATION) is None:
        return None
    told = json.loads(disk.read(ROTATION))
    return Intent(**{**told, "drop": tuple(told["drop"])})


def write_intent(disk: Disk, intent: Intent) -> None:
    """Write what is about to be done."""
    disk.write(ROTATION, json.dumps(vars(intent)).encode())


def read_rotated(disk: Disk, epoch: int) -> Rotated:
    """Return the record of the rotation that destroyed this epoch. Raises FileNotFoundError."""
    told = json.loads(disk.read(rotated_name(epoch)))
    receipts = tuple(Receipt.from_dict(receipt) for receipt in told["receipts"])
    return Rotated(**{**told, "dropped": tuple(told["dropped"]), "receipts": receipts})


def last_rotated(disk: Disk) -> Rotated:
    """Return the record of the last rotation."""
    return read_rotated(disk, rotated_among(disk.names())[0])


def last_proven_epoch(disk: Disk) -> int:
    """Return the epoch before which every one is proven destroyed."""
    rotations = (read_rotated(disk, epoch) for epoch in rotated_among(disk.names()))
    return next((rotated.to_epoch for rotated in rotations if rotated.is_proven), 1)


def write_rotated(disk: Disk, rotated: Rotated) -> None:
    """Write what was done."""
    disk.write(rotated_name(rotated.from_epoch), json.dumps(rotated.as_dict()).encode())


@dataclass(frozen=True)
class Proof:
    """A vault was sealed under `epoch` last, and `rotation` proves that no slot holds this epoch any more.

    It is the rotation that dropped the vault or, where a slot owed its receipt then, a later one.
    """

    epoch: int
    rotation: Rotated


def proof_of(disk: Disk, vault_hash: bytes) -> Proof | None:
    """Return the proof that a vault's key is destroyed, None while there is none."""
    proven: Rotated | None = None
    for epoch in rotated_among(disk.names()):
        rotated = read_rotated(disk, epoch)
        proven = rotated if rotated.is_proven else proven
        if vault_hash.hex() in rotated.dropped:
            return Proof(rotated.from_epoch, proven) if proven else None
    return None


def declared_destroyed(disk: Disk) -> dict[str, str]:
    """Return the slots the operator declared destroyed, with the time of it."""
    if disk.stamp(DECLARED) is None:
        return {}
    told: dict[str, str] = json.loads(disk.read(DECLARED))
    return told


def declare_destroyed(disk: Disk, slot_id: str) -> None:
    """Note the operator's word that a slot which owes a receipt is destroyed, copies and all.

    The next rotation counts it. Raises NotFound for a slot that owes nothing.
    """
    if slot_id not in last_rotated(disk).owed:
        raise NotFound("This slot owes no receipt.", code="no_slot")
    at = clock.now().isoformat(timespec="seconds")
    disk.write(DECLARED, json.dumps({**declared_destroyed(disk), slot_id: at}).encode())


def holders_among(slots: Sequence[Slot], known: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Return the slots by id with their public keys: those that answer, and those known already."""
    holders = dict(known)
    for slot in slots:
        try:
            status = slot.status()
        except (SlotSilent, KeyUnusable):
            continue
        if status.slot_id:
            holders.setdefault(status.slot_id, status.public_key)
    return holders
