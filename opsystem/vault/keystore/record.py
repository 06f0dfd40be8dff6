"""One vault's key as it lies in the key store: sealed under the epoch key, in a record of fixed length.

The seal is bound to vault, epoch, key version and state, so a record moved to another vault, or kept from an
older epoch, opens nothing. Each record carries its own check, so that a damaged one costs one vault.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from opsystem.kit.errors import Invalid
from opsystem.vault.keys import KeyUnusable

LIVE = 1
LONGEST_ID = 64
CHECK_BYTES = 16
_FORM = struct.Struct(f">B64sIB12s48s{CHECK_BYTES}s")
RECORD_BYTES = _FORM.size
ID_FIELD = slice(0, 65)
_SEALED_TO = b"opsystem key store entry 1"


@dataclass(frozen=True)
class Record:
    """A sealed vault key. `version` counts the keys this vault has had, `state` is LIVE."""

    vault_id: str
    version: int
    state: int
    nonce: bytes
    sealed: bytes

    @classmethod
    def seal(cls, epoch_key: bytes, epoch: int, vault_id: str, key: bytes, *, version: int = 1) -> Record:
        """Seal a vault's key under an epoch."""
        nonce = secrets.token_bytes(12)
        bound = _bound(vault_id, epoch, version, LIVE)
        return cls(vault_id, version, LIVE, nonce, AESGCM(epoch_key).encrypt(nonce, key, bound))

    def open(self, epoch_key: bytes, epoch: int) -> bytes:
        """Return the vault's key. Raises KeyUnusable for another epoch, vault or version, or any change."""
        bound = _bound(self.vault_id, epoch, self.version, self.state)
        try:
            return AESGCM(epoch_key).decrypt(self.nonce, self.sealed, bound)
        except InvalidTag:
            raise KeyUnusable("The stored key of this vault is damaged or belongs elsewhere.") from None

    def packed(self) -> bytes:
        """Return the record's bytes."""
        body = _FORM.pack(
            *id_parts(self.vault_id), self.version, self.state, self.nonce, self.sealed, bytes(CHECK_BYTES)
        )[:-CHECK_BYTES]
        return body + _check(body)

    @classmethod
    def unpack(cls, packed: bytes) -> Record | None:
        """Read a record's bytes; None when they are damaged."""
        if len(packed) != RECORD_BYTES or _check(packed[:-CHECK_BYTES]) != packed[-CHECK_BYTES:]:
            return None
        length, name, version, state, nonce, sealed, _ = _FORM.unpack(packed)
        return cls(name[:length].decode(), version, state, nonce, sealed)


def id_parts(vault_id: str) -> tuple[int, bytes]:
    """Return an id's length and its bytes, filled up to the field's length by packing."""
    name = vault_id.encode()
    if not 0 < len(name) <= LONGEST_ID:
        raise Invalid(f"A vault's id has 1 to {LONGEST_ID} bytes.", code="vault_id")
    return len(name), name


def id_field(vault_id: str) -> bytes:
    """Return what a record of this vault begins with; records are sorted and searched by it."""
    length, name = id_parts(vault_id)
    return bytes([length]) + name.ljust(LONGEST_ID, b"\0")


def _check(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:CHECK_BYTES]


def _bound(vault_id: str, epoch: int, version: int, state: int) -> bytes:
    return _SEALED_TO + id_field(vault_id) + struct.pack(">IIB", epoch, version, state)
