"""The key store as one process sees it now: a generation, what was added since, and the epoch's key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from opsystem.kit.errors import NotFound
from opsystem.vault.keys import KeyUnusable
from opsystem.vault.keystore import founding, tombstones
from opsystem.vault.keystore.disk import Disk, Stamp
from opsystem.vault.keystore.epochs import epoch_key
from opsystem.vault.keystore.generation import Generation, finished_length, read_additions
from opsystem.vault.keystore.names import CURRENT, additions_name, generation_name
from opsystem.vault.keystore.record import RECORD_BYTES, Record
from opsystem.vault.keystore.slot import Slot
from opsystem.vault.keystore.tombstones import Tombstone

Stamps = tuple[Stamp | None, Stamp | None]


@dataclass(frozen=True)
class View:
    """What a process knows of the key store. `damaged` counts the additions that cannot be read."""

    generation: Generation
    epoch_key: bytes = field(repr=False)
    is_whole: bool
    added: Mapping[str, Record]
    damaged: int
    additions_end: int
    stamps: Stamps

    @property
    def number(self) -> int:
        """The generation's number."""
        return self.generation.number

    @property
    def additions_name(self) -> str:
        """Name of the file with the vaults made since."""
        return additions_name(self.number)

    @cached_property
    def tombstones(self) -> Mapping[bytes, Tombstone]:
        """What remains of deleted vaults, by hash."""
        return tombstones.unpack(self.generation.stones)

    def record_of(self, vault_id: str) -> Record | None:
        """Return a vault's record. Raises KeyUnusable when it is damaged."""
        return self.added.get(vault_id) or self.generation.find(vault_id)

    def has(self, vault_id: str) -> bool:
        """Say whether the vault has a key."""
        return self.record_of(vault_id) is not None

    def key_of(self, vault_id: str) -> bytes:
        """Return a vault's key. Raises NotFound, and KeyUnusable where the store is damaged."""
        record = self.record_of(vault_id)
        if record is not None:
            return record.open(self.epoch_key, self.generation.epoch)
        if self.is_whole and not self.damaged:
            raise NotFound("There is no such vault.", code="no_vault")
        raise KeyUnusable("The key store is damaged and lacks this vault's key. Repair it from a backup.")

    def records(self) -> Iterator[Record]:
        """Yield every record, once for each vault."""
        yield from (record for record in self.generation if record.vault_id not in self.added)
        yield from self.added.values()

    def with_additions(self, records: Sequence[Record], stamps: Stamps) -> View:
        """Return the view after these records were appended."""
        added = {**self.added, **{record.vault_id: record for record in records}}
        end = self.additions_end + RECORD_BYTES * len(records)
        return replace(self, added=added, additions_end=end, stamps=stamps)


def stamps_of(disk: Disk, number: int) -> Stamps:
    """Return what changes when another process adds a vault or rotates."""
    return disk.stamp(CURRENT), disk.stamp(additions_name(number))


def read_view(disk: Disk, slots: Sequence[Slot], before: View | None) -> View:
    """Read the key store; what `before` knows of the same generation is not read again."""
    number = founding.in_use(disk, slots)
    # Stamps before contents: what changes between the two is then read once more, not overlooked.
    stamps = stamps_of(disk, number)
    if before is None or before.number != number:
        try:
            generation = Generation.read(disk.read(generation_name(number)))
        except FileNotFoundError:
            raise KeyUnusable("A part of the key store is missing. Put it back from a backup.") from None
        key = epoch_key(slots, generation.epoch, generation.check)
        before = View(generation, key, generation.is_whole(key), {}, 0, 0, stamps)
    content = disk.read(additions_name(number))
    if len(content) < before.additions_end:
        before = replace(before, added={}, damaged=0, additions_end=0)
    added, damaged = read_additions(content[before.additions_end :])
    return replace(
        before,
        added={**before.added, **added},
        damaged=before.damaged + damaged,
        additions_end=finished_length(content),
        stamps=stamps,
    )
