"""Bars that stand beside one another, a group of them for each week or month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from opsystem.business.reports.records import ReportLine
from opsystem.web.reports.drawn import Bar, Drawing, Label, Series, Spot
from opsystem.web.reports.scale import full, short, step_for

_NARROW, _WIDE = (320, 176), (720, 236)
_ABOVE, _BELOW, _LABEL = 16, 20, 46
# About how wide a letter of a figure is, and the room beside it.
_LETTER, _GAP = 6.2, 8
# Where a group is narrower than a finger it is no target of its own; the table below has the same links.
_TARGET = 26


def standing(
    lines: Sequence[ReportLine],
    series: Sequence[Series],
    address: Callable[[str], str],
    says: str,
    *,
    mirror: bool,
    wide: bool,
) -> Drawing:
    """Return the drawing; with `mirror` the second value hangs below nothing."""
    width, height = _WIDE if wide else _NARROW
    unit = series[0].column.unit
    signs = [-1 if mirror and number else 1 for number in range(len(series))]
    values = [
        [sign * line.values[one.place] for sign, one in zip(signs, series, strict=True)] for line in lines
    ]
    flat = [0, *(value for group in values for value in group)]
    step = step_for(max(*flat, -min(flat)), unit)
    highest, lowest = ceil(max(flat) / step), ceil(-min(flat) / step)
    per = (height - _ABOVE - _BELOW) / (step * max(highest + lowest, 1))
    zero = _ABOVE + highest * step * per
    grid = [zero - number * step * per for number in range(-lowest, highest + 1)]
    figures = [
        short(abs(number) * step if mirror else number * step, unit) for number in range(-lowest, highest + 1)
    ]
    # The figures of the grid stand beside the bars, never over them.
    left = max(len(one) for one in figures) * _LETTER + _GAP
    slot = (width - left) / max(len(lines), 1)
    bars, spots = [], []
    across = 1 if mirror else len(series)
    for place, (line, group) in enumerate(zip(lines, values, strict=True)):
        for number, (value, one) in enumerate(zip(group, series, strict=True)):
            thick = slot * 0.7 / across
            x = left + place * slot + slot * 0.15 + (0 if mirror else number * thick)
            tall = max(abs(value) * per, 1.0) if value else 0.0
            below = value < 0
            tone = "bad" if below and not mirror else one.tone
            bars.append(Bar(x, zero if below else zero - tall, thick * 0.94, tall, tone))
        if slot >= _TARGET:
            told = ", ".join(
                f"{one.column.name} {full(line.values[one.place], one.column.unit)}" for one in series
            )
            spots.append(
                Spot(left + place * slot, 0, slot, height, address(line.key), f"{line.name}: {told}")
            )
    labels = [
        Label(0, at + 4, words, quiet=True) for words, at in zip(figures, grid, strict=True) if at != zero
    ]
    labels += _names(lines, slot, left, width, height)
    return Drawing(width, height, bars, labels, spots, grid, says, left=left)


def _names(lines: Sequence[ReportLine], slot: float, left: float, width: int, height: int) -> list[Label]:
    """Return the words below, as many as have room, the newest always among them."""
    every = max(1, ceil(_LABEL / slot))
    found = []
    for place, line in enumerate(lines):
        if (len(lines) - 1 - place) % every == 0:
            middle = min(max(left + place * slot + slot / 2, _LABEL / 2), width - _LABEL / 2)
            found.append(Label(middle, height - 5, line.name, "middle"))
    return found
