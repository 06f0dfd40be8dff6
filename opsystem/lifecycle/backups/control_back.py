"""Putting the control plane's database back where there is none."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from opsystem.lifecycle.backups.control_copy import POSTGRESQL_NAME, SQLITE_NAME, postgresql
from opsystem.lifecycle.backups.problems import BackupProblem

_LOG = logging.getLogger(__name__)


def put_control_back(database: Mapping[str, Any], stage: Path) -> None:
    """Put the copy in `stage` to the place of the database, which must be missing or empty.

    Raises BackupProblem when something is there, or when the copy is of the other kind of database.
    """
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    copy = stage / (SQLITE_NAME if is_sqlite else POSTGRESQL_NAME)
    if not copy.exists():
        raise BackupProblem("restore_other_database")
    connection.close()
    if is_sqlite:
        final = Path(database["NAME"])
        # A log that was left behind would be laid over the restored database.
        if any(final.with_name(final.name + tail).exists() for tail in ("", "-wal", "-shm")):
            raise BackupProblem("restore_place_taken")
        copy.chmod(0o600)
        copy.rename(final)
    else:
        words = ("--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={database['NAME']}")
        postgresql(database, "pg_restore", *words, str(copy))
    _LOG.info("backup.control_restored")
