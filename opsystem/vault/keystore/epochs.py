"""Getting an epoch's key out of the slots."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from opsystem.vault.keys import KEY_BYTES, KeyUnusable
from opsystem.vault.keystore.generation import check_value
from opsystem.vault.keystore.problems import KeyStoreTooOld, SlotSilent
from opsystem.vault.keystore.slot import Slot


def epoch_key(slots: Sequence[Slot], epoch: int, check: bytes) -> bytes:
    """Return the key of an epoch from the first slot that has the right one.

    Raises KeyStoreTooOld when the slots have destroyed it, and KeyUnusable when none gives it.
    """
    problems: list[str] = []
    for slot in slots:
        try:
            key = slot.key_of(epoch)
        except (SlotSilent, KeyUnusable) as problem:
            problems.append(problem.message)
            continue
        if key is not None and is_key(key, epoch, check):
            return key
    oldest = oldest_epoch(slots)
    if epoch < oldest:
        raise KeyStoreTooOld(epoch, oldest)
    raise KeyUnusable(" ".join(["No key slot gives the key of the key store.", *problems]))


def is_key(key: bytes, epoch: int, check: bytes) -> bool:
    """Say whether a slot's answer is the epoch's key."""
    return len(key) == KEY_BYTES and hmac.compare_digest(check_value(key, epoch), check)


def oldest_epoch(slots: Sequence[Slot]) -> int:
    """Return the oldest epoch that any answering slot still knows; older ones are destroyed."""
    oldest = 1
    for slot in slots:
        try:
            oldest = max(oldest, slot.status().oldest)
        except (SlotSilent, KeyUnusable):
            continue
    return oldest
