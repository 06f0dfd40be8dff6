"""The certificate of a deletion: what was destroyed where, each slot's receipt, and our signature.

It is JSON; `checking.py` is the script that anybody may check it with. It holds no name and no content.
Whoever knows the vault's id can see that it is the certificate of that vault.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from opsystem.control.hosting.models import Deletion
from opsystem.control.installation import installation
from opsystem.lifecycle.shredding.attempts import Attempts
from opsystem.vault.keystore import vault_hash
from opsystem.vault.keystore.intent import Proof
from opsystem.vault.keystore.receipts import public_words, signed_words

FORMAT = "opsystem deletion certificate 1"
BACKUPS_KEPT = timedelta(days=35)


def certificate_of(
    deletion: Deletion, proof: Proof, tried: Attempts, files: int, rows: Mapping[str, int]
) -> dict[str, Any]:
    """Write and sign the certificate of a deletion whose keys are destroyed."""
    rotated = proof.rotation
    told, destroyed = installation(), datetime.fromisoformat(rotated.finished_at)
    unsigned: dict[str, Any] = {
        "format": FORMAT,
        "operator": told.operator.name,
        "business": deletion.business_number,
        "vault_hash": vault_hash(deletion.vault_id).hex(),
        "asked_at": deletion.asked_at.isoformat(timespec="seconds"),
        "due_at": deletion.due_at.isoformat(timespec="seconds"),
        "keys_destroyed_at": destroyed.isoformat(timespec="seconds"),
        "epoch_destroyed": proof.epoch,
        "epoch_now": rotated.to_epoch,
        "key_store_generation": rotated.generation,
        "challenge": rotated.challenge,
        "declared_destroyed": dict(rotated.declared),
        "receipts": [receipt.as_dict() for receipt in rotated.receipts],
        "places": _places(deletion, files, rows),
        "backups": {
            "readable": False,
            "bytes_gone_by": (destroyed + BACKUPS_KEPT).date().isoformat(),
        },
        "test": {
            "sealed_keys_found": tried.records,
            "epoch_keys_tried": tried.epoch_keys,
            "opened": tried.opened,
        },
        "signed_by": public_key(),
    }
    return {**unsigned, "signature": _signing_key().sign(signed_words(unsigned)).hex()}


def _places(deletion: Deletion, files: int, rows: Mapping[str, int]) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = [
        {"place": "key store", "state": "the vault's key was left out, and its tombstone stands there"},
        {"place": "key slots", "state": "the epoch key was destroyed; see the receipts"},
        {"place": "vault directory", "state": "removed", "files": files},
        {"place": "control plane", "state": "removed", "rows": sum(rows.values())},
        {"place": "backups", "state": "unreadable now; the bytes go when the backups expire"},
        {"place": "audit log and usage counts", "state": "kept up to 7 years: numbers and times, no content"},
        {"place": "Twilio, Mailgun, Anthropic", "state": "what they were told is theirs to delete"},
    ]
    if deletion.numbers:
        places.append({"place": "phone numbers at Twilio", "state": "to be given back by the operator"})
    return places


def public_key() -> str:
    """Return the key (hex) that certificates of this installation are signed with."""
    return public_words(_signing_key())


def _signing_key() -> Ed25519PrivateKey:
    """Derive the signing key from the first slot's root, which the operator keeps."""
    root = installation().slots[0].root
    seed = HKDF(SHA256(), 32, salt=None, info=b"opsystem deletion certificates 1").derive(root)
    return Ed25519PrivateKey.from_private_bytes(seed)
