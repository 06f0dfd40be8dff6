"""Drafts that still have what the price list said before it was changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from opsystem.business.prices.models import Price
from opsystem.business.quotes.models import Quote, QuoteLine
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


@dataclass(frozen=True)
class OldPrice:
    """A draft with an old price: US cents for one unit, as copied and as the list says now."""

    quote: str
    quote_id: int
    title: str
    price: str
    name: str
    copied_cents: int
    now_cents: int


@query(permission=Permission.MONEY_READ, label="List drafts with old prices")
def list_old_prices(work: Work) -> list[OldPrice]:
    """List the drafts whose lines still have an amount the price list has changed since."""
    chosen = (
        select(Quote, QuoteLine, Price)
        .join(QuoteLine, QuoteLine.quote_id == Quote.id)
        .join(Price, Price.id == QuoteLine.price_id)
        .where(
            Quote.sent_at.is_(None),
            Quote.archived_at.is_(None),
            QuoteLine.unit_cents == QuoteLine.list_cents,
            QuoteLine.unit_cents != Price.price_cents,
        )
        .order_by(Quote.id.desc(), QuoteLine.position)
    )
    return [
        OldPrice(
            quote.ref, quote.id, quote.title, make_ref("price", price.id), price.name, line.unit_cents,
            price.price_cents,
        )
        for quote, line, price in work.session.execute(chosen)
    ]  # fmt: skip
