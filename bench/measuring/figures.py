"""Figures: an act repeated, its median and 95th percentile, the machine it ran on, a table of them."""

from __future__ import annotations

import gc
import os
import platform
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

_PERCENTILES = 20


@dataclass(frozen=True)
class Figure:
    """One measured act. Times are milliseconds; a target is None where there is none."""

    name: str
    median: float
    p95: float
    runs: int
    target: float | None = None
    target_p95: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether every target it has is met."""
        return (self.target is None or self.median <= self.target) and (
            self.target_p95 is None or self.p95 <= self.target_p95
        )


def measure(
    name: str,
    act: Callable[[int], object],
    *,
    runs: int,
    target: float | None = None,
    target_p95: float | None = None,
    warm_up: int = 3,
) -> Figure:
    """Do `act(number)` again and again; the first `warm_up` times do not count.

    The garbage collector runs between the measured times and not in them, as `timeit` does it.
    """
    for number in range(warm_up):
        act(number)
    times = []
    for number in range(warm_up, warm_up + runs):
        gc.collect(0)
        gc.disable()
        begun = time.perf_counter()
        act(number)
        times.append((time.perf_counter() - begun) * 1e3)
        gc.enable()
    p95 = statistics.quantiles(times, n=_PERCENTILES)[-1]
    return Figure(name, statistics.median(times), p95, runs, target, target_p95)


def machine() -> str:
    """Return what it was measured on: processor, cores, load, versions."""
    connection = sqlcipher.connect(":memory:")
    cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    engine = connection.execute("SELECT sqlite_version()").fetchone()[0]
    connection.close()
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.1f}, "
        f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}, "
        f"SQLCipher {cipher} on SQLite {engine} (control plane: SQLite {sqlite3.sqlite_version})"
    )


def resident_memory() -> float:
    """Return the memory this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def table(figures: Sequence[Figure], remarks: Sequence[str], *, markdown: bool) -> str:
    """Return the figures as lines to read, or as a Markdown table to paste."""
    rows = [
        (
            figure.name,
            f"{figure.median:.2f}",
            f"{figure.p95:.2f}",
            _targets(figure),
            str(figure.runs),
            "" if figure.target is None else ("yes" if figure.is_met else "no"),
        )
        for figure in figures
    ]
    heading = ("what", "median ms", "p95 ms", "target ms", "runs", "met")
    if markdown:
        lines = [_line(heading), "| --- | ---: | ---: | ---: | ---: | --- |", *map(_line, rows)]
        return "\n".join([*lines, "", *remarks])
    wide = [max(len(row[column]) for row in (heading, *rows)) for column in range(len(heading))]
    lines = [
        f"{row[0]:<{wide[0]}}  "
        + "  ".join(f"{cell:>{width}}" for cell, width in zip(row[1:], wide[1:], strict=True))
        for row in (heading, *rows)
    ]
    return "\n".join([*lines, "", *remarks])


def _targets(figure: Figure) -> str:
    if figure.target is None:
        return ""
    more = "" if figure.target_p95 is None else f", p95 {figure.target_p95:g}"
    return f"{figure.target:g}{more}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
