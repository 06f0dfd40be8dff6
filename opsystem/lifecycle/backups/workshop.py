"""The directory in which backups are prepared, `<data>/backups`, and who may work there: one at a time.

lock                  held by whoever stages or changes the repository, and by its restic
stage/                what goes into the repository; nothing else may lie there
stage/databases/      a copy of each vault's database, `<vault id>.db`
stage/keystore/       a copy of the key store
stage/control.*       a copy of the control plane's database
stage/manifest.json   what is in the stage
marks.json            how each vault looked when its copy was made
cache/, pieces/       restic's own
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opsystem.control.backup_plan import BackupPlan
from opsystem.control.installation import installation
from opsystem.lifecycle.backups.problems import BackupProblem
from opsystem.lifecycle.backups.restic import Keep

_LOOK_EVERY = 0.2


class Workshop:
    """The directory of one installation's backups."""

    def __init__(self, path: Path, *, patience: float = 600.0) -> None:
        """`patience`: how many seconds to wait for whoever else is at work here."""
        self.path = path
        self._patience = patience
        self.stage = path / "stage"
        self.databases = self.stage / "databases"
        self.keystore = self.stage / "keystore"
        self.manifest = self.stage / "manifest.json"
        self.marks = path / "marks.json"

    def make(self) -> None:
        """Make the directories that are not there yet, and remove what a staging left unfinished."""
        for folder in (self.path, self.stage, self.databases, self.keystore):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in self.stage.glob("*.new*"):
            left.unlink()

    @contextmanager
    def alone(self, keep: Keep) -> Iterator[int]:
        """Work here alone, also among processes; gives the lock's descriptor. Raises BackupProblem."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._wait_for(lock, keep)
            yield lock
        finally:
            os.close(lock)

    def _wait_for(self, lock: int, keep: Keep) -> None:
        until = time.monotonic() + self._patience
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until or not keep():
                    raise BackupProblem("backup_busy") from None
                time.sleep(_LOOK_EVERY)
            else:
                return


def workshop() -> Workshop:
    """Return the workshop of this installation."""
    return Workshop(installation().data_dir / "backups")


def plan() -> BackupPlan:
    """Return where backups go. Raises BackupProblem when none are set up."""
    told = installation().backups
    if told is None:
        raise BackupProblem("backup_off")
    return told
