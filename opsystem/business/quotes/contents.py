"""The options and lines of a quote: read, and written with no more rows changed than needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from opsystem.business.joblines.amounts import refuse_beyond
from opsystem.business.prices.models import Price
from opsystem.business.quotes.inputs import LineGiven, OptionGiven
from opsystem.business.quotes.models import Quote, QuoteLine, QuoteOption
from opsystem.business.record import Record
from opsystem.business.references import number_of
from opsystem.kit.errors import Invalid
from opsystem.operations import Work

Row = TypeVar("Row", bound=Record)


def options_of(work: Work, quote_id: int) -> Sequence[QuoteOption]:
    """Return the options of a quote in order."""
    chosen = select(QuoteOption).where(QuoteOption.quote_id == quote_id)
    return work.session.scalars(chosen.order_by(QuoteOption.position, QuoteOption.id)).all()


def lines_of(work: Work, quote_id: int) -> dict[int, list[QuoteLine]]:
    """Return the lines of a quote in order, by the number of their option."""
    found: dict[int, list[QuoteLine]] = defaultdict(list)
    chosen = select(QuoteLine).where(QuoteLine.quote_id == quote_id)
    for line in work.session.scalars(chosen.order_by(QuoteLine.position, QuoteLine.id)):
        found[line.option_id].append(line)
    return found


def write_options(work: Work, quote: Quote, given: Sequence[OptionGiven]) -> None:
    """Make these the options of a draft. Raises Invalid at the field that is wrong."""
    before, lines = options_of(work, quote.id), lines_of(work, quote.id)
    listed = {
        (one.price_id, one.unit_cents): (one.list_cents, one.cost_cents)
        for rows in lines.values()
        for one in rows
    }
    for place, option in enumerate(given):
        if len(given) > 1 and not option.name:
            raise _wrong(f"options.{place}.name", "Name each option, so that the client can tell them apart.")
        values = {"position": place + 1, "name": option.name, "description": option.description}
        row = _put(
            work, QuoteOption, before, place, quote_id=quote.id, recommended=option.recommended, **values
        )
        work.session.flush()
        for spot, line in enumerate(option.lines):
            copied = _values(work, line, f"options.{place}.lines.{spot}", listed)
            kept = lines.get(row.id, [])
            _put(
                work, QuoteLine, kept, spot, quote_id=quote.id, option_id=row.id, position=spot + 1, **copied
            )
        _drop(work, lines.get(row.id, [])[len(option.lines) :])
    for row in before[len(given) :]:
        _drop(work, lines.get(row.id, []))
    work.session.flush()
    _drop(work, before[len(given) :])
    work.session.flush()


def _put(work: Work, table: type[Row], rows: Sequence[Row], place: int, **values: Any) -> Row:
    if place >= len(rows):
        row = table(**values)
        work.session.add(row)
        return row
    for name, value in values.items():
        setattr(rows[place], name, value)
    return rows[place]


def _drop(work: Work, rows: Sequence[Record]) -> None:
    for row in rows:
        work.session.delete(row)


def _values(
    work: Work,
    line: LineGiven,
    at: str,
    listed: dict[tuple[int | None, int], tuple[int | None, int | None]],
) -> dict[str, Any]:
    """Return the columns of a line: its own words and amounts, and the price list's where it has none."""
    price = _price(work, line.price, at) if line.price is not None else None
    if not line.description and price is None:
        raise _wrong(f"{at}.description", "Say what it is, or choose from the price list.")
    if line.unit_cents is None and price is None:
        raise _wrong(f"{at}.unit_cents", "Give the price of one.")
    unit_cents = line.unit_cents if line.unit_cents is not None else (price.price_cents if price else 0)
    refuse_beyond(line.quantity_milli, unit_cents)
    list_cents, cost_cents = None, None
    if price is not None:
        # A line that stood there with this amount keeps what the list said when it was copied.
        now = (price.price_cents, price.cost_cents)
        list_cents, cost_cents = listed.get((price.id, unit_cents), now)
    return {
        "price_id": price.id if price else None,
        "list_cents": list_cents,
        "description": line.description or (price.name if price else ""),
        "quantity_milli": line.quantity_milli,
        "unit": line.unit or (price.unit if price else "each"),
        "unit_cents": unit_cents,
        "cost_cents": line.cost_cents if line.cost_cents is not None else cost_cents,
        "taxable": line.taxable if line.taxable is not None else bool(price and price.taxable),
        "optional": line.optional,
    }


def _price(work: Work, reference: str, at: str) -> Price:
    price = work.session.get(Price, number_of(reference))
    if price is None:
        raise _wrong(f"{at}.price", f"{reference} is not on the price list.")
    return price


def _wrong(field: str, message: str) -> Invalid:
    return Invalid(message, code="bad_quote", fields={field: message})
