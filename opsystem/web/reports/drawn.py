"""What is drawn: places and sizes of a chart's parts, in the units of its `viewBox`."""

from __future__ import annotations

from dataclasses import dataclass

from opsystem.business.reports.records import Column


@dataclass(frozen=True)
class Bar:
    """A bar of one value. `tone` is the number of its colour, or `bad` for what is below nothing."""

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True)
class Label:
    """Words at a place; `at` is which end of them stands there."""

    x: float
    y: float
    words: str
    at: str = "start"
    quiet: bool = False


@dataclass(frozen=True)
class Spot:
    """Where one line of the report can be pointed at: it leads to its rows."""

    x: float
    y: float
    width: float
    height: float
    url: str
    words: str


@dataclass(frozen=True)
class Drawing:
    """A chart. `lines` are the heights of its grid, from `left` on; `says` is the whole in one sentence."""

    width: int
    height: int
    bars: list[Bar]
    labels: list[Label]
    spots: list[Spot]
    lines: list[float]
    says: str
    more: int = 0
    left: float = 0


@dataclass(frozen=True)
class Series:
    """One column that is drawn, its place among the values, and its colour: a line of the legend."""

    column: Column
    place: int
    tone: str
