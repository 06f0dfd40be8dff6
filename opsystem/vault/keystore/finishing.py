"""The step R8 of a rotation: the slots' receipts, and what was done written down."""

from __future__ import annotations

from opsystem.kit import clock
from opsystem.vault.keystore.intent import (
    Intent,
    Rotated,
    declared_destroyed,
    last_proven_epoch,
    last_rotated,
    write_rotated,
)
from opsystem.vault.keystore.names import ROTATION, generations_before
from opsystem.vault.keystore.problems import RotationHeld
from opsystem.vault.keystore.quorum import expect_each
from opsystem.vault.keystore.receipts import Receipt
from opsystem.vault.keystore.slot import Slot
from opsystem.vault.keystore.store import KeyStore
from opsystem.vault.keystore.tombstones import vault_hash


def finish(store: KeyStore, intent: Intent, unopened: int) -> Rotated:
    """R8: gather the receipts, write down what was done, and remove what is no longer needed."""
    unproven = range(last_proven_epoch(store.disk), intent.to_epoch)
    receipts = expect_each(store.slots, lambda slot: _receipt(slot, intent, unproven))
    given = {receipt.slot_id: receipt.public_key for receipt in receipts}
    if len(given) < len(store.slots):
        raise RotationHeld("Two key slots are the same one. Give each a directory of its own.")
    before = last_rotated(store.disk)
    owed = {**before.owed, **intent.holders}
    owed = {slot_id: public for slot_id, public in owed.items() if given.get(slot_id) != public}
    told = declared_destroyed(store.disk)
    rotated = Rotated(
        from_epoch=intent.from_epoch,
        to_epoch=intent.to_epoch,
        generation=intent.to_generation,
        dropped=tuple(vault_hash(vault_id).hex() for vault_id in intent.drop),
        receipts=tuple(receipts),
        owed={slot_id: public for slot_id, public in owed.items() if slot_id not in told},
        declared={slot_id: told[slot_id] for slot_id in owed if slot_id in told},
        holders=given,
        challenge=intent.challenge,
        started_at=intent.started_at,
        finished_at=clock.now().isoformat(timespec="seconds"),
        live=len(store.vault_ids()),
        unopened=unopened,
    )
    write_rotated(store.disk, rotated)
    store.disk.remove(ROTATION)
    for name in generations_before(intent.from_generation, store.disk.names()):
        store.disk.remove(name)
    store.forget_keys()
    return rotated


def _receipt(slot: Slot, intent: Intent, unproven: range) -> Receipt:
    """Take a slot's receipt, and ask for every older key not yet proven destroyed: none must be given."""
    receipt = slot.receipt(intent.fence, intent.challenge)
    says = (receipt.epochs, receipt.oldest, receipt.fence, receipt.challenge)
    honest = says == ((intent.to_epoch,), intent.to_epoch, intent.fence, intent.challenge)
    known = intent.holders.get(receipt.slot_id, receipt.public_key)
    if not (honest and receipt.is_signed() and receipt.public_key == known):
        raise RotationHeld(f"Key slot {slot.name} gives no true receipt. The deletion is not proven.")
    if any(slot.key_of(epoch) is not None for epoch in unproven):
        raise RotationHeld(f"Key slot {slot.name} still gives an old key. The deletion is not proven.")
    return receipt
