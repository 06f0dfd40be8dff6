"""The settings of backups: where they go, and the files that hold what opens the repository there.

Only names of files are read here and given on: a secret never stands in a variable that a child process gets.
"""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from opsystem.config.environment import Environment, is_loopback
from opsystem.control.backup_plan import BackupPlan

_REPOSITORY, _PASSWORD = "OPSYSTEM_BACKUP_REPOSITORY", "OPSYSTEM_BACKUP_PASSWORD_FILE"
_S3 = "OPSYSTEM_BACKUP_S3_FILE"
_GROUP_AND_OTHERS = 0o077


def read_backups(env: Environment, data_dir: Path) -> BackupPlan | None:
    """Read where backups go; None when no place was named, so that none are made."""
    repository = env.text(_REPOSITORY, "")
    password, credentials = env.path(_PASSWORD, Path()), env.path(_S3, Path())
    every = timedelta(minutes=env.number("OPSYSTEM_BACKUP_MINUTES", 5, least=1, most=24 * 60))
    hour = env.number("OPSYSTEM_BACKUP_HOUR", 8, least=0, most=23)
    if not repository:
        return None
    if complaint := _complaint(repository, data_dir):
        env.problem(_REPOSITORY, complaint)
    _expect_secret(env, _PASSWORD, password)
    if repository.startswith("s3:"):
        _expect_secret(env, _S3, credentials)
    return BackupPlan(repository, password, credentials if credentials != Path() else None, every, hour)


def _complaint(repository: str, data_dir: Path) -> str:
    if repository.startswith("/"):
        inside = data_dir != Path() and Path(repository).resolve().is_relative_to(data_dir.resolve())
        return "must lie outside OPSYSTEM_DATA_DIR, and best on another machine." if inside else ""
    parts = urlsplit(repository.removeprefix("s3:"))
    if not repository.startswith("s3:") or not parts.hostname or not parts.path.strip("/"):
        return "must be an absolute path or s3:https://host/bucket."
    if parts.username or parts.password or parts.query or parts.fragment:
        return f"must be a plain address; credentials belong into the file that {_S3} names."
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname)):
        return ""
    return "must be reached over https."


def _expect_secret(env: Environment, name: str, path: Path) -> None:
    if path == Path():
        env.problem(name, f"is missing; {_REPOSITORY} needs it.")
        return
    try:
        facts = path.stat()
    except OSError as error:
        env.problem(name, f"the file cannot be read ({type(error).__name__}).")
        return
    if not stat.S_ISREG(facts.st_mode) or facts.st_uid not in (os.geteuid(), 0) or not facts.st_size:
        env.problem(name, "must name a file of the user that runs OpSystem, with something in it.")
    elif facts.st_mode & _GROUP_AND_OTHERS:
        env.problem(name, "others may read this file. Set its mode to 0600 or 0400.")
