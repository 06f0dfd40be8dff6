"""A consistent copy of the control plane's database while it is in use, by the database's own means."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from opsystem.lifecycle.backups.problems import BackupProblem

SQLITE_NAME, POSTGRESQL_NAME = "control.sqlite3", "control.dump"


def copy_control(database: Mapping[str, Any], folder: Path) -> Path:
    """Copy the database of Django's settings into `folder`, in place of the last copy; return the copy."""
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    final = folder / (SQLITE_NAME if is_sqlite else POSTGRESQL_NAME)
    unfinished = final.with_name(f"{final.name}.new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    if is_sqlite:
        source = sqlite3.connect(f"file:{database['NAME']}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
    else:
        # Not compressed: equal parts of two dumps should stay equal. Restic compresses.
        postgresql(database, "pg_dump", "--format=custom", "--compress=0", f"--file={unfinished}")
    unfinished.rename(final)
    return final


def postgresql(database: Mapping[str, Any], program: str, *words: str) -> None:
    """Run a program of PostgreSQL on a database. Raises BackupProblem when it fails or is not there."""
    with _environment(database) as variables:
        try:
            # Fixed words and paths of our own.
            done = subprocess.run([program, *words], env=variables, check=False, capture_output=True)  # noqa: S603
        except FileNotFoundError:
            raise BackupProblem("backup_failed", f"{program} is not installed.") from None
    if done.returncode:
        raise BackupProblem("backup_failed", f"{program} ended with {done.returncode}.")


@contextmanager
def _environment(database: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Give the variables of libpq. The password goes by a file that is gone afterwards."""
    options: Mapping[str, str] = database.get("OPTIONS", {})
    with tempfile.NamedTemporaryFile("w") as passwords:  # mode 0600
        escaped = str(database["PASSWORD"]).replace("\\", "\\\\").replace(":", "\\:")
        passwords.write(f"*:*:*:*:{escaped}\n")
        passwords.flush()
        yield {
            "PATH": os.environ.get("PATH", os.defpath),
            "PGDATABASE": database["NAME"],
            "PGUSER": database["USER"],
            "PGHOST": database["HOST"],
            "PGPORT": database["PORT"] or "5432",
            "PGPASSFILE": passwords.name,
            **{f"PG{name.upper().replace('_', '')}": value for name, value in options.items()},
        }
