"""What remains of a vault whose key was dropped: a hash of its id, and when it went."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_FORM = struct.Struct(">32sQIQ")
TOMBSTONE_BYTES = _FORM.size


@dataclass(frozen=True)
class Tombstone:
    """`epoch` is the last one that sealed the vault's key, `generation` the first without it."""

    vault_hash: bytes
    generation: int
    epoch: int
    at: datetime

    def packed(self) -> bytes:
        """Return the tombstone's bytes; its time in whole seconds."""
        return _FORM.pack(self.vault_hash, self.generation, self.epoch, int(self.at.timestamp()))


def vault_hash(vault_id: str) -> bytes:
    """Return the hash that stands for a shredded vault. An id is 128 random bits, so it needs no salt."""
    return hashlib.sha256(b"opsystem tombstone 1:" + vault_id.encode()).digest()


def pack(tombstones: Iterable[Tombstone]) -> bytes:
    """Return all tombstones, sorted by hash."""
    return b"".join(sorted(stone.packed() for stone in tombstones))


def unpack(packed: bytes) -> dict[bytes, Tombstone]:
    """Read tombstones; answers them by their hash."""
    found: dict[bytes, Tombstone] = {}
    for hashed, generation, epoch, at in _FORM.iter_unpack(packed):
        found[hashed] = Tombstone(hashed, generation, epoch, datetime.fromtimestamp(at, UTC))
    return found


def root(packed: bytes) -> bytes:
    """Return the one hash that stands for all tombstones."""
    return hashlib.sha256(b"opsystem tombstones 1:" + packed).digest()
