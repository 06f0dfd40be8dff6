"""Promises about the price list."""

from __future__ import annotations

from typing import Any

import pytest

from opsystem.business.packs.operations import install_pack
from opsystem.business.prices.operations import add_price, edit_price, remove_price
from opsystem.business.prices.queries import list_prices
from opsystem.kit.errors import Conflict, Forbidden, Invalid
from opsystem.operations import Actor
from opsystem.vault import Vault


def test_the_list_is_sorted_by_category_and_name(vault: Vault, dana: Actor) -> None:
    for category, name in (("Service", "Visit"), ("Drains", "Main"), ("Drains", "Fixture")):
        add_price.perform(vault, dana, {"name": name, "category": category, "price_cents": 100})
    assert [row.name for row in list_prices.ask(vault, dana)] == ["Fixture", "Main", "Visit"]
    assert [row.name for row in list_prices.ask(vault, dana, {"text": "drain"})] == ["Fixture", "Main"]


def test_a_suggested_price_is_confirmed_by_editing_it(vault: Vault, alice: Actor) -> None:
    install_pack.perform(vault, alice, {"name": "plumbing"})
    suggested = list_prices.ask(vault, alice, {"suggested_only": True})
    edit_price.perform(vault, alice, {"price": suggested[0].ref})
    left = list_prices.ask(vault, alice, {"suggested_only": True})
    assert len(left) == len(suggested) - 1
    [same] = [row for row in list_prices.ask(vault, alice) if row.ref == suggested[0].ref]
    assert same.price_cents == suggested[0].price_cents


def test_a_field_can_be_emptied(vault: Vault, alice: Actor) -> None:
    given = {"name": "Visit", "price_cents": 9900, "cost_cents": 4000, "minutes": 60}
    add_price.perform(vault, alice, given)
    edit_price.perform(vault, alice, {"price": "S-1", "price_cents": 10900, "clear": ["cost_cents"]})
    [row] = list_prices.ask(vault, alice)
    assert (row.price_cents, row.cost_cents, row.minutes) == (10900, None, 60)


def test_a_removed_price_is_gone_from_the_list_and_kept(vault: Vault, alice: Actor) -> None:
    add_price.perform(vault, alice, {"name": "Visit", "price_cents": 9900})
    remove_price.perform(vault, alice, {"price": "S-1"})
    assert list_prices.ask(vault, alice) == []
    assert [row.removed for row in list_prices.ask(vault, alice, {"include_removed": True})] == [True]
    for operation in (edit_price, remove_price):
        with pytest.raises(Conflict, match="Visit was removed from the price list"):
            operation.perform(vault, alice, {"price": "S-1"})


def test_bob_sees_no_prices(vault: Vault, bob: Actor) -> None:
    with pytest.raises(Forbidden):
        list_prices.ask(vault, bob)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"price_cents": -1}, "price_cents"),
        ({"price_cents": 10**12}, "price_cents"),
        ({"price_cents": "9.99"}, "price_cents"),
        ({"minutes": 0}, "minutes"),
        ({"unit": ""}, "unit"),
        ({"name": ""}, "name"),
    ],
)
def test_bad_input_is_answered_at_its_field(
    vault: Vault, alice: Actor, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        add_price.perform(vault, alice, {"name": "Visit", "price_cents": 9900, **given})
    assert caught.value.fields.keys() == {field}
