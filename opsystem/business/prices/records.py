"""What is told about the price list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PriceRow:
    """One entry: US cents for one unit. `suggested` until the owner has confirmed the amount."""

    ref: str
    id: int
    name: str
    category: str
    unit: str
    price_cents: int
    cost_cents: int | None
    taxable: bool
    minutes: int | None
    suggested: bool
    removed: bool
