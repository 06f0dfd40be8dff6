"""Values as people read them on a chart, and round numbers for its grid."""

from __future__ import annotations

from opsystem.business.reports.records import Unit
from opsystem.kit.money import show_cents
from opsystem.web.show import milli, minutes

_STEPS = (1, 2, 2.5, 5, 10)
# In what one counts on the grid: dollars, whole hours, whole units, percent.
_ONE = {Unit.MONEY: 100, Unit.MINUTES: 60, Unit.QUANTITY: 1000, Unit.COUNT: 1, Unit.SHARE: 10}


def step_for(most: int, unit: Unit, parts: int = 2) -> int:
    """Return a round distance of grid lines, so that about `parts` of them reach to the greatest value."""
    one = _ONE[unit]
    raw = max(most / one / parts, 1 if unit is not Unit.MONEY else 0.01)
    power = 10.0 ** (len(str(int(raw))) - 1)
    return max(1, round(next(step * power for step in _STEPS if step * power >= raw) * one))


def full(value: int, unit: Unit) -> str:
    """Return a value in full: `$1,250.50`, `7 h 30 min`, `2.5`, `62.5 %`, `1,204`."""
    if unit is Unit.MONEY:
        return show_cents(value)
    if unit is Unit.MINUTES:
        return minutes(value) or "0 min"
    if unit is Unit.QUANTITY:
        return milli(value)
    return f"{value / 10:.1f} %" if unit is Unit.SHARE else f"{value:,}"


def short(value: int, unit: Unit) -> str:
    """Return a value in few letters: `$950`, `$4.2k`, `12 h`, `3`."""
    if unit is Unit.MINUTES:
        return f"{round(value / 60):,} h" if abs(value) >= 60 else f"{value} min"
    if unit is not Unit.MONEY:
        return full(value, unit)
    sign, dollars = ("-" if value < 0 else ""), abs(value) / 100
    for size, letter in ((1e6, "m"), (1e3, "k")):
        if dollars >= size * 0.9995:
            digits = 0 if dollars >= 100 * size else 1
            return f"{sign}${dollars / size:.{digits}f}{letter}".replace(".0", "")
    return f"{sign}${dollars:.0f}"
