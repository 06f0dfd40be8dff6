"""What stands in the price form, read as the operations take it, and the other way round."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from opsystem.business.prices.records import PriceRow
from opsystem.kit.errors import Invalid
from opsystem.kit.money import parse_cents

_TEXTS = ("name", "category", "unit")
_AMOUNTS = ("price_cents", "cost_cents")
CAN_BE_EMPTY = ("cost_cents", "minutes")


def read_price(sent: QueryDict) -> dict[str, Any]:
    """Return what was typed, with amounts in cents. Raises Invalid for an amount that is none."""
    given: dict[str, Any] = {name: sent.get(name, "") for name in _TEXTS}
    wrong = {} if sent.get("price_cents", "").strip() else {"price_cents": "This is needed."}
    for name in _AMOUNTS:
        if sent.get(name, "").strip():
            try:
                given[name] = parse_cents(str(sent[name]))
            except Invalid as problem:
                wrong[name] = problem.message
    if sent.get("minutes", "").strip():
        given["minutes"] = sent["minutes"]
    if not given["name"].strip():
        wrong["name"] = "This is needed."
    if wrong:
        raise Invalid("Please check what is marked.", code="bad_input", fields=wrong)
    return {**given, "taxable": "taxable" in sent}


def as_typed(price: PriceRow) -> dict[str, str]:
    """Return the form's fields of an entry, as a person would type them."""
    return {
        "name": price.name,
        "category": price.category,
        "unit": price.unit,
        "price_cents": _amount(price.price_cents),
        "cost_cents": _amount(price.cost_cents),
        "minutes": "" if price.minutes is None else str(price.minutes),
        **({"taxable": "on"} if price.taxable else {}),
    }


def _amount(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100:,}.{cents % 100:02d}"
