"""Quotes to tell stories with."""

from __future__ import annotations

from typing import Any

from opsystem.business.prices.operations import add_price
from opsystem.business.quotes.operations import add_quote, mark_quote_sent, set_quote_terms
from opsystem.business.quotes.queries import show_quote
from opsystem.business.quotes.records import QuoteRecord
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene


def price(vault: Vault, alice: Actor, name: str, cents: int, **more: Any) -> str:
    """Return the reference of a new price."""
    return add_price.perform(vault, alice, {"name": name, "price_cents": cents, **more}).value.ref


def three_options(vault: Vault, alice: Actor, **more: Any) -> str:
    """Return a draft for Maria with good, better and best; the best leaves one line to her."""
    whose = scene.client(vault, alice, street="4 Pine St", city="Hurley", email="maria@example.com")
    heater = price(vault, alice, "Water heater 40 gal", 90000, cost_cents=50000)
    flush = {"description": "Yearly flush", "unit_cents": 12000, "optional": True}
    options = [
        {"name": "Good", "lines": [{"price": heater}]},
        {
            "name": "Better",
            "lines": [{"price": heater}, {"description": "Expansion tank", "unit_cents": 25000}],
        },
        {"name": "Best", "lines": [{"price": heater, "quantity_milli": 2000}, flush]},
    ]
    given = {"client": whose, "title": "Water heater", "options": options, **more}
    return add_quote.perform(vault, alice, given).value.ref


def sent(vault: Vault, alice: Actor, **more: Any) -> QuoteRecord:
    """Return the quote with three options, sent, with terms."""
    set_quote_terms.perform(vault, alice, {"body": "Half down. Two years on labor."})
    ref = three_options(vault, alice, **more)
    mark_quote_sent.perform(vault, alice, {"quote": ref})
    return show_quote.ask(vault, alice, {"quote": ref})
