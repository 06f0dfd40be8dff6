"""Watches which files this process touches: Python itself reports every opening (PEP 578)."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.shim import ROOT

_TOUCHING = frozenset(
    {
        *("open", "os.listdir", "os.scandir", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link"),
        *("os.symlink", "os.truncate", "os.chmod", "os.utime", "shutil.copyfile", "shutil.rmtree"),
        "sqlite3.connect",
    }
)
_STARTING = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"})


class _Watch:
    """Python never lets an audit hook go, so there is one, which sleeps most of the time."""

    def __init__(self) -> None:
        self.allowed: tuple[str, ...] | None = None
        self.escapes: list[str] = []
        self.touched = 0
        sys.addaudithook(self._hear)

    def _hear(self, event: str, given: tuple[object, ...]) -> None:
        if self.allowed is None:
            return
        if event in _STARTING:
            self.escapes.append(event)
        elif event in _TOUCHING:
            for path in given[:2] if event in {"os.rename", "os.link", "os.symlink"} else given[:1]:
                self._look(event, path)

    def _look(self, event: str, path: object) -> None:
        if not isinstance(path, str | bytes):
            return  # a descriptor, which something opened before
        self.touched += 1
        place = os.fsdecode(path)
        # A bare name is looked up beneath a descriptor by the one room that may (`vault.paths`).
        if "/" not in place and place not in {"..", "."}:
            return
        full = os.path.normpath(place)
        if ".." in Path(place).parts or not full.startswith(self.allowed or ()):
            self.escapes.append(f"{event} {place!r}")


_WATCH = _Watch()


@contextmanager
def watched(*folders: Path) -> Iterator[_Watch]:
    """Report what is touched outside of these folders and of the program's own files."""
    program = [
        str(ROOT / "opsystem"),
        str(ROOT / ".venv"),
        sys.prefix,
        sys.base_prefix,
        "/usr/share/zoneinfo",
    ]
    uploads = str(Path(tempfile.gettempdir()) / "tmp")
    _WATCH.allowed = (*map(str, folders), *program, uploads)
    _WATCH.escapes.clear()
    _WATCH.touched = 0
    try:
        yield _WATCH
    finally:
        _WATCH.allowed = None
