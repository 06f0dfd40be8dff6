"""The shim: compiled on demand, loaded before a process of its own, spoken to from inside that process."""

from __future__ import annotations

import ctypes
import functools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WRITE, READ, SYNC, TRUNCATE, OPEN, RENAME, UNLINK, MKDIR, RMDIR, MARK = (1 << n for n in range(10))
_SOURCE = Path(__file__).with_name("shim.c")
_HOME = tempfile.TemporaryDirectory(prefix="opsystem-shim-")


@functools.cache
def library() -> Path:
    """Compile the shim; return where it is."""
    made = Path(_HOME.name) / "shim.so"
    command = ["gcc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(made), str(_SOURCE)]
    subprocess.run(command, check=True)
    return made


def under_shim(module: str, *words: str) -> Any:
    """Run a module of the tests with the shim before it; return the JSON it prints last."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env={**os.environ, "LD_PRELOAD": str(library()), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


class Shim:
    """The shim of this very process, which must have been started by `under_shim`."""

    def __init__(self, watched: Path) -> None:
        self._library = ctypes.CDLL(None)
        self._library.shim_calls.restype = ctypes.c_long
        self._library.shim_watch(str(watched).encode())

    def fail(
        self, kinds: int, at: int, number: int = 0, *, half: bool = False, lasting: bool = False
    ) -> None:
        """Let call number `at` of these kinds fail, or do half of it; `lasting`: all later ones too."""
        self._library.shim_fail(kinds, ctypes.c_long(at), number, int(half), int(lasting))

    def heal(self) -> None:
        """Let nothing fail any more."""
        self.fail(0, 0)

    @property
    def calls(self) -> int:
        """How many calls of the chosen kinds there were since `fail`."""
        return int(self._library.shim_calls())

    def record(self, log: Path | None) -> None:
        """Write every change down from here on; None ends it."""
        self._library.shim_record(str(log).encode() if log else b"")

    def mark(self, number: int) -> None:
        """Write down that something has been acknowledged."""
        self._library.shim_mark(ctypes.c_int64(number))

    def clock(self, wrong_by: int) -> None:
        """Put the clock on the wall wrong by so many seconds."""
        self._library.shim_clock(ctypes.c_int64(wrong_by))
