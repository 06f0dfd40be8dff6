"""Removing a vault's bytes, without ever leaving its directory."""

from __future__ import annotations

import stat
from pathlib import Path

from opsystem.vault.disk.paths import VaultDirectory


def remove_vault(vaults: Path, vault_id: str) -> int:
    """Remove a vault's directory with everything in it; answers how many files went. Done twice, it is 0.

    Raises UnsafePath for an entry that leads elsewhere: a link is removed, never followed.
    """
    try:
        directory = VaultDirectory.open(vaults / vault_id)
    except FileNotFoundError:
        return 0
    with directory:
        removed = _empty(directory, "")
    with VaultDirectory.open(vaults) as above:
        above.remove_dir(vault_id)
        above.fsync_dir()
    return removed


def _empty(directory: VaultDirectory, under: str) -> int:
    removed = 0
    for name in directory.list(under or None):
        inner = f"{under}/{name}" if under else name
        if _is_folder(directory, inner):
            removed += _empty(directory, inner)
            directory.remove_dir(inner)
        else:
            directory.remove(inner)
            removed += 1
    return removed


def _is_folder(directory: VaultDirectory, name: str) -> bool:
    return stat.S_ISDIR(directory.stat(name).st_mode)
