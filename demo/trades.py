"""What the three trades do all year; the words stand in `trades.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Trade:
    """Jobs with their usual minutes, notes, talks (client's words, our answer), papers."""

    jobs: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    talks: tuple[tuple[str, str], ...]
    papers: tuple[str, ...]


def _read() -> dict[str, Trade]:
    told = tomllib.loads((Path(__file__).parent / "trades.toml").read_text())
    return {
        name: Trade(
            jobs=tuple((job["title"], job["minutes"]) for job in trade["jobs"]),
            notes=tuple(trade["notes"]),
            talks=tuple((talk["client"], talk["answer"]) for talk in trade["talks"]),
            papers=tuple(trade["papers"]),
        )
        for name, trade in told.items()
    }


TRADES = _read()
