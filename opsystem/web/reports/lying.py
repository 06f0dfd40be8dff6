"""Bars that lie below one another, each under its name: people, services, ages, states."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from opsystem.business.reports.records import ReportLine
from opsystem.web.reports.drawn import Bar, Drawing, Label, Series, Spot
from opsystem.web.reports.scale import full, short

_NARROW, _WIDE = 320, 720
_FEW, _MANY = 8, 14
_ROW, _BAR = 42, 10
# About how wide a letter is.
_LETTER = 6.6


def lying(
    lines: Sequence[ReportLine],
    series: Sequence[Series],
    address: Callable[[str], str],
    says: str,
    *,
    tones: Sequence[str],
    wide: bool,
) -> Drawing:
    """Return the drawing of the first lines; several values of a line stand behind one another in its bar.

    `tones` are the colours of the lines, where each has its own.
    """
    width = _WIDE if wide else _NARROW
    shown = lines[: _MANY if wide else _FEW]
    sums = [sum(abs(line.values[one.place]) for one in series) for line in shown]
    per = width / max([1, *sums])
    bars, labels, spots = [], [], []
    for number, line in enumerate(shown):
        top, x = number * _ROW, 0.0
        for one in series:
            value = line.values[one.place]
            tone = "bad" if value < 0 else (tones[number % len(tones)] if tones else one.tone)
            long = max(abs(value) * per, 1.5) if value else 0.0
            bars.append(Bar(x, top + 22, long, _BAR, tone))
            x += long
        told = ", ".join(
            f"{one.column.name} {full(line.values[one.place], one.column.unit)}" for one in series
        )
        figure = short(sum(line.values[one.place] for one in series), series[0].column.unit)
        room = int((width - len(figure) * _LETTER - 14) / _LETTER)
        labels.append(Label(0, top + 15, _cut(line.name, room)))
        labels.append(Label(width, top + 15, figure, "end"))
        spots.append(Spot(0, top, width, _ROW, address(line.key), f"{line.name}: {told}"))
    height = max(len(shown), 1) * _ROW
    return Drawing(width, height, bars, labels, spots, [], says, more=len(lines) - len(shown))


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1].rstrip()}…"
