"""The price list: found, added, checked, changed, taken off and put back."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from opsystem.business.packs.operations import install_pack
from opsystem.business.prices.operations import add_price
from opsystem.business.prices.queries import list_prices
from opsystem.business.prices.records import PriceRow
from tests.control.people import new_person
from tests.lifecycle.office import Office, browser_of

CAMERA = {
    "name": "Camera inspection",
    "category": "Drains",
    "unit": "each",
    "price_cents": "1,295.50",
    "cost_cents": "80",
    "minutes": "60",
    "taxable": "on",
}


@pytest.fixture
def alice(office: Office) -> Client:
    return browser_of(office.alice)


def prices(office: Office) -> list[PriceRow]:
    return list_prices.ask(office.vault, office.actor(office.alice))


def test_a_price_is_added_as_it_was_typed(office: Office, alice: Client) -> None:
    assert alice.post(office.path("prices/new"), CAMERA)["Location"] == office.path("prices")
    (row,) = prices(office)
    assert (row.price_cents, row.cost_cents, row.minutes, row.taxable) == (129_550, 8_000, 60, True)
    page = alice.get(office.path("prices")).content.decode()
    for words in ("Camera inspection", "$1,295.50 / each", "Drains", "Added Camera inspection", "Undo"):
        assert words in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "This is needed."),
        ("price_cents", "", "This is needed."),
        ("price_cents", "cheap", "Give an amount like 125 or 1,250.50."),
        ("cost_cents", "-4", "Give an amount like 125 or 1,250.50."),
        ("minutes", "an hour", "This must be a whole number."),
        ("unit", "", "This is needed."),
    ],
)
def test_bad_input_is_said_at_its_field_and_kept(
    office: Office, alice: Client, field: str, typed: str, said: str
) -> None:
    answer = alice.post(office.path("prices/new"), {**CAMERA, field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'value="{typed}"' in page
    assert prices(office) == []


def test_a_price_is_changed_and_its_fields_emptied(office: Office, alice: Client) -> None:
    alice.post(office.path("prices/new"), CAMERA)
    page = alice.get(office.path("prices/1/edit")).content.decode()
    assert 'value="1,295.50"' in page
    alice.post(office.path("prices/1/edit"), {"name": "Camera", "unit": "visit", "price_cents": "150"})
    (row,) = prices(office)
    assert (row.name, row.category, row.unit, row.price_cents) == ("Camera", "", "visit", 15_000)
    assert (row.cost_cents, row.minutes, row.taxable) == (None, None, False)


def test_suggestions_wait_for_one_click_each(office: Office, alice: Client) -> None:
    install_pack.perform(office.vault, office.actor(office.alice), {"name": "plumbing"})
    count = len(prices(office))
    page = alice.get(office.path("prices")).content.decode()
    assert page.count("Suggested, please check") == count
    first = prices(office)[0]
    alice.post(office.path(f"prices/{first.id}/check"))
    assert [row.suggested for row in prices(office)].count(True) == count - 1
    assert first.name not in alice.get(office.path("prices?check=1")).content.decode().split("price-rows")[1]


def test_a_click_in_place_answers_with_the_rows_and_undo(office: Office, alice: Client) -> None:
    install_pack.perform(office.vault, office.actor(office.alice), {"name": "plumbing"})
    headers = {"HX-Request": "true", "HX-Target": "div#price-rows"}
    answer = alice.post(office.path("prices/1/check"), {"check": "1"}, headers=headers)
    page = answer.content.decode()
    assert "<html" not in page
    assert "hx-partial" in page
    assert re.search(r"history/\d+/undo", page)


def test_the_list_is_searched(office: Office, alice: Client) -> None:
    for name in ("Faucet", "Toilet"):
        add_price.perform(office.vault, office.actor(office.alice), {"name": name, "price_cents": 100})
    rows = alice.get(office.path("prices?text=fau")).content.decode().split('id="price-rows"')[1]
    assert "Faucet" in rows
    assert "Toilet" not in rows
    assert "No price is called “<b>”".replace("<b>", "&lt;b&gt;") in alice.get(
        office.path("prices?text=<b>")
    ).content.decode().replace("&#34;", '"')


def test_a_price_is_taken_off(office: Office, alice: Client) -> None:
    alice.post(office.path("prices/new"), CAMERA)
    assert alice.post(office.path("prices/1/removal"))["Location"] == office.path("prices")
    assert prices(office) == []
    assert alice.get(office.path("prices/1/edit")).status_code == 404


def test_bob_sees_no_prices_and_dana_only_reads_what_her_role_lets_her(office: Office) -> None:
    add_price.perform(office.vault, office.actor(office.alice), {"name": "Faucet", "price_cents": 100})
    bob, rita = browser_of(office.hire("Bob", "technician")), browser_of(office.hire("Rita", "readonly"))
    for rest in ("prices", "prices/new", "prices/1/edit"):
        assert bob.get(office.path(rest)).status_code == 403
    for rest in ("prices/new", "prices/1/edit", "prices/1/check", "prices/1/removal"):
        assert bob.post(office.path(rest), CAMERA).status_code == 403
        assert rita.post(office.path(rest), CAMERA).status_code == 403
    assert "Faucet" in rita.get(office.path("prices")).content.decode()
    assert browser_of(new_person("Carl")).get(office.path("prices")).status_code == 404
