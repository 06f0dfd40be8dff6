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
from opsystem.vault.keystore.quorum import all_that_answer
from opsystem.vault.keystore.slot import Slot


def in_use(disk: Disk, slots: Sequence[Slot]) -> int:
    """Return the number of the generation in use, 0 when there is none.

    `current` names it. Without that file, or where it names one that no slot has the key of while they have a
    newer one's, it is the newest whose epoch is active: so stands a copy made just before a
    rotation's switch.
    """
    named = int(disk.read(CURRENT)) if disk.stamp(CURRENT) is not None else 0
    candidates = generations_among(disk.names())
    if named and (candidates[:1] == [named] or (named in candidates and _has_key(disk, slots, named))):
        return named
    return next((number for number in candidates if _is_active(disk, slots, number)), named)


def _generation(disk: Disk, number: int) -> Generation:
    return Generation.read(disk.read(generation_name(number)))


def _has_key(disk: Disk, slots: Sequence[Slot], number: int) -> bool:
    generation = _generation(disk, number)
    keys = all_that_answer(slots, lambda slot: slot.key_of(generation.epoch))
    return any(key is not None and is_key(key, generation.epoch, generation.check) for key in keys)


def _is_active(disk: Disk, slots: Sequence[Slot], number: int) -> bool:
    statuses = all_that_answer(slots, lambda slot: slot.status())
    epoch = _generation(disk, number).epoch
    return any(epoch in status.active for status in statuses) and _has_key(disk, slots, number)


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
