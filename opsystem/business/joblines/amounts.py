"""The arithmetic of a job's lines: rounding half up, shares that sum to the whole."""

from __future__ import annotations

from opsystem.business.joblines.models import JobLine
from opsystem.business.lines import divide_half_up
from opsystem.kit.errors import Invalid
from opsystem.kit.money import show_cents
from opsystem.kit.quantity import ONE

MOST_CENTS = 100_000_000_00


def amount_cents(quantity_milli: int, unit_cents: int) -> int:
    """Return what a quantity costs in cents, half a cent rounded up."""
    return divide_half_up(quantity_milli * unit_cents, ONE)


def part_cents(line: JobLine, from_milli: int, to_milli: int) -> tuple[int, int]:
    """Return amount and discount, in cents, of a stretch of a line's quantity.

    The stretches of a line sum to the whole line to the cent, however it is cut.
    """

    def upto(milli: int) -> tuple[int, int]:
        gone = milli * line.discount_cents // line.quantity_milli
        return amount_cents(milli, line.unit_cents), gone

    first, last = upto(from_milli), upto(to_milli)
    return last[0] - first[0], last[1] - first[1]


def open_cents(line: JobLine) -> int:
    """Return what is still to be invoiced of a line in cents: after discount, before tax."""
    amount, discount = part_cents(line, line.invoiced_milli, line.quantity_milli)
    return amount - discount


def refuse_beyond(quantity_milli: int, unit_cents: int) -> None:
    """Raise Invalid when a line comes to more than can be written on it."""
    if amount_cents(quantity_milli, unit_cents) > MOST_CENTS:
        message = f"A line may come to at most {show_cents(MOST_CENTS)}."
        raise Invalid(message, code="too_much", fields={"quantity_milli": message})
