"""Commands about keys: how they stand, the epoch's end, and whether every key still opens."""

from __future__ import annotations

import argparse
from typing import Any

from opsystem.control.audit.events import record
from opsystem.control.hosting.keys import key_store
from opsystem.kit.errors import Problem
from opsystem.lifecycle.shredding.asking import expect_typed
from opsystem.lifecycle.shredding.certificate import public_key
from opsystem.lifecycle.shredding.rotating import rotate_epoch, vault_fits
from opsystem.vault.keys import KeyUnusable
from opsystem.vault.keystore import KeyStore
from opsystem.vault.keystore.intent import declare_destroyed, read_intent


def keys_status(given: argparse.Namespace) -> dict[str, Any]:  # noqa: ARG001
    """Say how the key store and its slots stand."""
    store = key_store()
    intent = read_intent(store.disk)
    return {
        **_counts(store),
        "rotation": f"to epoch {intent.to_epoch}, cut short" if intent else "none under way",
        "slots": [_slot(slot) for slot in store.slots],
        "certificates_signed_by": public_key(),
    }


def _counts(store: KeyStore) -> dict[str, Any]:
    try:
        vaults, deleted = len(store.vault_ids()), len(store.tombstones())
    except KeyUnusable as problem:
        return {"problem": problem.message}
    return {"generation": store.generation, "epoch": store.epoch, "vaults": vaults, "deleted": deleted}


def _slot(slot: Any) -> str:
    try:
        status = slot.status()
    except Problem as problem:
        return f"{slot.name}: {problem.message}"
    if not status.epochs:
        return f"{slot.name}: empty"
    epochs = ", ".join(map(str, status.epochs))
    return f"{slot.name}: holds epoch {epochs}; its secret was rolled {status.rolls - 1} times"


def keys_rotate(given: argparse.Namespace) -> dict[str, Any]:  # noqa: ARG001
    """End the present epoch: every key sealed anew, the old epoch key destroyed in every slot."""
    done = rotate_epoch()
    return {
        "epoch_destroyed": done.from_epoch,
        "epoch": done.to_epoch,
        "vaults": done.live,
        "vaults_that_do_not_open": done.unopened,
        "receipts": len(done.receipts),
        "receipts_owed": sorted(done.owed),
    }


def keys_verify(given: argparse.Namespace) -> dict[str, Any]:  # noqa: ARG001
    """Open every key in the key store, and every vault's first page with it."""
    store = key_store()
    bad, shut = [], []
    for vault_id in store.vault_ids():
        try:
            key = store.key_of(vault_id)
        except Problem:
            bad.append(vault_id)
            continue
        if not vault_fits(vault_id, key):
            shut.append(vault_id)
    whole = store.generation == 0 or (store.view().is_whole and not store.view().damaged)
    return {
        "whole": whole,
        "vaults": len(store.vault_ids()),
        "keys_damaged": bad,
        "vaults_missing_or_damaged": shut,
    }


def keys_declare(given: argparse.Namespace) -> dict[str, Any]:
    """Declare that a lost slot, which owes a receipt, is destroyed. Certificates will say so."""
    expect_typed(given.confirm, given.slot)
    declare_destroyed(key_store().disk, given.slot)
    record("keys.slot_declared_destroyed", object_id=f"slot {given.slot}")
    return {"slot": given.slot, "counts_from": "the next rotation"}


COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "keys status": (keys_status, {}),
    "keys rotate": (keys_rotate, {}),
    "keys verify": (keys_verify, {}),
    "keys declare": (
        keys_declare,
        {
            "slot": {"help": "the slot's id, as `keys rotate` shows what is owed"},
            "--confirm": {"required": True, "metavar": "SLOT", "help": "the slot's id once more"},
        },
    ),
}
