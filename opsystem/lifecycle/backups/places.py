"""Where a restore puts things: the installation's own place, or an empty directory laid out like it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from opsystem.control.hosting.keys import key_store
from opsystem.control.installation import installation
from opsystem.lifecycle.backups.problems import BackupProblem
from opsystem.vault.keystore import KeyStore
from opsystem.vault.keystore.names import CURRENT


@dataclass(frozen=True)
class Site:
    """A data directory that is restored into. `own` says whether it is this installation's."""

    root: Path
    vaults: Path
    keystore: Path
    own: bool

    def has_key_store(self) -> bool:
        """Say whether there is a key store already."""
        return (self.keystore / CURRENT).exists()

    def store(self) -> KeyStore:
        """Return the key store there, with this installation's slots."""
        return key_store() if self.own else KeyStore(self.keystore, key_store().slots)


def own_site() -> Site:
    """Return the installation's own place."""
    told = installation()
    return Site(told.data_dir, told.vaults_dir, told.keystore_dir, own=True)


def empty_site(root: Path) -> Site:
    """Return a place in an empty or new directory. Raises BackupProblem when something is in it."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise BackupProblem("restore_place_taken")
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Site(root, root / "vaults", root / "keystore", own=False)


def has_control(database: Mapping[str, Any]) -> bool:
    """Say whether the control plane's database is there, with its tables."""
    if database["ENGINE"].endswith("sqlite3") and not Path(database["NAME"]).exists():
        return False  # looking would make it
    return "hosting_vault" in connection.introspection.table_names()


def safe_on_disk(root: Path) -> None:
    """Make everything that was written on this file system survive a loss of power."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.sync()
