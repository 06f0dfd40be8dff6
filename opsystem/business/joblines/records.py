"""What is told about the lines of a job."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class JobLineRow:
    """One line. Amounts are US cents and None for who may not see money; quantities are thousandths.

    `amount_cents` is for the whole quantity, before discount and tax.
    """

    id: int
    position: int
    description: str
    quantity_milli: int
    unit: str
    unit_cents: int | None
    cost_cents: int | None
    taxable: bool
    discount_cents: int | None
    amount_cents: int | None
    invoiced_milli: int
    open_milli: int
    price: str | None
    from_quote: bool
    version: int


@dataclass(frozen=True)
class JobLines:
    """The lines of a job with their sums in US cents, before tax; None for who may not see money."""

    lines: list[JobLineRow]
    subtotal_cents: int | None
    discount_cents: int | None
    open_cents: int | None
