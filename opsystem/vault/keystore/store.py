"""The key store: every vault's key, sealed under the epoch key, which only the slots hold.

Its directory may be copied and backed up freely: without an epoch key it is noise. It holds

    current               the number of the generation in use; renaming it into place is what switches
    generation.<n>        a generation, never changed once written
    additions.<n>         the vaults made since, one record each
    rotation, rotated.<n> what a rotation is about to do, and what the last ones did

A store reads `current` and the additions anew when their stamps change, so a running process sees what
another one did at its next question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from opsystem.kit.errors import Conflict, NotFound
from opsystem.vault.keys import new_key
from opsystem.vault.keystore import founding
from opsystem.vault.keystore.disk import Directory, Disk
from opsystem.vault.keystore.names import ADDING
from opsystem.vault.keystore.record import RECORD_BYTES, Record
from opsystem.vault.keystore.slot import Slot
from opsystem.vault.keystore.tombstones import Tombstone, vault_hash
from opsystem.vault.keystore.view import View, read_view, stamps_of


class KeyStore:
    """The key store in a directory, with the slots that hold its epoch keys."""

    def __init__(self, place: Path | Disk, slots: Sequence[Slot]) -> None:
        self.disk: Disk = Directory(place) if isinstance(place, Path) else place
        self.slots = tuple(slots)
        self._view: View | None = None

    @property
    def generation(self) -> int:
        """Number of the generation in use; it changes with every rotation. 0 before the first vault."""
        return self._now().number if self._exists() else 0

    @property
    def epoch(self) -> int:
        """Number of the epoch in use; 0 before the first vault."""
        return self._now().generation.epoch if self._exists() else 0

    def key_of(self, vault_id: str) -> bytes:
        """Return a vault's key. Raises NotFound for no or a deleted vault, KeyUnusable for a damaged one."""
        if not self._exists():
            raise NotFound("There is no such vault.", code="no_vault")
        return self._now().key_of(vault_id)

    def add(self, vault_id: str, key: bytes | None = None) -> bytes:
        """Keep the key of a new vault, by default a new random one; return it when it is safely on disk.

        Raises Conflict for a vault that has a key, and for one that was deleted: its id never comes back.
        """
        return self._add({vault_id: key or new_key()})[vault_id]

    def add_many(self, vault_ids: Iterable[str]) -> dict[str, bytes]:
        """Make and keep the keys of many new vaults at once."""
        return self._add({vault_id: new_key() for vault_id in vault_ids})

    def _add(self, keys: dict[str, bytes]) -> dict[str, bytes]:
        with self.disk.lock(ADDING):
            if not self._exists():
                founding.found(self.disk, self.slots)
            view = self._now()
            for vault_id in keys:
                if view.has(vault_id) or vault_hash(vault_id) in view.tombstones:
                    raise Conflict("This vault has a key already, or was deleted.", code="vault_known")
            records = [
                Record.seal(view.epoch_key, view.generation.epoch, name, key) for name, key in keys.items()
            ]
            packed = b"".join(record.packed() for record in records)
            self.disk.append(view.additions_name, packed, at=view.additions_end)
            self._view = view.with_additions(records, stamps_of(self.disk, view.number))
        return keys

    def vault_ids(self) -> list[str]:
        """Return the ids of all vaults that have a key, sorted."""
        return sorted(record.vault_id for record in self._now().records()) if self._exists() else []

    def tombstones(self) -> Mapping[bytes, Tombstone]:
        """Return what remains of deleted vaults, by the hash of their ids (`vault_hash`)."""
        return self._now().tombstones if self._exists() else {}

    def is_shredded(self, vault_id: str) -> bool:
        """Say whether this vault's key was destroyed for good."""
        return vault_hash(vault_id) in self.tombstones()

    def files(self) -> list[Path]:
        """Return the files that a backup must take; they are noise without the slots."""
        return [self.disk.place(name) for name in self.disk.names()]

    def forget_keys(self) -> None:
        """Drop what is held in memory; the next question reads it anew."""
        self._view = None

    def view(self) -> View:
        """Return the generation in use with its additions, as of now."""
        return self._now()

    def _exists(self) -> bool:
        return self._view is not None or founding.in_use(self.disk, self.slots) > 0

    def _now(self) -> View:
        view = self._view
        if view is None or view.stamps != stamps_of(self.disk, view.number):
            view = self._view = read_view(self.disk, self.slots, view)
        return view


__all__ = ["RECORD_BYTES", "KeyStore"]
