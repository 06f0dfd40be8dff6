"""Rounding, and sharing a sum out so that its parts add up again. Whole numbers only."""

from __future__ import annotations

from collections.abc import Sequence


def divide_half_up(amount: int, by: int) -> int:
    """Return `amount / by` rounded to a whole number, a half away from zero. `by` is above zero."""
    whole, rest = divmod(abs(amount), by)
    rounded = whole + (2 * rest >= by)
    return rounded if amount >= 0 else -rounded


def allocate(cents: int, weights: Sequence[int]) -> list[int]:
    """Share `cents` out in proportion to `weights`; the parts sum to `cents` to the cent.

    What rounding leaves over goes to the parts that lost most by it, the earlier one first. Where
    no weight is above zero, all goes to the first part. Weights are never below zero.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        return [cents, *([0] * (len(weights) - 1))]
    sign = -1 if cents < 0 else 1
    parts = [abs(cents) * weight // whole for weight in weights]
    lost = [abs(cents) * weight % whole for weight in weights]
    left = abs(cents) - sum(parts)
    for place in sorted(range(len(weights)), key=lambda at: (-lost[at], at))[:left]:
        parts[place] += 1
    return [sign * part for part in parts]
