"""Thousands of vaults on one machine: made, opened at random by 8 processes, brought up to a new version.

    bin/bench vaults                    10,000 vaults in a temporary folder beside the repository
    bin/bench vaults --count 500 --folder /some/disk --markdown

Every vault has all of the product's tables. "Open" is a cold open as the site does it, with one question asked.
The migration adds a column to a table that people know, and makes every trigger anew.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.measuring.figures import machine, resident_memory
from bench.measuring.many import Field, Share, in_processes, percentile

_OPENERS = 8
_MARKDOWN = "| what | how many | a second | median ms | p95 ms |\n| --- | ---: | ---: | ---: | ---: |"


def main() -> None:
    """Measure, and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--opens", type=int, default=20_000, help="how many times one is opened at random")
    asked.add_argument("--folder", type=Path, default=Path(__file__).resolve().parents[1].parent)
    asked.add_argument("--markdown", action="store_true")
    given = asked.parse_args()
    place = Path(tempfile.mkdtemp(prefix="opsystem-bench-vaults-", dir=given.folder))
    try:
        figures, remarks = run(Field(place, given.count), given.opens)
    finally:
        shutil.rmtree(place)
    print(_MARKDOWN if given.markdown else "")
    for figure in figures:
        print(_line(figure) if given.markdown else json.dumps(figure))
    print("\n" + "\n".join([*remarks, machine()]))


def run(field: Field, opens: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Make, open and migrate a field of vaults; return figures and remarks."""
    cores = multiprocessing.cpu_count()
    figures = [
        _figure("made", field.make, cores, list(range(field.count))),
        _figure(
            f"opened at random by {_OPENERS} processes, one question asked",
            field.open,
            _OPENERS,
            random.Random(1).choices(range(field.count), k=opens),
        ),
        _figure("brought up to date", field.migrate, cores, list(range(field.count))),
        _figure("found up to date", field.migrate, cores, list(range(field.count))),
    ]
    size = sum(path.stat().st_size for path in field.path_of(0).rglob("*") if path.is_file())
    return figures, [f"One empty vault takes {size / 1024:.0f} KiB of disk.", *field.pooled()]


def _figure(name: str, act: Callable[[int], None], workers: int, numbers: list[int]) -> dict[str, Any]:
    begun = time.perf_counter()
    times = in_processes(Share(act), workers, numbers)
    seconds = time.perf_counter() - begun
    return {
        "what": name,
        "count": len(times),
        "rate": round(len(times) / seconds),
        "median": percentile(times, 50),
        "p95": percentile(times, 95),
        "memory": round(resident_memory()),
    }


def _line(figure: dict[str, Any]) -> str:
    cells = (figure["what"], f"{figure['count']:,}", figure["rate"], figure["median"], figure["p95"])
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    main()
