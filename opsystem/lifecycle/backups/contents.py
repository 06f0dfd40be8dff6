"""Which files a copied database names, and whether they were still there when the backup was made.

A content is never changed, only removed for good. One that is there after restic has read the files was there
while it read them.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, union
from sqlcipher3 import dbapi2 as sqlcipher

from opsystem.business.files.models import File, Preview
from opsystem.vault.database import connect
from opsystem.vault.disk.files import FileStore
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.disk.storage import unreadable
from opsystem.vault.keys import derive

_NAMED = str(union(select(File.content_id), select(Preview.small_id), select(Preview.large_id)))


def named_in(copy: Path, vault_id: str, key: bytes) -> frozenset[str]:
    """Return the ids of the contents that a copy of a vault's database names. Raises VaultUnreadable."""
    connection = connect(copy, derive(key, vault_id, "db"))
    try:
        return frozenset(name for (name,) in connection.execute(_NAMED) if name)
    except sqlcipher.DatabaseError as error:
        raise unreadable() from error
    finally:
        connection.close()


def missing_of(named: frozenset[str], vault: Path, vault_id: str, key: bytes) -> frozenset[str]:
    """Return those of the named contents that a vault does not have."""
    if not named:
        return named
    with VaultDirectory.open(vault) as directory:
        return named.difference(FileStore(directory, key, vault_id).ids())
