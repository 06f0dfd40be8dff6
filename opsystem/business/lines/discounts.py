"""Discounts: an amount or a percentage, on one line or on a whole document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from opsystem.business.lines.rounding import divide_half_up
from opsystem.kit.errors import Invalid
from opsystem.kit.money import Cents

MilliPercent = Annotated[
    int, Field(ge=0, le=100_000, description="Thousandths of a percent: 8250 is 8.25 %.")
]


@dataclass(frozen=True)
class Discount:
    """What is taken off: US cents, or thousandths of a percent. Both nothing is no discount."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    cents: Cents = 0
    milli_percent: MilliPercent = 0


def discount_cents(discount: Discount | None, amount: int) -> int:
    """Return the US cents a discount takes off an amount: rounded half up, never more than there is.

    Raises Invalid when both an amount and a percentage are given.
    """
    if discount is None:
        return 0
    if discount.cents and discount.milli_percent:
        message = "Give the discount as an amount or as a percentage, not both."
        raise Invalid(message, code="two_discounts", fields={"discount": message})
    if discount.milli_percent:
        return divide_half_up(amount * discount.milli_percent, 100_000)
    return min(discount.cents, max(amount, 0))
