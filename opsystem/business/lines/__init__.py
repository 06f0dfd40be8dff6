"""Lines of quotes, jobs and invoices, and the arithmetic every one of them shares.

The shop window of this room. Plain values and functions: no table stands here.
"""

from opsystem.business.lines.discounts import Discount, discount_cents
from opsystem.business.lines.line import Line, QuantityMilli, gross_cents, line_cents
from opsystem.business.lines.rounding import allocate, divide_half_up
from opsystem.business.lines.totals import Rate, TaxAmount, Totals, totals

__all__ = [
    "Discount",
    "Line",
    "QuantityMilli",
    "Rate",
    "TaxAmount",
    "Totals",
    "allocate",
    "discount_cents",
    "divide_half_up",
    "gross_cents",
    "line_cents",
    "totals",
]
