"""How quotes are told: options with their lines and sums."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from opsystem.business.lines import Rate, gross_cents
from opsystem.business.prices.models import Price
from opsystem.business.quotes.contents import lines_of, options_of
from opsystem.business.quotes.models import Quote, QuoteLine, QuoteOption
from opsystem.business.quotes.rates import rates_of
from opsystem.business.quotes.records import QuoteLineRow, QuoteOptionRow
from opsystem.business.quotes.sums import ALL_OPTIONAL, as_line, counted, told
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work


def option_rows(work: Work, quote: Quote) -> list[QuoteOptionRow]:
    """Return the options of a quote; what things cost the business only for its own people."""
    lines, rates = lines_of(work, quote.id), rates_of(work, quote)
    sees_cost = work.actor.may(Permission.MONEY_READ)
    listed = _listed(work, quote) if quote.is_draft else {}
    return [
        _option(quote, one, lines[one.id], rates, listed, sees_cost=sees_cost)
        for one in options_of(work, quote.id)
    ]


def _listed(work: Work, quote: Quote) -> dict[int, int]:
    """Return what the price list says now about the lines of a draft."""
    chosen = select(Price.id, Price.price_cents).join(QuoteLine, QuoteLine.price_id == Price.id)
    found = work.session.execute(chosen.where(QuoteLine.quote_id == quote.id))
    return dict(found.all())


def _option(
    quote: Quote,
    option: QuoteOption,
    lines: Sequence[QuoteLine],
    rates: Sequence[Rate],
    listed: dict[int, int],
    *,
    sees_cost: bool,
) -> QuoteOptionRow:
    return QuoteOptionRow(
        id=option.id,
        position=option.position,
        name=option.name,
        description=option.description,
        recommended=option.recommended,
        archived=option.archived_at is not None,
        lines=[_line(one, listed, sees_cost=sees_cost) for one in lines],
        totals=told(quote, counted(lines, ()), rates, sees_cost=sees_cost),
        with_all=told(quote, counted(lines, ALL_OPTIONAL), rates, sees_cost=sees_cost),
    )


def _line(line: QuoteLine, listed: dict[int, int], *, sees_cost: bool) -> QuoteLineRow:
    now = listed.get(line.price_id or 0)
    return QuoteLineRow(
        id=line.id,
        position=line.position,
        price=make_ref("price", line.price_id) if line.price_id is not None else None,
        description=line.description,
        quantity_milli=line.quantity_milli,
        unit=line.unit,
        unit_cents=line.unit_cents,
        cost_cents=line.cost_cents if sees_cost else None,
        taxable=line.taxable,
        optional=line.optional,
        amount_cents=gross_cents(as_line(line)),
        is_old_price=now is not None and line.unit_cents == line.list_cents and now != line.unit_cents,
    )
