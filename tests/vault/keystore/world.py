"""A key store and three slots on disks in memory, whose power may fail between any two steps.

Everything but the disk is the product's own code. A *recorder* keeps every content ever written, as somebody
would have who copied the disks all the time. What it does not keep are the slots' secrets: that a destroyed
secret is gone is the one thing the whole proof rests on.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from opsystem.vault.keystore.disk import Stamp


class PowerFailure(BaseException):
    """The machine stops here; nothing may catch it."""


@dataclass
class Power:
    """Counts steps of all disks; fails at the step `until`, if that is not None."""

    steps: int = 0
    until: int | None = None
    writes: int = 0

    def step(self) -> None:
        if self.until is not None and self.steps >= self.until:
            raise PowerFailure
        self.steps += 1


@dataclass
class MemoryDisk:
    """`Disk` in memory. A write is there whole or not at all; an append may be cut."""

    power: Power
    files: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    recorder: list[tuple[str, bytes]] | None = None
    held: set[str] = field(default_factory=set)

    def names(self) -> list[str]:
        return sorted(self.files)

    def stamp(self, name: str) -> Stamp | None:
        found = self.files.get(name)
        return None if found is None else (found[0], len(found[1]), 0)

    def read(self, name: str) -> bytes:
        if name not in self.files:
            raise FileNotFoundError(name)
        return self.files[name][1]

    def write(self, name: str, content: bytes) -> None:
        self.power.step()
        self._put(name, content)

    def append(self, name: str, content: bytes, *, at: int) -> None:
        before = self.read(name)[:at]
        try:
            self.power.step()
        except PowerFailure:
            self._put(name, before + content[: len(content) // 2])
            raise
        self._put(name, before + content)

    def remove(self, name: str) -> None:
        self.power.step()
        del self.files[name]

    def destroy(self, name: str) -> None:
        self.write(name, secrets.token_bytes(len(self.read(name))))
        self.remove(name)

    @contextmanager
    def lock(self, name: str, *, wait: bool = True) -> Iterator[bool]:
        assert name not in self.held or not wait, "one thread waits for itself"
        if name in self.held:
            yield False
            return
        self.held.add(name)
        try:
            yield True
        finally:
            self.held.discard(name)

    def place(self, name: str) -> Path:
        return Path("/in/memory") / name

    @contextmanager
    def copied(self) -> Iterator[MemoryDisk]:
        self.power.step()
        yield MemoryDisk(Power(), dict(self.files))

    def sweep(self) -> None:
        """Nothing is ever left unfinished here."""

    def _put(self, name: str, content: bytes) -> None:
        self.power.writes += 1
        self.files[name] = (self.power.writes, content)
        if self.recorder is not None and not name.startswith("secret."):
            self.recorder.append((name, content))
