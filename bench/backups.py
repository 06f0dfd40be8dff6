"""Backups beside plain restic: made, made again, restored whole; how old and how late what comes back is.

    bin/bench backups                      1,000 vaults in a temporary folder beside this checkout
    bin/bench backups --vaults 50 --folder /some/disk --markdown

Plain restic reads the same directory with nobody writing to it: what the copies, the checks and the opening
of every vault cost shows in the difference. "Changed" is what one interval of five minutes leaves to do.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.measuring.figures import machine
from tests.environment import prepare

_MARKDOWN = "| what | seconds | MB | MB a second |\n| --- | ---: | ---: | ---: |"
_PART = [sys.executable, "-m", "bench.measuring.backing_up"]


def main() -> None:
    """Measure, and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--vaults", type=int, default=1000)
    asked.add_argument("--changed", type=int, default=50)
    asked.add_argument("--folder", type=Path, default=Path(__file__).resolve().parents[1].parent)
    asked.add_argument("--markdown", action="store_true")
    given = asked.parse_args()
    place = Path(tempfile.mkdtemp(prefix="opsystem-bench-backups-", dir=given.folder))
    try:
        figures = [*ours(place, given.vaults, given.changed), *plain(place)]
    finally:
        shutil.rmtree(place)
    print(_MARKDOWN if given.markdown else "")
    for figure in figures:
        print(_line(figure) if given.markdown else json.dumps(figure))
    print(f"\n{given.vaults} vaults. {machine()}")


def ours(place: Path, vaults: int, changed: int) -> list[dict[str, Any]]:
    """Measure the product's backups in a process of their own installation."""
    password = place / "password"
    password.touch(mode=0o600)
    password.write_text("a password of the bench")
    environment = prepare(
        place,
        OPSYSTEM_BACKUP_REPOSITORY=str(place / "repository"),
        OPSYSTEM_BACKUP_PASSWORD_FILE=str(password),
    )
    command = [*_PART, str(vaults), str(changed)]
    done = subprocess.run(  # noqa: S603 - our own program
        command, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE
    )
    figures: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    return figures


def plain(place: Path) -> list[dict[str, Any]]:
    """Measure restic alone on the same vaults."""
    environment = {
        "PATH": os.environ["PATH"],
        "RESTIC_REPOSITORY": str(place / "plain"),
        "RESTIC_PASSWORD_FILE": str(place / "password"),
        "RESTIC_CACHE_DIR": str(place / "cache"),
    }

    def restic(*words: str) -> Callable[[], object]:
        command = ["restic", "--quiet", "--no-cache", *words]
        return lambda: subprocess.run(command, env=environment, check=True)  # noqa: S603

    restic("init")()
    size = sum(path.stat().st_size for path in (place / "data/vaults").rglob("*") if path.is_file())
    keep = restic("backup", str(place / "data" / "vaults"))
    back = restic("restore", "latest", "--target", str(place / "back"))
    return [
        figure("restic alone: first", keep, size),
        figure("restic alone: again, nothing changed", keep),
        figure("restic alone: restored", back, size),
    ]


def figure(name: str, act: Callable[[], object], size: int = 0) -> dict[str, Any]:
    """Do something once; `size` is in bytes."""
    begun = time.perf_counter()
    act()
    seconds = time.perf_counter() - begun
    return {"what": name, "seconds": round(seconds, 1), "bytes": size}


def _line(found: dict[str, Any]) -> str:
    seconds, megabytes = found["seconds"], found["bytes"] / 1e6
    size, speed = (f"{megabytes:.0f}", f"{megabytes / seconds:.0f}") if megabytes else ("", "")
    return f"| {found['what']} | {seconds or ''} | {size} | {speed} |"


if __name__ == "__main__":
    main()
