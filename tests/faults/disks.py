"""A small disk of its own, to be filled and to be made read-only. Needs the right to mount."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_MOUNT, _UNMOUNT = "/usr/bin/mount", "/usr/bin/umount"


def may_mount() -> bool:
    """Whether this user may mount; the kernel asks for one of root's rights."""
    cap_sys_admin = 21
    lines = Path("/proc/self/status").read_text().splitlines()
    rights = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff"))
    return bool(rights >> cap_sys_admin & 1)


@dataclass
class SmallDisk:
    """A disk in memory."""

    path: Path

    @property
    def room(self) -> int:
        """How many bytes are free."""
        facts = os.statvfs(self.path)
        return facts.f_bavail * facts.f_frsize

    def fill(self, left: int = 0) -> None:
        """Fill it, but for `left` bytes."""
        self.empty()
        with (self.path / "ballast").open("wb", buffering=0) as file:
            taken = self.room - left
            while taken > 0:
                taken -= file.write(bytes(min(taken, 1 << 20)))

    def empty(self) -> None:
        """Take out what filled it."""
        (self.path / "ballast").unlink(missing_ok=True)

    def remount(self, how: str) -> None:
        """Make it read-only (`ro`) or writable (`rw`)."""
        subprocess.run([_MOUNT, "-o", f"remount,{how}", str(self.path)], check=True)


@contextmanager
def small_disk(path: Path, size: str) -> Iterator[SmallDisk]:
    """Mount a new disk at a directory for the time of the block."""
    path.mkdir(exist_ok=True)
    subprocess.run([_MOUNT, "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(path)], check=True)
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run([_UNMOUNT, "--lazy", str(path)], check=True)
