"""A thief who has copies of everything ever written, and tries every combination."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from opsystem.vault.keys import KeyUnusable
from opsystem.vault.keystore.generation import Generation, read_additions
from opsystem.vault.keystore.holding import Holding
from opsystem.vault.keystore.record import RECORD_BYTES, Record

_SLOT_HEADER = struct.Struct(">8sI12s")


@dataclass(frozen=True)
class Loot:
    """Roots, secrets that are not destroyed, every content of a slot's file and of a key store's file."""

    roots: set[bytes]
    secrets: set[bytes]
    slot_files: set[bytes]
    store_files: set[bytes]


def opened_by_thief(loot: Loot) -> set[bytes]:
    """Return every vault key that the loot gives away."""
    epochs = _epoch_keys(loot)
    records = [record for content in loot.store_files for record in _records(content)]
    return {
        opened
        for record in records
        for epoch, key in epochs
        if (opened := _open(record, key, epoch)) is not None
    }


def _epoch_keys(loot: Loot) -> set[tuple[int, bytes]]:
    found: set[tuple[int, bytes]] = set()
    for content in loot.slot_files:
        if len(content) <= _SLOT_HEADER.size or not content.startswith(b"OPSSLOT"):
            continue
        header, sealed = content[: _SLOT_HEADER.size], content[_SLOT_HEADER.size :]
        _, rolls, nonce = _SLOT_HEADER.unpack(header)
        for root in loot.roots:
            for secret in loot.secrets:
                label = b"opsystem key slot 1:" + struct.pack(">I", rolls)
                key = HKDF(SHA256(), 32, salt=secret, info=label).derive(root)
                try:
                    holding = Holding.unpack(AESGCM(key).decrypt(nonce, sealed, header))
                except InvalidTag:
                    continue
                found.update(holding.keys.items())
    return found


def _records(content: bytes) -> list[Record]:
    if content.startswith(b"OPSKEYS"):
        return list(Generation.read(content))
    if content and len(content) % RECORD_BYTES == 0:
        return list(read_additions(content)[0].values())
    return []


def _open(record: Record, key: bytes, epoch: int) -> bytes | None:
    try:
        return record.open(key, epoch)
    except KeyUnusable:
        return None
