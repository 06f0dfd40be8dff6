"""A real directory, every content of which is also kept for a thief, but for the slots' secrets."""

from __future__ import annotations

import secrets
from pathlib import Path

from opsystem.vault.keystore.disk import Directory


class RecordingDisk(Directory):
    """Keeps each content before it is written, as a copy-on-write file system would."""

    def __init__(self, path: Path, loot: Path) -> None:
        super().__init__(path)
        self._loot = loot

    def write(self, name: str, content: bytes) -> None:
        self._record(name, content)
        super().write(name, content)

    def append(self, name: str, content: bytes, *, at: int) -> None:
        self._record(name, content)
        super().append(name, content, at=at)

    def _record(self, name: str, content: bytes) -> None:
        if not name.startswith("secret."):
            (self._loot / secrets.token_hex(12)).write_bytes(content)
