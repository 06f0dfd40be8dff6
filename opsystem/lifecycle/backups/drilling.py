"""The drill: restore into an empty place, open, read everything, compare with what was meant to be kept."""

from __future__ import annotations

import json
import logging
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from opsystem.business.nouns import SCHEMA
from opsystem.control.upkeep.duties import DONE
from opsystem.lifecycle.backups.assembling import damaged_contents
from opsystem.lifecycle.backups.places import Site, empty_site
from opsystem.lifecycle.backups.problems import BackupProblem, room_told
from opsystem.lifecycle.backups.repository import Repository
from opsystem.lifecycle.backups.restic import Restic
from opsystem.lifecycle.backups.restoring import Restored, put_vaults_back, taken
from opsystem.lifecycle.backups.storage import expect_safe_line
from opsystem.lifecycle.backups.workshop import Workshop, plan, workshop
from opsystem.vault import Vault
from opsystem.vault.database import DATABASE_NAME
from opsystem.vault.digest import digest_of

_LOG = logging.getLogger(__name__)
SAMPLE = 5
_CHANCE = random.SystemRandom()


def drill(keep: Callable[[], bool] = lambda: True, *, sample: int = SAMPLE) -> dict[str, Any]:
    """Restore `sample` vaults of the newest backup, or all with 0, into an empty place that then goes.

    Returns how many there were and how many came back equal; `outcome` says when that is not the same number.
    Raises BackupProblem when nothing could be restored.
    """
    told, shop, begun = plan(), workshop(), time.monotonic()
    expect_safe_line(told)
    with room_told(), shop.alone(keep) as lock:
        place = shop.path / "drill"
        shutil.rmtree(place, ignore_errors=True)
        try:
            repository = Repository(Restic(told, shop.path, (lock,), keep))
            site, chosen = empty_site(place), _choose(shop, sample)
            with taken(repository, site, "latest", chosen) as found:
                done, backup = put_vaults_back(found, site, chosen, keep), found.backup
            seconds = round(time.monotonic() - begun, 1)
            equal = sum(_is_equal(shop, site, one) for one in done if keep())
        finally:
            shutil.rmtree(place, ignore_errors=True)
    figures = {"backup": backup.id[:12], "tried": len(done), "equal": equal, "seconds": seconds}
    _LOG.info("backup.drilled", extra=figures)
    return {**figures, "outcome": DONE if equal == len(done) else "drill_failed"}


def _choose(shop: Workshop, sample: int) -> list[str]:
    try:
        vault_ids: list[str] = sorted(json.loads(shop.manifest.read_bytes())["vaults"])
    except FileNotFoundError:
        raise BackupProblem("backup_none") from None
    return _CHANCE.sample(vault_ids, sample) if 0 < sample < len(vault_ids) else vault_ids


def _is_equal(shop: Workshop, site: Site, one: Restored) -> bool:
    """Compare what was restored with the copy that was meant to be kept, and read its files."""
    path = site.vaults / one.vault
    if one.outcome == "restored":
        key = site.store().key_of(one.vault)
        same = one.digest == _meant(shop, site.root / "meant", one.vault, key)
        whole = not one.files_missing and not damaged_contents(path, one.vault, key)
        if same and whole:
            return True
    # Of what was deleted since the backup was made, nothing may come back, and nothing did.
    fine = one.outcome == "deleted" and not path.exists()
    if not fine:
        _LOG.error("backup.drill_failed", extra={"vault": one.vault, "code": one.outcome})
    return fine


def _meant(shop: Workshop, folder: Path, vault_id: str, key: bytes) -> str:
    """Return the digest of the staged copy, opened aside so that the stage stays as it is."""
    vault = folder / vault_id
    vault.mkdir(mode=0o700, parents=True)
    shutil.copyfile(shop.databases / f"{vault_id}.db", vault / DATABASE_NAME)
    with Vault(vault, vault_id, key, SCHEMA) as opened:
        return digest_of(opened, everything=True).total
