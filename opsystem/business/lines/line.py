"""One line: so many of something at a price. Quantities are thousandths, amounts US cents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, ConfigDict, Field

from opsystem.business.lines.discounts import Discount, MilliPercent, discount_cents
from opsystem.business.lines.rounding import divide_half_up
from opsystem.kit.money import Cents

QuantityMilli = Annotated[
    int, Field(ge=1, le=10_000_000_000, description="How many, in thousandths: 1500 is one and a half.")
]


def _stripped(given: object) -> object:
    return given.strip() if isinstance(given, str) else given


Description = Annotated[str, BeforeValidator(_stripped), Field(min_length=1, max_length=2_000)]


@dataclass(frozen=True)
class Line:
    """A line of a quote, a job or an invoice.

    `unit_cents` is the price of one, `cost_cents` what one costs the business. A discount of the line
    is an amount off the whole line or thousandths of a percent. `price` is the price list entry it
    was copied from (`S-12`); what is written here stays when that changes.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    description: Description
    unit_cents: Cents
    quantity_milli: QuantityMilli = 1_000
    cost_cents: Cents | None = None
    taxable: bool = False
    unit: Annotated[str, BeforeValidator(_stripped), Field(max_length=40)] = ""
    discount_cents: Cents = 0
    discount_milli_percent: MilliPercent = 0
    price: str | None = None


def gross_cents(line: Line) -> int:
    """Return quantity times price in US cents, rounded half up, before any discount."""
    return divide_half_up(line.quantity_milli * line.unit_cents, 1_000)


def line_cents(line: Line) -> int:
    """Return what a line comes to in US cents after its own discount. Raises Invalid."""
    gross = gross_cents(line)
    return gross - discount_cents(Discount(line.discount_cents, line.discount_milli_percent), gross)
