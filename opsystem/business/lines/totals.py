"""What a document comes to: discount shared out over the lines, tax of each rate rounded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opsystem.business.lines.discounts import Discount, discount_cents
from opsystem.business.lines.line import Line, line_cents
from opsystem.business.lines.rounding import allocate, divide_half_up


@dataclass(frozen=True)
class Rate:
    """One tax that applies: its name, and the rate in thousandths of a percent (8250 is 8.25 %)."""

    name: str
    milli_percent: int
    # The row of `tax_rate` it comes from; None for one that is in no table.
    id: int | None = None


@dataclass(frozen=True)
class TaxAmount:
    """What one tax comes to on a document, in US cents."""

    rate: Rate
    cents: int


@dataclass(frozen=True)
class Totals:
    """US cents. `subtotal` is before the document's discount; `nets` is each line after it."""

    subtotal: int
    discount: int
    taxable: int
    taxes: tuple[TaxAmount, ...]
    total: int
    nets: tuple[int, ...]

    @property
    def net(self) -> int:
        """What the lines come to after discount, before tax."""
        return self.subtotal - self.discount

    @property
    def tax(self) -> int:
        """All taxes together."""
        return sum(tax.cents for tax in self.taxes)


def totals(lines: Sequence[Line], discount: Discount | None = None, rates: Sequence[Rate] = ()) -> Totals:
    """Return what lines come to. Each rate is taken of the taxable net and rounded half up, once.

    Raises Invalid for a discount given both as amount and as percentage.
    """
    amounts = [line_cents(line) for line in lines]
    subtotal = sum(amounts)
    taken_off = discount_cents(discount, subtotal)
    parts = allocate(taken_off, amounts)
    nets = tuple(amount - part for amount, part in zip(amounts, parts, strict=True))
    taxable = sum(net for net, line in zip(nets, lines, strict=True) if line.taxable)
    taxes = tuple(TaxAmount(rate, divide_half_up(taxable * rate.milli_percent, 100_000)) for rate in rates)
    tax = sum(amount.cents for amount in taxes)
    return Totals(subtotal, taken_off, taxable, taxes, subtotal - taken_off + tax, nets)
