"""The steps R2 to R7 of a rotation. Each may be done twice, and each checks what the last one claims."""

from __future__ import annotations

from collections.abc import Sequence

from opsystem.kit import clock
from opsystem.vault.keystore.disk import Disk
from opsystem.vault.keystore.epochs import is_key
from opsystem.vault.keystore.generation import Generation, read_additions
from opsystem.vault.keystore.intent import (
    Intent,
)
from opsystem.vault.keystore.names import (
    ADDING,
    CURRENT,
    additions_name,
    generation_name,
)
from opsystem.vault.keystore.problems import RotationHeld
from opsystem.vault.keystore.quorum import all_that_answer, expect_each, expect_most
from opsystem.vault.keystore.record import Record
from opsystem.vault.keystore.slot import Slot
from opsystem.vault.keystore.store import KeyStore
from opsystem.vault.keystore.tombstones import Tombstone, vault_hash
from opsystem.vault.keystore.view import View


def key_in_slots(slots: Sequence[Slot], intent: Intent) -> bytes | None:
    """Return the new epoch's key if a slot has it."""
    for key in all_that_answer(slots, lambda slot: slot.key_of(intent.to_epoch)):
        if key is not None and is_key(key, intent.to_epoch, bytes.fromhex(intent.check)):
            return key
    return None


def whole_view(store: KeyStore) -> View:
    """Return the generation in use. Raises RotationHeld when any of it is damaged."""
    view = store.view()
    if not view.is_whole or view.damaged:
        raise RotationHeld("The key store is damaged. Put it back from a backup of the same epoch first.")
    return view


def make(store: KeyStore, intent: Intent, key: bytes) -> None:
    """R2: put the key into the slots, pending, and read it back from most of them."""
    all_that_answer(store.slots, lambda slot: slot.hold(intent.fence, intent.to_epoch, key))
    given = all_that_answer(store.slots, lambda slot: slot.key_of(intent.to_epoch))
    expect_most(sum(1 for one in given if one is not None and one == key), store.slots)


def seal(store: KeyStore, intent: Intent, key: bytes) -> dict[str, bytes]:
    """R3: write the next generation. Returns the keys of the live vaults, as the old one has them."""
    view = whole_view(store)
    at = clock.now()
    stones = [
        *view.tombstones.values(),
        *(
            Tombstone(vault_hash(vault_id), intent.to_generation, intent.from_epoch, at)
            for vault_id in intent.drop
        ),
    ]
    live = [record for record in view.records() if record.vault_id not in intent.drop]
    keys = {record.vault_id: record.open(view.epoch_key, intent.from_epoch) for record in live}
    records = [_sealed(record, keys[record.vault_id], intent, key) for record in live]
    generation = Generation.build(intent.to_generation, intent.to_epoch, key, records, stones)
    store.disk.write(generation_name(intent.to_generation), generation.packed())
    store.disk.write(additions_name(intent.to_generation), b"")
    return keys


def _sealed(record: Record, vault_key: bytes, intent: Intent, key: bytes) -> Record:
    return Record.seal(key, intent.to_epoch, record.vault_id, vault_key, version=record.version)


def verify(store: KeyStore, intent: Intent, key: bytes, keys: dict[str, bytes]) -> None:
    """R4: read what was written, and compare every key. Vaults made meanwhile follow in R6."""
    if _keys_in(store.disk, intent, key) != keys:
        raise RotationHeld("The new key store does not hold what the old one does. Nothing was destroyed.")


def rehearse(store: KeyStore, intent: Intent, key: bytes, keys: dict[str, bytes]) -> None:
    """R5: open every key from a copy of the files, as after a restore."""
    with store.disk.copied() as copy:
        if _keys_in(copy, intent, key) != keys:
            raise RotationHeld("A copy of the new key store does not open. Nothing was destroyed.")


def _keys_in(disk: Disk, intent: Intent, key: bytes) -> dict[str, bytes]:
    generation = Generation.read(disk.read(generation_name(intent.to_generation)))
    added, damaged = read_additions(disk.read(additions_name(intent.to_generation)))
    if not generation.is_whole(key) or damaged:
        raise RotationHeld("The new key store was not written whole. Nothing was destroyed.")
    records = [*generation, *added.values()]
    return {record.vault_id: record.open(key, intent.to_epoch) for record in records}


def switch(store: KeyStore, intent: Intent, key: bytes, keys: dict[str, bytes]) -> None:
    """R6: with every slot's consent, and no vault being added meanwhile, use the new generation."""
    epoch = intent.to_epoch
    given = expect_each(store.slots, lambda slot: _held(slot, intent, key))
    if not all(given):
        raise RotationHeld("A key slot does not keep the new key. Repair it or take it out of the settings.")
    with store.disk.lock(ADDING):
        view = whole_view(store)
        known = {*keys, *intent.drop}
        late = [record for record in view.records() if record.vault_id not in known]
        if late:
            late_keys = {record.vault_id: record.open(view.epoch_key, intent.from_epoch) for record in late}
            sealed = [_sealed(record, late_keys[record.vault_id], intent, key).packed() for record in late]
            store.disk.append(additions_name(intent.to_generation), b"".join(sealed), at=0)
            verify(store, intent, key, {**keys, **late_keys})
        expect_each(store.slots, lambda slot: slot.activate(intent.fence, epoch))
        store.disk.write(CURRENT, str(intent.to_generation).encode())
        store.forget_keys()


def _held(slot: Slot, intent: Intent, key: bytes) -> bool:
    if slot.key_of(intent.to_epoch) != key:
        slot.hold(intent.fence, intent.to_epoch, key)
    return slot.key_of(intent.to_epoch) == key


def destroy(store: KeyStore, intent: Intent, key: bytes) -> None:
    """R7: destroy every older epoch in every slot; a slot that joined late gets the new one first."""

    def one(slot: Slot) -> None:
        if not _held(slot, intent, key):
            raise RotationHeld(f"Key slot {slot.name} does not keep the new key. Repair it or take it out.")
        slot.activate(intent.fence, intent.to_epoch)
        slot.destroy_before(intent.fence, intent.to_epoch)

    expect_each(store.slots, one)
