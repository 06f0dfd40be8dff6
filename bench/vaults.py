"""Thousands of vaults on one machine: made, opened at random by 8 processes, brought up to a new version.

    bin/bench vaults                    10,000 vaults in a temporary folder beside the repository
    bin/bench vaults --count 500 --folder /some/disk --markdown

Every vault has all of the product's tables. "Open" is a cold open as the site does it, with one question.
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
from collections.abc import Callable, Iterator
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
        print(_MARKDOWN if given.markdown else "")
        field = Field(place, given.count)
        for figure in run(field, given.opens):
            print(_line(figure) if given.markdown else json.dumps(figure), flush=True)
        print("\n" + "\n".join([*remarks(field), machine()]))
    finally:
        shutil.rmtree(place)


def run(field: Field, opens: int) -> Iterator[dict[str, Any]]:
    """Make, open and migrate a field of vaults; yield each figure as it is known."""
    cores = multiprocessing.cpu_count()
    numbers = list(range(field.count))
    acts = [
        ("made", field.make, cores, numbers),
        (
            f"opened at random by {_OPENERS} processes, one question asked",
            field.open,
            _OPENERS,
            random.Random(1).choices(numbers, k=opens),
        ),
        ("brought up to date", field.migrate, cores, numbers),
        ("found up to date", field.migrate, cores, numbers),
    ]
    for name, act, workers, chosen in acts:
        yield _figure(name, act, workers, chosen)


def remarks(field: Field) -> list[str]:
    """Say what a vault takes on disk, and what a process holds that has used many."""
    size = sum(path.stat().st_size for path in field.path_of(0).rglob("*") if path.is_file())
    return [f"One empty vault takes {size / 1024:.0f} KiB of disk.", *field.pooled()]


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
