"""One generation of the key store: a file that is written once, whole, and never changed.

    header | records, sorted by vault | tombstones, sorted by hash

The header names generation and epoch, counts what follows, holds the epoch key's check value, and a digest of
everything that only a holder of the epoch key can make. Vaults made later stand in a second file, the
generation's additions: one record after the other.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from opsystem.vault.keys import KeyUnusable
from opsystem.vault.keystore import tombstones
from opsystem.vault.keystore.record import CHECK_BYTES, ID_FIELD, RECORD_BYTES, Record, id_field
from opsystem.vault.keystore.tombstones import TOMBSTONE_BYTES, Tombstone

_MAGIC = b"OPSKEYS\x01"
_HEADER = struct.Struct(">8sQIII32s32s32s")
_DIGEST_BYTES = 32


def check_value(epoch_key: bytes, epoch: int) -> bytes:
    """Return what proves that somebody holds the epoch's key, and tells nothing of it."""
    return hmac.digest(epoch_key, b"opsystem epoch check 1:" + struct.pack(">I", epoch), "sha256")


@dataclass(frozen=True)
class Generation:
    """A generation as it was read. `records` and `stones` are its bytes as they lie in the file."""

    number: int
    epoch: int
    check: bytes
    digest: bytes
    records: bytes
    stones: bytes

    @classmethod
    def build(
        cls,
        number: int,
        epoch: int,
        epoch_key: bytes,
        records: Iterable[Record],
        stones: Iterable[Tombstone],
    ) -> Generation:
        """Put a generation together."""
        packed = b"".join(sorted(record.packed() for record in records))
        check = check_value(epoch_key, epoch)
        made = cls(number, epoch, check, b"", packed, tombstones.pack(stones))
        return cls(number, epoch, check, made.expected_digest(epoch_key), made.records, made.stones)

    @classmethod
    def read(cls, content: bytes) -> Generation:
        """Take a generation's file apart. Raises KeyUnusable for what is no such file, or was cut."""
        if len(content) < _HEADER.size or not content.startswith(_MAGIC):
            raise KeyUnusable("The key store is not in a known form.")
        _, number, epoch, count, stone_count, root, check, digest = _HEADER.unpack_from(content)
        middle = _HEADER.size + count * RECORD_BYTES
        records, stones = content[_HEADER.size : middle], content[middle:]
        if len(stones) != stone_count * TOMBSTONE_BYTES or tombstones.root(stones) != root:
            raise KeyUnusable("The key store was cut or its list of deleted vaults was changed.")
        return cls(number, epoch, check, digest, records, stones)

    def packed(self) -> bytes:
        """Return the file's bytes."""
        return self._header() + self.digest + self.records + self.stones

    def _header(self) -> bytes:
        return _HEADER.pack(
            _MAGIC,
            self.number,
            self.epoch,
            len(self.records) // RECORD_BYTES,
            len(self.stones) // TOMBSTONE_BYTES,
            tombstones.root(self.stones),
            self.check,
            bytes(_DIGEST_BYTES),
        )[:-_DIGEST_BYTES]

    def expected_digest(self, epoch_key: bytes) -> bytes:
        """Return the digest these bytes must have; only the epoch key can make it."""
        key = hmac.digest(epoch_key, b"opsystem key store digest 1", "sha256")
        return hmac.digest(key, self._header() + self.records + self.stones, "sha256")

    def is_whole(self, epoch_key: bytes) -> bool:
        """Say whether nothing was changed, by accident or on purpose."""
        return hmac.compare_digest(self.digest, self.expected_digest(epoch_key))

    def find(self, vault_id: str) -> Record | None:
        """Return a vault's record. Raises KeyUnusable when it is damaged."""
        wanted, low, high = id_field(vault_id), 0, len(self.records) // RECORD_BYTES
        while low < high:
            middle = (low + high) // 2
            if self._id_at(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        if self._id_at(low) != wanted:
            return None
        record = Record.unpack(self._bytes_at(low))
        if record is None:
            raise KeyUnusable("The stored key of this vault is damaged. Repair the key store from a backup.")
        return record

    def _id_at(self, number: int) -> bytes:
        start = number * RECORD_BYTES
        return self.records[start : start + ID_FIELD.stop]

    def _bytes_at(self, number: int) -> bytes:
        return self.records[number * RECORD_BYTES : (number + 1) * RECORD_BYTES]

    def __iter__(self) -> Iterator[Record]:
        """Yield the records that are whole."""
        for number in range(len(self.records) // RECORD_BYTES):
            record = Record.unpack(self._bytes_at(number))
            if record is not None:
                yield record

    def __len__(self) -> int:
        return len(self.records) // RECORD_BYTES


def finished_length(content: bytes) -> int:
    """Return up to where a file of additions was written.

    What a crash left at its end does not count: less than a record, or one whose last part, its check, is
    still zero. Nobody was told that such a vault has a key.
    """
    end = len(content) - len(content) % RECORD_BYTES
    while end and not any(content[end - CHECK_BYTES : end]):
        end -= RECORD_BYTES
    return end


def read_additions(content: bytes) -> tuple[dict[str, Record], int]:
    """Read a file of additions; answers the records by vault, and how many were damaged."""
    found: dict[str, Record] = {}
    damaged = 0
    for start in range(0, finished_length(content), RECORD_BYTES):
        record = Record.unpack(content[start : start + RECORD_BYTES])
        if record is None:
            damaged += 1
        else:
            found[record.vault_id] = record
    return found, damaged
