"""Open vaults, kept open while they are used and a little longer, the least recently used closed first.

A vault that nobody uses costs nothing after a while: no memory, no descriptor, and its keys are forgotten.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from opsystem.vault.handle import Vault


class VaultPool:
    """Keeps up to `capacity` vaults open. `opener` opens one by its id.

    A vault in use is never closed; idle ones beyond the capacity are, and all that were idle for
    `idle_seconds`.
    """

    def __init__(
        self, opener: Callable[[str], Vault], *, capacity: int = 64, idle_seconds: float = 300
    ) -> None:
        self._opener = opener
        self._capacity = capacity
        self._idle_seconds = idle_seconds
        self._used_at: dict[str, float] = {}
        self._timer: threading.Timer | None = None
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
                if vault_id in self._open:
                    self._used_at[vault_id] = time.monotonic()
            for name in [name for name in self._open if name not in self._users]:
                if len(self._open) <= self._capacity:
                    break
                idle.append(self._remove(name))
            self._look_later()
        for vault in idle:
            vault.close()

    def close_idle(self) -> None:
        """Close what nobody used for the idle time; happens by itself."""
        with self._lock:
            self._timer = None
            latest = time.monotonic() - self._idle_seconds
            idle = [
                self._remove(name)
                for name in list(self._open)
                if name not in self._users and self._used_at.get(name, latest) <= latest
            ]
            self._look_later()
        for vault in idle:
            vault.close()

    def _remove(self, vault_id: str) -> Vault:
        self._used_at.pop(vault_id, None)
        return self._open.pop(vault_id)

    def _look_later(self) -> None:
        """Set the timer while there is anything that may have to be closed. Holds the lock."""
        if self._timer is None and self._open:
            self._timer = threading.Timer(self._idle_seconds, self.close_idle)
            self._timer.daemon = True
            self._timer.start()

    @property
    def size(self) -> int:
        """How many vaults are open."""
        return len(self._open)

    def drop(self, vault_id: str) -> None:
        """Close an idle vault now. Raises RuntimeError while it is in use."""
        with self._lock:
            if vault_id in self._users:
                raise RuntimeError("the vault is in use")
            vault = self._remove(vault_id) if vault_id in self._open else None
        if vault is not None:
            vault.close()

    def close(self) -> None:
        """Close all vaults."""
        with self._lock:
            vaults = list(self._open.values())
            self._open.clear()
            self._used_at.clear()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        for vault in vaults:
            vault.close()
