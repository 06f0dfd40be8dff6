"""One vault out of a backup: put together, compared, opened. It is not at its place yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opsystem.business.nouns import SCHEMA
from opsystem.kit.errors import Problem
from opsystem.lifecycle.backups.contents import missing_of, named_in
from opsystem.vault import Vault
from opsystem.vault.database import DATABASE_NAME
from opsystem.vault.digest import digest_of
from opsystem.vault.errors import VaultMissing, VaultUnreadable


@dataclass(frozen=True)
class Assembled:
    """A whole vault in a directory: the digest of all it says, and its named contents that were not there."""

    path: Path
    digest: str
    files: int
    files_missing: int


def assemble(taken: Path, vault_id: str, key: bytes, expected: Mapping[str, Any] | None) -> Assembled:
    """Put together the vault that restic wrote under `taken`; `expected` is the manifest's line about it.

    Every page of its database is compared with its authentication code. Raises VaultUnusable.
    """
    copy, path = taken / "backups" / "stage" / "databases" / f"{vault_id}.db", taken / "vaults" / vault_id
    if not copy.is_file() or expected is None:
        raise VaultMissing("This backup has no copy of this vault.", code="not_in_backup")
    with copy.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != expected["sha256"]:
            raise VaultUnreadable("This vault's copy is not the one that was made.", code="copy_damaged")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    copy.rename(path / DATABASE_NAME)
    with Vault(path, vault_id, key, SCHEMA) as vault:
        vault.check()
        digest = digest_of(vault, everything=True).total
    named = named_in(path / DATABASE_NAME, vault_id, key)
    missing = missing_of(named, path, vault_id, key)
    return Assembled(path, digest, len(named), len(missing))


def damaged_contents(path: Path, vault_id: str, key: bytes) -> int:
    """Read every content that the vault at `path` names; return how many are damaged or missing."""
    bad = 0
    with Vault(path, vault_id, key, SCHEMA) as vault:
        for content_id in named_in(path / DATABASE_NAME, vault_id, key):
            try:
                vault.files.verify(content_id)
            except Problem:
                bad += 1
    return bad
