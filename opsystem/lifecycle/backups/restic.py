"""Running the backup program restic, one command at a time.

It is given no variable of this process, only the few below; none of them is a secret, each names a file that
holds one. Written against restic 0.14 (Debian 12); newer ones say more by their exit status
(https://restic.readthedocs.io/en/stable/075_scripting.html).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from opsystem.control.backup_plan import BackupPlan
from opsystem.lifecycle.backups.problems import BackupProblem

Keep = Callable[[], bool]
_ASK_EVERY = 1.0
_BY_STATUS = {10: "backup_no_repository", 11: "backup_locked", 12: "backup_wrong_password"}
# In this order: whatever the reason is, restic adds the question whether there is a repository.
_BY_WORDS = (
    ("wrong password", "backup_wrong_password"),
    ("already locked", "backup_locked"),
    ("no space left on device", "backup_no_room"),
    ("connection refused", "backup_unreachable"),
    ("no such host", "backup_unreachable"),
    ("i/o timeout", "backup_unreachable"),
    ("access denied", "backup_not_allowed"),
    ("access key id you provided does not exist", "backup_not_allowed"),
    ("permission denied", "backup_not_allowed"),
    ("is there a repository at", "backup_no_repository"),
    ("unable to open config file", "backup_no_repository"),
    ("repository contains errors", "backup_damaged"),
    ("ciphertext verification failed", "backup_damaged"),
    ("invalid data returned", "backup_damaged"),
    ("hash does not match", "backup_damaged"),
)


class Restic:
    """The program, ready for one repository.

    `folder` is for its cache and its pieces. `held` are descriptors of locks: the program holds them too, so
    that they are not free while it still runs, even if this process was killed. `keep` is asked every second
    whether to go on.
    """

    def __init__(self, plan: BackupPlan, folder: Path, held: Sequence[int] = (), keep: Keep = lambda: True):
        self._plan, self._folder, self._held, self._keep = plan, folder, tuple(held), keep

    def run(
        self, *words: str, start: Path | None = None, accepted: Collection[int] = (0,)
    ) -> tuple[bytes, int]:
        """Run one command in the directory `start`; return what it prints, and its exit status.

        Raises BackupProblem for a status that is not accepted.
        """
        program = shutil.which("restic")
        if program is None:
            raise BackupProblem("backup_no_program")
        # What lies on this machine needs no copy of itself.
        cache = ["--no-cache"] if self._plan.directory else []
        pieces = self._folder / "pieces"
        pieces.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=pieces) as out, tempfile.TemporaryFile(dir=pieces) as complaints:
            # Fixed words, and ids and paths of our own. At a low priority: pages come first.
            process = subprocess.Popen(  # noqa: S603
                ["nice", "-n", "10", program, *cache, *words],  # noqa: S607
                cwd=start or self._folder,
                env=self._environment(pieces),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=complaints,
                pass_fds=self._held,
            )
            self._wait(process)
            out.seek(0)
            complaints.seek(0)
            if process.returncode not in accepted:
                raise _problem(process.returncode, complaints.read().decode(errors="replace"))
            return out.read(), process.returncode

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        try:
            while True:
                try:
                    process.wait(_ASK_EVERY)
                except subprocess.TimeoutExpired:
                    if not self._keep():
                        raise BackupProblem("backup_stopped") from None
                else:
                    return
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()

    def _environment(self, pieces: Path) -> dict[str, str]:
        variables = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._folder),
            "TMPDIR": str(pieces),
            "RESTIC_CACHE_DIR": str(self._folder / "cache"),
            "RESTIC_REPOSITORY": self._plan.repository,
            "RESTIC_PASSWORD_FILE": str(self._plan.password_file),
        }
        if self._plan.s3_file is not None:
            variables["AWS_SHARED_CREDENTIALS_FILE"] = str(self._plan.s3_file)
        return variables


def _problem(status: int, said: str) -> BackupProblem:
    low = said.lower()
    code = _BY_STATUS.get(status) or next(
        (code for words, code in _BY_WORDS if words in low), "backup_failed"
    )
    last = said.strip().splitlines()[-1:] if code == "backup_failed" else []
    return BackupProblem(code, " ".join(last))
