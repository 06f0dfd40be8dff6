"""Quotes through the pages: written, rearranged, sent, accepted, made a job."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from opsystem.business.clients.operations import add_client
from opsystem.business.prices.operations import add_price, edit_price
from opsystem.business.quotes.operations import edit_quote
from opsystem.business.quotes.queries import show_quote
from tests.lifecycle.office import Office, browser_of


@pytest.fixture
def alice(office: Office) -> Client:
    return browser_of(office.alice)


def prepared(office: Office, alice: Client) -> str:
    """Return the address of a draft with two lines of the price list."""
    actor = office.actor(office.alice)
    given = {"name": "Ana Ruiz", "phone": "2285550142", "street": "1 Ash", "city": "Hurley"}
    client = add_client.perform(office.vault, actor, given).value
    for name, cents in (("Heater", 90000), ("Flush", 12000)):
        add_price.perform(office.vault, actor, {"name": name, "price_cents": cents})
    assert alice.get(office.path("quotes/new")).status_code == 200
    assert b"Heater" in alice.get(office.path(f"quotes/new?client={client.id}")).content
    sent = {"client": client.id, "price": ["S-1", "S-2"], "job": ""}
    return alice.post(office.path("quotes/new"), sent)["Location"]


def test_a_quote_is_written_and_answered_on_its_pages(office: Office, alice: Client) -> None:
    address = prepared(office, alice)
    assert b"$1,020.00" in alice.get(address).content
    assert alice.get(f"{address}/edit").status_code == 200
    lines = {
        "options.0.name": "",
        "options.0.lines.0.price": "S-1",
        "options.0.lines.0.description": "Heater",
        "options.0.lines.0.unit_cents": "900",
        "options.0.lines.1.description": "Flush",
        "options.0.lines.1.unit_cents": "abc",
        "title": "Heater",
        "expires_on": "2099-01-01",
    }
    up = alice.post(f"{address}/edit", {**lines, "act": "up.0.1"}).content.decode()
    assert up.index('value="Flush"') < up.index('value="Heater"', up.index("Lines"))
    wrong = alice.post(f"{address}/edit", {**lines, "act": "save"})
    assert wrong.status_code == 422
    assert b"Give an amount" in wrong.content
    assert b'value="abc"' in wrong.content
    good = {**lines, "options.0.lines.1.unit_cents": "120.50", "deposit": "50 %", "act": "save"}
    assert alice.post(f"{address}/edit", good)["Location"] == address
    assert alice.post(f"{address}/sent").status_code == 303
    assert alice.get(f"{address}/acceptance").status_code == 200
    option = show_quote.ask(office.vault, office.actor(office.alice), {"quote": "Q-1"}).options[0].id
    alice.post(f"{address}/acceptance", {"option": option, "name": "Ana", "terms_version": 0})
    assert b"$510.25" in alice.get(address).content, "half of 1,020.50 is asked for"
    assert b"Make job" in alice.get(address).content
    assert alice.get(f"{address}/job").status_code == 200
    line = show_quote.ask(office.vault, office.actor(office.alice), {"quote": "Q-1"}).options[0].lines[0].id
    made = alice.post(f"{address}/job", {"title": "Heater", "line": [line], "date": "", "time": ""})
    assert made["Location"].endswith("/jobs/1")
    assert b"Ana Ruiz" in alice.get(office.path("quotes?state=accepted")).content


def test_a_stale_edit_shows_both_and_keeps_what_was_typed(office: Office, alice: Client) -> None:
    address = prepared(office, alice)
    actor = office.actor(office.alice)
    edit_quote.perform(office.vault, actor, {"quote": "Q-1", "title": "The other's title"})
    mine = {"title": "My title", "base_version": "1", "act": "save", "options.0.name": ""}
    mine |= {"options.0.lines.0.description": "My line", "options.0.lines.0.unit_cents": "5"}
    told = alice.post(f"{address}/edit", mine)
    assert told.status_code == 409
    page = told.content.decode()
    assert 'value="My title"' in page
    assert 'value="My line"' in page
    assert "Heater" in page
    assert 'name="base_version" value="2"' in page


def test_saving_keeps_what_the_lines_cost(office: Office, alice: Client) -> None:
    address = prepared(office, alice)
    actor = office.actor(office.alice)
    lines = [
        {"price": "S-1", "unit_cents": 90000, "cost_cents": 61000},
        {"description": "Crane", "unit_cents": 50000, "cost_cents": 32050},
        {"price": "S-2"},
    ]
    edit_quote.perform(office.vault, actor, {"quote": "Q-1", "options": [{"lines": lines}]})
    edit_price.perform(office.vault, actor, {"price": "S-2", "cost_cents": 7000, "price_cents": 13000})
    page = alice.get(f"{address}/edit").content.decode()
    sent = dict(re.findall(r'name="(options[^"]*)"[^>]* value="([^"]*)"', page))
    sent |= {
        name: value for value, name in re.findall(r'value="([^"]*)" id="[^"]*" name="(options[^"]*)"', page)
    }
    sent = {name: text for name, text in sent.items() if not name.endswith(("taxable", "optional"))}
    assert alice.post(f"{address}/edit", {**sent, "title": "Heater", "act": "save"})["Location"] == address
    saved = show_quote.ask(office.vault, actor, {"quote": "Q-1"}).options[0].lines
    kept = [(one.description, one.unit_cents, one.cost_cents) for one in saved]
    assert kept == [("Heater", 90000, 61000), ("Crane", 50000, 32050), ("Flush", 12000, None)]
    assert saved[2].is_old_price
