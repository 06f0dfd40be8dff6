"""Open vaults, kept open while they are used, the least recently used closed first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from opsystem.vault.handle import Vault


class VaultPool:
    """Keeps up to `capacity` vaults open. `opener` opens one by its id.

    A vault in use is never closed; idle ones beyond the capacity are.
    """

    def __init__(self, opener: Callable[[str], Vault], *, capacity: int = 64) -> None:
        self._opener = opener
        self._capacity = capacity
        self._lock = threading.Lock()
        self._opening: dict[str, threading.Lock] = {}
        self._open: OrderedDict[str, Vault] = OrderedDict()
        self._users: dict[str, int] = {}

    @contextmanager
    def use(self, vault_id: str) -> Iterator[Vault]:
        """Give the open vault for the time of the block. Raises VaultUnusable."""
        vault = self._take(vault_id)
        try:
            yield vault
        finally:
            self._give_back(vault_id)

    def _take(self, vault_id: str) -> Vault:
        with self._lock:
            self._users[vault_id] = self._users.get(vault_id, 0) + 1
            gate = self._opening.setdefault(vault_id, threading.Lock())
        try:
            # Only those who want the same vault wait for its opening.
            with gate:
                with self._lock:
                    vault = self._open.get(vault_id)
                    if vault is not None:
                        self._open.move_to_end(vault_id)
                        return vault
                vault = self._opener(vault_id)
                with self._lock:
                    self._open[vault_id] = vault
                return vault
        except BaseException:
            self._give_back(vault_id)
            raise

    def _give_back(self, vault_id: str) -> None:
        idle: list[Vault] = []
        with self._lock:
            self._users[vault_id] -= 1
            if not self._users[vault_id]:
                del self._users[vault_id]
                self._opening.pop(vault_id, None)
            for name in [name for name in self._open if name not in self._users]:
                if len(self._open) <= self._capacity:
                    break
                idle.append(self._open.pop(name))
        for vault in idle:
            vault.close()

    def drop(self, vault_id: str) -> None:
        """Close an idle vault now. Raises RuntimeError while it is in use."""
        with self._lock:
            if vault_id in self._users:
                raise RuntimeError("the vault is in use")
            vault = self._open.pop(vault_id, None)
        if vault is not None:
            vault.close()

    def close(self) -> None:
        """Close all vaults."""
        with self._lock:
            vaults = list(self._open.values())
            self._open.clear()
        for vault in vaults:
            vault.close()
