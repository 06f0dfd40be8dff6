"""Opening the vaults of this installation: by place, and pooled for the whole process."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from opsystem.business.nouns import SCHEMA
from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.places import Place, business_number_of, place_by_vault_id, waker_of
from opsystem.control.installation import installation
from opsystem.kit.errors import NotFound, Problem
from opsystem.vault import Doorplate, Vault, VaultPool
from opsystem.vault.keystore import vault_hash

_LOG = logging.getLogger(__name__)
LET_GO_SECONDS = 2.0


def open_vault(place: Place) -> Vault:
    """Open the vault at a place. Raises VaultUnusable; nothing is written to what cannot be opened."""
    doorplate = Doorplate(installation().base_url, business_number_of(place.row_id))
    return Vault(
        place.path, place.vault_id, place.key, SCHEMA, wake=waker_of(place.row_id), doorplate=doorplate
    )


_opened: set[str] = set()


def _open_by_id(vault_id: str) -> Vault:
    vault = open_vault(place_by_vault_id(vault_id))
    _opened.add(vault_id)
    return vault


_POOL = VaultPool(_open_by_id)


@contextmanager
def vault_in_use(vault_id: str) -> Iterator[Vault]:
    """Give the open vault with this id for the time of the block, kept open for the next one.

    Raises NotFound for a deleted one, also when this process still has it open.
    """
    _WATCH.begin()
    if key_store().is_shredded(vault_id):
        let_go_of_deleted()
        raise NotFound("There is no such vault.", code="no_vault")
    with _POOL.use(vault_id) as vault:
        yield vault


def close_idle_vault(vault_id: str) -> None:
    """Close one vault of this process now. Raises RuntimeError while it is in use."""
    _POOL.drop(vault_id)


def close_all_vaults() -> None:
    """Close every vault of this process, when it ends."""
    _POOL.close()


def let_go_of_deleted() -> None:
    """Close every deleted vault that nobody in this process uses just now, and forget an epoch that ended."""
    deleted = key_store().tombstones()
    for vault_id in [vault_id for vault_id in list(_opened) if vault_hash(vault_id) in deleted]:
        try:
            _POOL.drop(vault_id)
        except RuntimeError:
            continue  # still in use; the watch comes again
        _opened.discard(vault_id)


class _Watch:
    """Looks every few seconds whether a vault this process has open was deleted by another one."""

    def __init__(self) -> None:
        self._begun = threading.Lock()

    def begin(self) -> None:
        """Begin watching, once in a process."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._look, name="deleted-vaults", daemon=True).start()

    def _look(self) -> None:
        while True:
            time.sleep(LET_GO_SECONDS)
            try:
                let_go_of_deleted()
            except Problem as problem:
                _LOG.warning("vaults.watch_failed", extra={"code": problem.code})


_WATCH = _Watch()
