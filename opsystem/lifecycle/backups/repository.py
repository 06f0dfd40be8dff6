"""The repository of backups: what is in it, what is put in, taken out and dropped."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from opsystem.lifecycle.backups.problems import BackupProblem
from opsystem.lifecycle.backups.restic import Restic

LONGEST = timedelta(days=35)
# What is not dropped tonight is a day older when the next chance comes.
_KEPT = LONGEST - timedelta(days=1)
_EVERY_ONE = "2d"


@dataclass(frozen=True)
class Backup:
    """One backup in the repository: its id and the moment it was begun."""

    id: str
    at: datetime


class Repository:
    """What restic keeps at one place."""

    def __init__(self, restic: Restic) -> None:
        self._restic = restic

    def make(self) -> None:
        """Make the repository, unless it is there. Raises BackupProblem when that cannot be found out."""
        try:
            self._run("cat", "config", "--no-lock")
        except BackupProblem as problem:
            if problem.code != "backup_no_repository":
                raise
            self._run("init", "--repository-version", "2")

    def backups(self) -> list[Backup]:
        """Return every backup, the newest first."""
        said, _ = self._run("snapshots", "--json", "--no-lock")
        found = [Backup(row["id"], datetime.fromisoformat(row["time"])) for row in json.loads(said) or []]
        return sorted(found, key=lambda one: one.at, reverse=True)

    def find(self, backup_id: str) -> Backup:
        """Return the backup whose id begins so, or the newest for `latest`. Raises BackupProblem."""
        found = self.backups()
        for one in found:
            if backup_id == "latest" or (len(backup_id) >= 8 and one.id.startswith(backup_id)):
                return one
        raise BackupProblem("backup_none")

    def put(self, start: Path, folders: Sequence[str], excluded: Sequence[str]) -> dict[str, Any]:
        """Back up folders beneath `start` under the names they have there; return restic's summary.

        `complete` in it is false when something could not be read.
        """
        words = [word for pattern in excluded for word in ("--exclude", pattern)]
        begin = ("backup", "--json", "--quiet", "--host", "opsystem")
        said, status = self._run(*begin, *words, "--", *folders, start=start, accepted=(0, 3))
        summary: dict[str, Any] = json.loads(said.splitlines()[-1])
        return {**summary, "complete": status == 0}

    def take(self, backup: Backup, target: Path, included: Sequence[str] = ()) -> None:
        """Write a backup, or what is included of it, under `target`."""
        words = [word for pattern in included for word in ("--include", pattern)]
        self._run("restore", backup.id, "--target", str(target), *words)

    def drop_old(self, now: datetime) -> int:
        """Drop what would become older than 35 days, thin out what is older than two; return how many went.

        What nothing refers to any more is removed to the last byte: restic by itself keeps up to a twentieth.
        """
        before = self.backups()
        # Restic counts from the newest backup; a promise counts from today. The newest stays in any case.
        old = [one.id for one in before[1:] if now - one.at > _KEPT]
        if old:
            self._run("forget", *old)
        thin = ("--keep-within", _EVERY_ONE, "--keep-within-daily", f"{_KEPT.days}d")
        self._run("forget", "--group-by", "", *thin)
        self._run("prune", "--max-unused", "0")
        return len(before) - len(self.backups())

    def check(self, now: datetime) -> None:
        """Compare the repository's parts, and read a seventh of it, another one each day of the week.

        Raises BackupProblem when it is damaged.
        """
        self._run("check", f"--read-data-subset={now.isoweekday()}/7")

    def _run(
        self, *words: str, start: Path | None = None, accepted: Collection[int] = (0,)
    ) -> tuple[bytes, int]:
        """Run a command; where a program that is gone has left its lock, remove it first."""
        try:
            return self._restic.run(*words, start=start, accepted=accepted)
        except BackupProblem as problem:
            if problem.code != "backup_locked":
                raise
        self._restic.run("unlock")  # locks of living programs stay
        return self._restic.run(*words, start=start, accepted=accepted)
