"""One backup: stage, keep, and look whether everything that was named is in it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from opsystem.control.installation import installation
from opsystem.control.upkeep.duties import duty
from opsystem.lifecycle.backups.problems import BackupProblem, room_told
from opsystem.lifecycle.backups.repository import Repository
from opsystem.lifecycle.backups.restic import Restic
from opsystem.lifecycle.backups.staging import Staged, forget_marks, gone_since, stage
from opsystem.lifecycle.backups.storage import expect_safe_line
from opsystem.lifecycle.backups.workshop import Workshop, plan, workshop

_LOG = logging.getLogger(__name__)
FOLDERS = ("backups/stage", "vaults")
# Of a vault's directory only its files are read where they lie: they never change. What begins otherwise is
# the live database and what is being prepared.
EXCLUDED = ("vaults/*/[^f]*", "vaults/*/files/tmp")
_TRIES = 3


def run_backup(keep: Callable[[], bool] = lambda: True, *, new_repository: bool = False) -> dict[str, Any]:
    """Make one backup and return its figures. `keep` is asked again and again whether to go on.

    A repository is made for the very first backup, or on demand, and never later by itself: one that is
    missing then is a disk that is not mounted. Raises BackupProblem when there is no whole backup.
    """
    told, shop, begun = plan(), workshop(), time.monotonic()
    expect_safe_line(told)
    with room_told(), shop.alone(keep) as lock:
        shop.make()
        repository = Repository(Restic(told, shop.path, (lock,), keep))
        last = duty("backup")
        if new_repository or last is None or last.good_at is None:
            repository.make()
        staged, summary = _stage_and_keep(repository, shop, keep)
    figures = {
        "backup": summary["snapshot_id"],
        "vaults": staged.vaults,
        "changed": len(staged.named),
        "unusable": len(staged.unusable),
        "files_missing": staged.missing,
        "bytes": summary["total_bytes_processed"],
        "bytes_added": summary["data_added"],
        "seconds": round(time.monotonic() - begun, 1),
    }
    _LOG.info("backup.made", extra=figures)
    return figures


def _stage_and_keep(
    repository: Repository, shop: Workshop, keep: Callable[[], bool]
) -> tuple[Staged, dict[str, Any]]:
    for _ in range(_TRIES):
        staged = stage(shop, keep)
        summary = repository.put(installation().data_dir, FOLDERS, EXCLUDED)
        gone = gone_since(staged)
        if summary["complete"] and not gone:
            return staged, summary
        # A file was removed while it was being read: what named it has changed as well.
        forget_marks(shop, gone)
    raise BackupProblem("backup_incomplete")
