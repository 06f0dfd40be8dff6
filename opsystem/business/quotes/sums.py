"""What a quote comes to: lines, discount, tax, deposit."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from opsystem.business.lines import Discount, Line, Rate, Totals, discount_cents, totals
from opsystem.business.quotes.models import Quote, QuoteLine
from opsystem.business.quotes.records import QuoteTotals, TaxRow

ALL_OPTIONAL = None


def discount_of(quote: Quote) -> Discount | None:
    """Return a quote's discount, or None."""
    if not quote.discount_cents and not quote.discount_milli_percent:
        return None
    return Discount(quote.discount_cents, quote.discount_milli_percent)


def counted(lines: Sequence[QuoteLine], optional: Collection[int] | None) -> list[QuoteLine]:
    """Return the lines that count: the required ones, and of the optional ones those named (None: all)."""
    return [one for one in lines if not one.optional or optional is None or one.id in optional]


def as_line(line: QuoteLine) -> Line:
    """Return a line as the shared arithmetic takes it."""
    return Line(
        description=line.description,
        unit_cents=line.unit_cents,
        quantity_milli=line.quantity_milli,
        cost_cents=line.cost_cents,
        taxable=line.taxable,
        unit=line.unit,
    )


def totals_of(quote: Quote, lines: Sequence[QuoteLine], rates: Sequence[Rate]) -> Totals:
    """Return what these lines of a quote come to."""
    return totals([as_line(one) for one in lines], discount_of(quote), rates)


def deposit_of(quote: Quote, total_cents: int) -> int:
    """Return the deposit asked for in cents: a share of the total or an amount, never more than the total."""
    return discount_cents(Discount(quote.deposit_cents, quote.deposit_milli_percent), total_cents)


def told(quote: Quote, lines: Sequence[QuoteLine], rates: Sequence[Rate], *, sees_cost: bool) -> QuoteTotals:
    """Return what these lines come to, as it is told."""
    summed = totals_of(quote, lines, rates)
    return QuoteTotals(
        subtotal_cents=summed.subtotal,
        discount_cents=summed.discount,
        taxes=[TaxRow(one.rate.name, one.rate.milli_percent, one.cents) for one in summed.taxes],
        tax_cents=summed.tax,
        total_cents=summed.total,
        deposit_cents=deposit_of(quote, summed.total),
        cost_cents=_cost(lines) if sees_cost else None,
    )


def _cost(lines: Sequence[QuoteLine]) -> int | None:
    known = [(one.quantity_milli, one.cost_cents) for one in lines if one.cost_cents is not None]
    if len(known) < len(lines):
        return None
    return sum((milli * cents + 500) // 1000 for milli, cents in known)


def rates_json(rates: Sequence[Rate]) -> str:
    """Return rates as they are kept on a sent quote."""
    return json.dumps([{"name": one.name, "milli_percent": one.milli_percent, "id": one.id} for one in rates])


def rates_from(text: str) -> tuple[Rate, ...]:
    """Return the rates kept on a sent quote."""
    return tuple(Rate(**one) for one in json.loads(text))
