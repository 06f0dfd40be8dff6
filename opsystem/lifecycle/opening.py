"""Opening the vaults of this installation: by place, and pooled for the whole process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from opsystem.business.nouns import SCHEMA
from opsystem.control.hosting.places import Place, place_by_vault_id, waker_of
from opsystem.vault import Vault, VaultPool


def open_vault(place: Place) -> Vault:
    """Open the vault at a place. Raises VaultUnusable; nothing is written to what cannot be opened."""
    return Vault(place.path, place.vault_id, place.key, SCHEMA, wake=waker_of(place.row_id))


def _open_by_id(vault_id: str) -> Vault:
    return open_vault(place_by_vault_id(vault_id))


_POOL = VaultPool(_open_by_id)


@contextmanager
def vault_in_use(vault_id: str) -> Iterator[Vault]:
    """Give the open vault with this id for the time of the block, kept open for the next one."""
    with _POOL.use(vault_id) as vault:
        yield vault


def close_idle_vault(vault_id: str) -> None:
    """Close one vault of this process now. Raises RuntimeError while it is in use."""
    _POOL.drop(vault_id)


def close_all_vaults() -> None:
    """Close every vault of this process, when it ends."""
    _POOL.close()
