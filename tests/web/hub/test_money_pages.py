"""What a client is shown of quotes and invoices: what was sent to him, and never what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from opsystem.business.invoices.drafts import draft_invoice
from opsystem.business.invoices.issuing import issue_invoice
from opsystem.business.quotes.operations import add_quote, mark_quote_sent
from opsystem.kit import clock
from tests.lifecycle.office import Office
from tests.web.hub.scene import Maria, browser, maria

LINE = {"description": "Heater 50 gal", "quantity_milli": 1000, "unit_cents": 123_400}


def quote(hers: Maria, *, sent: bool = True, days_ago: int = 0) -> int:
    office = hers.office
    alice, at = office.actor(office.alice), clock.now() - timedelta(days=days_ago)
    options: list[dict[str, Any]] = [{"name": "Good", "lines": [{**LINE, "cost_cents": 70_077}]}]
    given = {"client": hers.ref, "title": "New heater", "options": options}
    made = add_quote.perform(office.vault, alice, given, at=at).value
    if sent:
        mark_quote_sent.perform(office.vault, alice, {"quote": made.ref}, at=at)
    return made.id


def test_a_client_reads_his_quote_without_its_cost_and_no_draft(office: Office) -> None:
    hers, other = maria(office), maria(office, "Zoe Lake", "2285550177")
    sent, draft, foreign = quote(hers), quote(hers, sent=False), quote(other)
    tab = browser()
    home = tab.get(hers.path)
    assert "waits for your answer" in home.text and "$1,234" in home.text
    page = tab.get(f"{hers.path}/quotes/{sent}")
    assert page.status_code == 200 and "Heater 50 gal" in page.text
    assert "700" not in page.text
    assert tab.get(f"{hers.path}/quotes/{draft}").status_code == 404
    assert tab.get(f"{hers.path}/quotes/{foreign}").status_code == 404


def test_money_older_than_90_days_wants_a_code(office: Office) -> None:
    hers = maria(office)
    old = quote(hers, days_ago=100)
    tab = browser()
    answer = tab.get(f"{hers.path}/quotes/{old}")
    assert answer.status_code == 303 and answer["Location"].endswith("/prove")
    asked = tab.get(answer["Location"])
    assert "phone ending in 88" in asked.text and "Heater" not in asked.text


def test_a_client_reads_his_invoice(office: Office) -> None:
    hers, other = maria(office), maria(office, "Zoe Lake", "2285550177")
    alice, numbers = office.actor(office.alice), []
    for one in (hers, other):
        draft = draft_invoice.perform(office.vault, alice, {"client": one.ref, "lines": [LINE]}).value
        numbers.append(issue_invoice.perform(office.vault, alice, {"draft": draft.ref}).value.id)
    tab = browser()
    assert "is to be paid" in tab.get(hers.path).text
    page = tab.get(f"{hers.path}/invoices/{numbers[0]}")
    assert page.status_code == 200 and "$1,234" in page.text and "Due" in page.text
    assert tab.get(f"{hers.path}/invoices/{numbers[1]}").status_code == 404
