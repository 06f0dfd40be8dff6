"""A vault taken out and brought in, in MB a second, beside `zip -0` and `cp` of the same photos.

    bin/bench moving                             5,000 MB of photos and 5,000 clients, beside this checkout
    bin/bench moving --megabytes 500 --folder /some/disk --markdown

Peak is the largest memory each step had at any time, the interpreter with all its libraries included.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measuring.figures import machine

_PART = [sys.executable, "-m", "bench.measuring.moving"]


def main() -> None:
    """Measure, and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--megabytes", type=int, default=5_000)
    asked.add_argument("--clients", type=int, default=5_000)
    asked.add_argument("--folder", type=Path, default=Path(__file__).resolve().parents[1].parent)
    asked.add_argument("--markdown", action="store_true")
    given = asked.parse_args()
    place = Path(tempfile.mkdtemp(prefix="opsystem-bench-moving-", dir=given.folder))
    try:
        _run("fill", str(place), str(given.megabytes), str(given.clients))
        rows = list(_rows(place))
    finally:
        shutil.rmtree(place)
    if given.markdown:
        print("| what | seconds | MB | MB a second | peak MiB |\n| --- | ---: | ---: | ---: | ---: |")
    for what, seconds, size, peak in rows:
        cells = [
            what,
            f"{seconds:.1f}",
            f"{size:,.0f}",
            f"{size / seconds:,.0f}",
            f"{peak:.0f}" if peak else "",
        ]
        print(f"| {' | '.join(cells)} |" if given.markdown else "  ".join(cells))
    print(f"\n{given.megabytes:,} MB of photos, {given.clients:,} clients. {machine()}")


def _rows(place: Path) -> list[tuple[str, float, float, float]]:
    """Return what was measured: words, seconds, megabytes, and MiB of memory where it is ours."""
    rows = []
    for step in ("export", "import"):
        told = json.loads(_run(step, str(place)))
        size = (place / "export.zip").stat().st_size / 1e6
        rows += [
            (f"{step}: {what}", seconds, size, told["peak"]) for what, seconds in told["seconds"].items()
        ]
    plain = place / "plain"
    size = sum(file.stat().st_size for file in plain.iterdir()) / 1e6
    for what, command in {
        "zip -0 of the photos": ["zip", "-0", "-q", "-r", str(place / "zip.zip"), str(plain)],
        "cp of the photos": ["cp", "-r", str(plain), str(place / "again")],
    }.items():
        began = time.perf_counter()
        subprocess.run(command, check=True)  # noqa: S603 - our own words
        rows.append((what, time.perf_counter() - began, size, 0.0))
    return rows


def _run(*words: str) -> str:
    done = subprocess.run([*_PART, *words], check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return done.stdout


if __name__ == "__main__":
    main()
