"""Restoring from a backup: fetched aside, put together, compared, opened, and only then put in its place.

The key store is always that of the newest backup, or the one that is there: an older one opens nothing once
its epoch is gone, and does not know who was deleted since. A vault that was deleted never comes back.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opsystem.business.nouns import SCHEMA
from opsystem.control.hosting.keys import key_store
from opsystem.control.witness.heads import forget_head
from opsystem.kit.errors import NotFound, Problem
from opsystem.lifecycle.backups.assembling import assemble
from opsystem.lifecycle.backups.erasures import erase_anew, erased_in
from opsystem.lifecycle.backups.places import Site, own_site, safe_on_disk
from opsystem.lifecycle.backups.problems import BackupProblem
from opsystem.lifecycle.backups.repository import Backup, Repository
from opsystem.lifecycle.backups.settling import hold_back
from opsystem.lifecycle.backups.workshop import workshop
from opsystem.vault import Vault
from opsystem.vault.database import DATABASE_NAME
from opsystem.vault.keystore import KeyStore

_LOG = logging.getLogger(__name__)
_STAGE = "/backups/stage"
_ASIDE = ".restoring-"


@dataclass(frozen=True)
class Restored:
    """What became of one vault: `outcome` is `restored`, `deleted`, or the code of a problem.

    `digest` is that of what was in the backup. Since then messages were held back from being sent again, and
    clients erased again; `erasures_left` counts those who could not be.
    """

    vault: str
    outcome: str
    digest: str = ""
    files: int = 0
    files_missing: int = 0
    held_back: int = 0
    erasures_left: int = 0


@dataclass(frozen=True)
class Taken:
    """A backup, or a part of it, as restic wrote it aside."""

    backup: Backup
    path: Path
    vaults: dict[str, Any]

    @property
    def stage(self) -> Path:
        """Where the copies of the stage are."""
        return self.path / _STAGE.lstrip("/")


@contextmanager
def taken(repository: Repository, site: Site, backup_id: str, vault_ids: Sequence[str]) -> Iterator[Taken]:
    """Fetch a backup beside the site, with these vaults or all; gone at the end of the block.

    The stage comes whole, but for other vaults' databases; its key store is that of the newest backup.
    """
    for left in site.root.glob(f"{_ASIDE}*"):
        shutil.rmtree(left)
    chosen, newest = repository.find(backup_id), repository.find("latest")
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=site.root))
    try:
        repository.take(chosen, aside, _included(vault_ids))
        if chosen != newest:
            shutil.rmtree(aside / "backups/stage/keystore", ignore_errors=True)
            repository.take(newest, aside / "newest", [f"{_STAGE}/keystore", *_databases(vault_ids)])
            (aside / "newest/backups/stage/keystore").rename(aside / "backups/stage/keystore")
        manifest = json.loads((aside / "backups/stage/manifest.json").read_bytes())
        yield Taken(chosen, aside, manifest["vaults"])
    finally:
        shutil.rmtree(aside)


def _included(vault_ids: Sequence[str]) -> list[str]:
    if not vault_ids:
        return []
    stage = [f"{_STAGE}/{name}" for name in ("keystore", "manifest.json", "control.sqlite3", "control.dump")]
    return [*stage, *_databases(vault_ids), *(f"/vaults/{name}" for name in vault_ids)]


def _databases(vault_ids: Sequence[str]) -> list[str]:
    return [f"{_STAGE}/databases/{name}.db" for name in vault_ids] or [f"{_STAGE}/databases"]


def put_keys_back(found: Taken, site: Site) -> KeyStore:
    """Return the key store of a site; where there is none, the backup's is put in place."""
    if not site.has_key_store():
        site.keystore.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in (found.stage / "keystore").iterdir():
            shutil.copyfile(file, site.keystore / file.name)
            (site.keystore / file.name).chmod(0o600)
    return site.store()


def put_vaults_back(
    found: Taken, site: Site, vault_ids: Sequence[str], keep: Callable[[], bool]
) -> list[Restored]:
    """Put vaults of a fetched backup, or all, to their places; say of each what became of it."""
    store = put_keys_back(found, site)
    site.vaults.mkdir(mode=0o700, parents=True, exist_ok=True)
    stores = [store, key_store()] if own_site().has_key_store() else [store]
    done = []
    for vault_id in vault_ids or sorted(found.vaults):
        if not keep():
            raise BackupProblem("backup_stopped")
        done.append(_put_back(found, site.vaults / vault_id, vault_id, stores))
        if done[-1].outcome != "restored":
            _LOG.warning("backup.not_restored", extra={"vault": vault_id, "code": done[-1].outcome})
    safe_on_disk(site.vaults)
    return done


def _put_back(found: Taken, final: Path, vault_id: str, stores: Sequence[KeyStore]) -> Restored:
    if any(store.is_shredded(vault_id) for store in stores):
        return Restored(vault_id, "deleted")
    if final.exists():
        return Restored(vault_id, "restore_place_taken")
    try:
        key = stores[0].key_of(vault_id)
        whole = assemble(found.path, vault_id, key, found.vaults.get(vault_id))
        erased = erased_in(_newer(found, vault_id), vault_id, key)
        with Vault(whole.path, vault_id, key, SCHEMA) as vault:
            held_back = hold_back(vault)
            left = erase_anew(vault, erased)
    except NotFound:
        return Restored(vault_id, "no_key")
    except Problem as problem:
        return Restored(vault_id, problem.code)
    whole.path.rename(final)
    if final.parent == own_site().vaults:
        # It is an earlier time on purpose: nobody shall take it for one that was put back in secret.
        forget_head(vault_id)
    return Restored(vault_id, "restored", whole.digest, whole.files, whole.files_missing, held_back, left)


def _newer(found: Taken, vault_id: str) -> list[Path]:
    """Return the databases of a vault that may know more than its backup, wherever there are some."""
    return [
        own_site().vaults / vault_id / DATABASE_NAME,
        workshop().databases / f"{vault_id}.db",
        found.path / "newest/backups/stage/databases" / f"{vault_id}.db",
    ]
