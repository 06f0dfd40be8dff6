"""The command that brings every vault up to date."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

from opsystem.lifecycle.migrating import migrate_all, waiting

_TELL_EVERY = 1.0


def vault_migrate(given: argparse.Namespace) -> dict[str, Any]:
    """Bring every vault up to date, beside the running site; cut short, it goes on where it was."""
    begun = told = time.monotonic()
    todo, done = len(waiting()), 0
    problems: dict[str, str] = {}
    for one in migrate_all(workers=given.workers):
        done += 1
        if one.problem:
            problems[one.vault] = one.problem
        if time.monotonic() - told > _TELL_EVERY:
            told = time.monotonic()
            rate = done / (told - begun)
            print(f"{done} of {todo}, {rate:.0f} a second", file=sys.stderr)
    seconds = time.monotonic() - begun
    return {"migrated": done - len(problems), "problems": problems, "seconds": round(seconds, 1)}


COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "vault migrate": (
        vault_migrate,
        {"--workers": {"type": int, "default": 0, "help": "processes; one a core if left out"}},
    ),
}
