"""The very first generation. It is made once, at the first vault, and never over anything that was there."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from opsystem.vault.keys import KEY_BYTES, KeyUnusable
from opsystem.vault.keystore.disk import Disk
from opsystem.vault.keystore.epochs import epoch_key, is_key
from opsystem.vault.keystore.generation import Generation
from opsystem.vault.keystore.intent import Rotated, holders_among, write_rotated
from opsystem.vault.keystore.names import (
    CURRENT,
    additions_name,
    generation_name,
    generations_among,
    rotated_among,
)
from opsystem.vault.keystore.problems import KeyStoreMissing
from opsystem.vault.keystore.slot import Slot


def in_use(disk: Disk, slots: Sequence[Slot]) -> int:
    """Return the number of the generation in use, 0 when there is none.

    `current` names it. Without that file it is the newest generation whose epoch is active in a slot.
    """
    if disk.stamp(CURRENT) is not None:
        return int(disk.read(CURRENT))
    for number in generations_among(disk.names()):
        generation = Generation.read(disk.read(generation_name(number)))
        for slot in slots:
            key = slot.key_of(generation.epoch)
            is_active = key is not None and generation.epoch in slot.status().active
            if key is not None and is_active and is_key(key, generation.epoch, generation.check):
                return number
    return 0


def found(disk: Disk, slots: Sequence[Slot]) -> None:
    """Make epoch 1 in every slot and the first, empty generation. Hold the lock for adding.

    Raises KeyStoreMissing when the slots have an active epoch, so that there was a key store. A founding that
    was cut short is begun again: nothing was sealed under it.
    """
    if not slots:
        raise KeyUnusable("No key slot is configured.")
    if any(slot.status().active for slot in slots) and not generations_among(disk.names()):
        raise KeyStoreMissing
    number = in_use(disk, slots)
    if number:
        first = Generation.read(disk.read(generation_name(number)))
        key = epoch_key(slots, first.epoch, first.check)
    else:
        key = secrets.token_bytes(KEY_BYTES)
        number, first = 1, Generation.build(1, 1, key, (), ())
    for slot in slots:
        slot.hold(slot.status().fence, first.epoch, key)
    disk.write(generation_name(number), first.packed())
    if disk.stamp(additions_name(number)) is None:
        disk.write(additions_name(number), b"")
    for slot in slots:
        slot.activate(slot.status().fence, first.epoch)
    if not rotated_among(disk.names()):
        write_rotated(disk, Rotated.nothing(first.epoch, first.number, holders_among(slots)))
    disk.write(CURRENT, str(number).encode())
