"""What the installation was told about its backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True)
class BackupPlan:
    """Where backups go, what opens the repository there, and how often they are made.

    `repository` is an absolute path or `s3:https://host/bucket/path`, as restic takes it. `hour` is the hour
    of the day, UTC, after which old backups are dropped and a restore is tried. Secrets are named by their
    files.
    """

    repository: str
    password_file: Path
    s3_file: Path | None
    every: timedelta
    hour: int

    @property
    def directory(self) -> Path | None:
        """The repository's directory, when it is one of this machine."""
        return Path(self.repository) if self.repository.startswith("/") else None
