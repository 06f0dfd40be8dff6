"""What the backups need every night: old ones dropped, the repository checked, a restore tried."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from opsystem.kit import clock
from opsystem.lifecycle.backups.drilling import drill
from opsystem.lifecycle.backups.problems import room_told
from opsystem.lifecycle.backups.repository import Repository
from opsystem.lifecycle.backups.restic import Restic
from opsystem.lifecycle.backups.running import run_backup
from opsystem.lifecycle.backups.storage import expect_safe_line
from opsystem.lifecycle.backups.workshop import plan, workshop

_LOG = logging.getLogger(__name__)


def care(keep: Callable[[], bool] = lambda: True) -> dict[str, Any]:
    """Make a backup, drop what is older than 35 days, check the rest, and drill. Raises BackupProblem."""
    begun = time.monotonic()
    made = run_backup(keep)
    dropped = drop_and_check(keep)
    drilled = drill(keep)
    return {
        **drilled,
        "dropped": dropped,
        "unusable": made["unusable"],
        "files_missing": made["files_missing"],
        "seconds": round(time.monotonic() - begun, 1),
    }


def drop_and_check(keep: Callable[[], bool] = lambda: True) -> int:
    """Drop old backups to the last byte and check the others; return how many were dropped."""
    told, shop = plan(), workshop()
    expect_safe_line(told)
    with room_told(), shop.alone(keep) as lock:
        repository = Repository(Restic(told, shop.path, (lock,), keep))
        dropped = repository.drop_old(clock.now())
        repository.check(clock.now())
    _LOG.info("backup.cared_for", extra={"dropped": dropped})
    return dropped
