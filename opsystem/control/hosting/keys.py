"""The key store of this installation, one object for the whole process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from opsystem.control.installation import SlotPlace, installation
from opsystem.vault.keystore import KeyStore, SealedSlot


def key_store() -> KeyStore:
    """Return the key store with the slots the settings name."""
    told = installation()
    return _store(told.keystore_dir, told.slots)


@cache
def _store(directory: Path, slots: tuple[SlotPlace, ...]) -> KeyStore:
    sealed = [SealedSlot(slot.directory, slot.root, name=str(n)) for n, slot in enumerate(slots, start=1)]
    return KeyStore(directory, sealed)
