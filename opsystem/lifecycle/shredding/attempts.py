"""Trying to read a vault that was deleted, with everything this installation still has."""

from __future__ import annotations

from dataclasses import dataclass

from opsystem.vault.keys import KeyUnusable
from opsystem.vault.keystore import KeyStore
from opsystem.vault.keystore.generation import Generation, read_additions
from opsystem.vault.keystore.names import additions_name, generation_name, generations_among
from opsystem.vault.keystore.quorum import all_that_answer
from opsystem.vault.keystore.record import Record


@dataclass(frozen=True)
class Attempts:
    """How many sealed keys of the vault were found, how many epoch keys tried on each, how many opened."""

    records: int
    epoch_keys: int
    opened: int


def try_to_open(store: KeyStore, vault_id: str) -> Attempts:
    """Try every sealed key of a vault in every generation kept, with every epoch key any slot gives."""
    keys: set[bytes] = set()
    for status in all_that_answer(store.slots, lambda slot: slot.status()):
        for epoch in range(1, max((*status.epochs, status.oldest)) + 1):
            given = all_that_answer(store.slots, lambda slot, epoch=epoch: slot.key_of(epoch))  # type: ignore[misc]
            keys.update(key for key in given if key is not None)
    found = _records_of(store, vault_id)
    opened = sum(_opens(record, key, epoch) for record, epoch in found for key in keys)
    return Attempts(len(found), len(keys), opened)


def _records_of(store: KeyStore, vault_id: str) -> list[tuple[Record, int]]:
    found: list[tuple[Record, int]] = []
    for number in generations_among(store.disk.names()):
        generation = Generation.read(store.disk.read(generation_name(number)))
        added, _ = read_additions(store.disk.read(additions_name(number)))
        records = [generation.find(vault_id), added.get(vault_id)]
        found += [(record, generation.epoch) for record in records if record is not None]
    return found


def _opens(record: Record, key: bytes, epoch: int) -> bool:
    try:
        record.open(key, epoch)
    except KeyUnusable:
        return False
    return True
