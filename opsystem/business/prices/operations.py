"""What may be done about the price list."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from opsystem.business.prices.models import Price
from opsystem.business.references import PriceRef, number_of
from opsystem.business.wording import Line, Name
from opsystem.kit.errors import Conflict
from opsystem.kit.money import Cents, show_cents
from opsystem.operations import Effect, Permission, Saved, Work, operation

Unit = Annotated[
    str, Field(min_length=1, max_length=40, description="What one is: each, hour, visit, sq ft.")
]
Minutes = Annotated[int, Field(ge=1, le=10_080, description="Minutes of work for one unit.")]


@operation(permission=Permission.PRICES_WRITE, effect=Effect.DRAFT, label="Add price")
def add_price(
    work: Work,
    *,
    name: Name,
    price_cents: Cents,
    unit: Unit = "each",
    category: Line = "",
    cost_cents: Cents | None = None,
    taxable: bool = False,
    minutes: Minutes | None = None,
) -> Saved:
    """Add an entry to the price list. Amounts are US cents for one unit."""
    price = Price(
        name=name,
        price_cents=price_cents,
        unit=unit,
        category=category,
        cost_cents=cost_cents,
        taxable=taxable,
        minutes=minutes,
    )
    work.session.add(price)
    work.session.flush()
    work.describe(f"Added {name} at {show_cents(price_cents)} to the price list")
    return Saved(ref=price.ref, id=price.id)


@operation(permission=Permission.PRICES_WRITE, effect=Effect.COMMIT, label="Edit price")
def edit_price(
    work: Work,
    *,
    price: PriceRef,
    name: Name | None = None,
    price_cents: Cents | None = None,
    unit: Unit | None = None,
    category: Line | None = None,
    cost_cents: Cents | None = None,
    taxable: bool | None = None,
    minutes: Minutes | None = None,
    clear: tuple[Literal["cost_cents", "minutes"], ...] = (),
) -> Saved:
    """Change an entry, or confirm a suggested one. What is not given stays; `clear` empties a field."""
    row = _present(work, price)
    given = {
        "name": name,
        "price_cents": price_cents,
        "unit": unit,
        "category": category,
        "cost_cents": cost_cents,
        "taxable": taxable,
        "minutes": minutes,
    }
    before = row.price_cents
    for field, value in given.items():
        if value is not None:
            setattr(row, field, value)
    for field in clear:
        setattr(row, field, None)
    row.suggested = False
    moved = (
        f" from {show_cents(before)} to {show_cents(row.price_cents)}" if row.price_cents != before else ""
    )
    work.describe(
        f"Changed the price of {row.name}{moved}" if moved else f"Edited {row.name} in the price list"
    )
    return Saved(ref=row.ref, id=row.id)


@operation(permission=Permission.PRICES_WRITE, effect=Effect.COMMIT, label="Remove price")
def remove_price(work: Work, *, price: PriceRef) -> Saved:
    """Take an entry off the price list."""
    row = _present(work, price)
    row.removed_at = work.now
    row.removed_by = work.actor.name
    work.describe(f"Removed {row.name} from the price list")
    return Saved(ref=row.ref, id=row.id)


def _present(work: Work, reference: str) -> Price:
    row = work.get(Price, number_of(reference), "price")
    if row.removed_at is not None:
        raise Conflict(f"{row.name} was removed from the price list.", code="price_removed")
    return row
