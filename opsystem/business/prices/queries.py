"""What may be asked about the price list."""

from __future__ import annotations

from sqlalchemy import or_, select

from opsystem.business.prices.models import Price
from opsystem.business.prices.records import PriceRow
from opsystem.business.wording import Line
from opsystem.operations import Permission, Work, query


def price_row(price: Price) -> PriceRow:
    """Return what is told about an entry."""
    return PriceRow(
        ref=price.ref,
        id=price.id,
        name=price.name,
        category=price.category,
        unit=price.unit,
        price_cents=price.price_cents,
        cost_cents=price.cost_cents,
        taxable=price.taxable,
        minutes=price.minutes,
        suggested=price.suggested,
        removed=price.removed_at is not None,
    )


@query(permission=Permission.PRICES_READ, label="List prices")
def list_prices(
    work: Work, *, text: Line = "", suggested_only: bool = False, include_removed: bool = False
) -> list[PriceRow]:
    """List the price list by category and name. Amounts are US cents for one unit."""
    statement = select(Price).order_by(Price.category, Price.name, Price.id)
    if text:
        statement = statement.where(
            or_(Price.name.icontains(text, autoescape=True), Price.category.icontains(text, autoescape=True))
        )
    if suggested_only:
        statement = statement.where(Price.suggested.is_(True))
    if not include_removed:
        statement = statement.where(Price.removed_at.is_(None))
    return [price_row(price) for price in work.session.scalars(statement)]
