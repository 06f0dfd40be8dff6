"""The restore an operator asks for: one vault that was lost, or a whole installation."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from opsystem.control.audit.events import record
from opsystem.control.hosting.alarms import wake_at
from opsystem.control.hosting.models import Vault as HostedVault
from opsystem.control.installation import installation
from opsystem.control.witness.heads import forget_head
from opsystem.kit import clock
from opsystem.lifecycle.backups.control_back import put_control_back
from opsystem.lifecycle.backups.places import Site, empty_site, has_control, own_site
from opsystem.lifecycle.backups.problems import BackupProblem, room_told
from opsystem.lifecycle.backups.repository import Repository
from opsystem.lifecycle.backups.restic import Restic
from opsystem.lifecycle.backups.restoring import Restored, Taken, put_vaults_back, taken
from opsystem.lifecycle.backups.storage import expect_safe_line
from opsystem.lifecycle.backups.workshop import plan, workshop

_LOG = logging.getLogger(__name__)
# Each looks for itself whether there is something to do.
_LANES = (
    "delivery",
    "collecting",
    "assistant",
    "files",
    "lifecycle",
    "announcing",
    "recurring",
    "journal",
    "exports",
    "arrivals",
)


def restore(
    backup_id: str,
    vault_ids: Sequence[str] = (),
    to: Path | None = None,
    keep: Callable[[], bool] = lambda: True,
) -> dict[str, Any]:
    """Restore these vaults, or everything, to their places or to an empty directory.

    What is there is never touched: a vault that has its directory is left alone, and so is a control plane
    that has its tables. Raises BackupProblem when nothing could be restored at all.
    """
    told, shop, begun = plan(), workshop(), time.monotonic()
    expect_safe_line(told)
    site = own_site() if to is None else empty_site(to)
    if any((site.vaults / vault_id).exists() for vault_id in vault_ids):
        raise BackupProblem("restore_place_taken")
    with room_told(), shop.alone(keep) as lock:
        repository = Repository(Restic(told, shop.path, (lock,), keep))
        with taken(repository, site, backup_id, vault_ids) as found:
            control = _control_back(found, site) if not vault_ids else False
            done = put_vaults_back(found, site, vault_ids, keep)
            backup = found.backup
    if site.own and has_control(installation().database):
        _tell_control(done, control_is_newer=not control)
    figures = {
        "backup": backup.id[:12],
        "made_at": backup.at,
        "control_restored": control,
        "vaults": [asdict(one) for one in done],
        "seconds": round(time.monotonic() - begun, 1),
    }
    counts = {"restored": sum(one.outcome == "restored" for one in done), "of": len(done)}
    _LOG.info("backup.restored", extra={**counts, "seconds": figures["seconds"]})
    return figures


def _control_back(found: Taken, site: Site) -> bool:
    database = installation().database
    if site.own:
        if has_control(database):
            return False
        put_control_back(database, found.stage)
        return True
    for copy in found.stage.glob("control.*"):
        copy.rename(site.root / copy.name)
    return True


def _tell_control(done: Sequence[Restored], *, control_is_newer: bool) -> None:
    """Wake what was restored, and note it in the audit log.

    The head kept of a journal is of the time that was lost; a control plane from the same backup has one that
    the restored journal must lead to, and keeps it.
    """
    for one in done:
        row = HostedVault.objects.filter(directory=one.vault).first()
        record("backup.restored", object_id=one.vault, result=one.outcome)
        if row is None or one.outcome != "restored":
            continue
        if control_is_newer:
            forget_head(one.vault)
        for lane in _LANES:
            wake_at(row.pk, lane, clock.now(), now=clock.now())
