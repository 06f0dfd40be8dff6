"""Drafts edited by two, invoices sent with a link, payments given back and taken back, by their pages."""

from __future__ import annotations

import pytest
from django.test import Client

from opsystem.business.clients.operations import add_client
from opsystem.business.invoices.operations import draft_invoice, issue_invoice
from opsystem.business.invoices.queries import show_draft
from opsystem.business.jobs.operations import book_job
from tests.business import scene
from tests.lifecycle.office import Office, browser_of


@pytest.fixture
def alice(office: Office) -> Client:
    return browser_of(office.alice)


def _client(office: Office) -> str:
    who = {"name": "Ana Ruiz", "phone": "(228) 555-0142", "email": "ana@example.com"}
    return add_client.perform(office.vault, office.actor(office.alice), who).value.ref


def _invoice(office: Office, client: str, cents: int = 10_000) -> int:
    actor = office.actor(office.alice)
    lines = [{"description": "Heater", "unit_cents": cents}]
    draft = draft_invoice.perform(office.vault, actor, {"client": client, "lines": lines}).value
    return issue_invoice.perform(office.vault, actor, {"draft": draft.ref}).value.id


def test_of_two_edits_of_a_draft_the_later_sees_both_and_loses_nothing(office: Office, alice: Client) -> None:
    actor, ana = office.actor(office.alice), _client(office)
    line = {"description": "Heater", "unit_cents": 10_000, "discount_cents": 500, "cost_cents": 70}
    draft = draft_invoice.perform(office.vault, actor, {"client": ana, "lines": [line]}).value
    path = office.path(f"invoices/drafts/{draft.id}/edit")
    assert 'name="rows" value="4"' in alice.get(path).content.decode()
    typed = {"base_version": "1", "rows": "4", "was_0": "Heater", "description_0": "Big heater"}
    first = {**typed, "price_0": "120", "discount": "10 %", "terms_days": "30", "title": "Cellar"}
    assert alice.post(path, first).status_code == 303
    page = show_draft.ask(office.vault, actor, {"draft": draft.ref})
    kept = page.lines[0]
    assert (kept.description, kept.unit_cents, kept.discount_cents, kept.cost_cents) == (
        "Big heater", 12_000, 500, 70,
    )  # fmt: skip
    assert (page.discount_milli_percent, page.terms_days) == (10_000, 30)
    second = {**typed, "price_0": "7", "description_0": "Small heater"}
    late = alice.post(path, second)
    text = late.content.decode()
    assert late.status_code == 409 and "Small heater" in text and "Big heater" in text
    assert 'name="base_version" value="2"' in text
    assert alice.post(path, {**second, "base_version": "2"}).status_code == 303
    assert alice.post(path, {**second, "base_version": "3", "discount": "much"}).status_code == 422


def test_an_invoice_is_sent_with_a_link_and_says_who_cannot_be_reached(office: Office, alice: Client) -> None:
    scene.with_addresses(office.vault)
    number = _invoice(office, _client(office))
    path = office.path(f"invoices/{number}/sending")
    page = alice.get(path).content.decode()
    assert "{link}" in page and "$100.00" in page
    assert (
        alice.post(path, {"channel": "email", "subject": "Bill", "body": "Here: {link} Bye"}).status_code
        == 303
    )
    (row,) = [one for one in scene.rows(office.vault, "message") if "/c/" in str(one)]
    assert "{link}" not in str(row)
    nobody = add_client.perform(office.vault, office.actor(office.alice), {"name": "No Way"}).value.ref
    path = office.path(f"invoices/{_invoice(office, nobody)}/sending")
    assert "has no email address" in alice.get(path).content.decode()
    sent = alice.post(path, {"channel": "email", "body": "My words"})
    assert sent.status_code == 422 and "My words" in sent.content.decode()


def test_payments_are_taken_in_given_back_and_taken_back_by_their_pages(
    office: Office, alice: Client
) -> None:
    actor, ana = office.actor(office.alice), _client(office)
    number, job = (
        _invoice(office, ana),
        book_job.perform(office.vault, actor, {"client": ana, "title": "Tap"}),
    )
    add = office.path(f"clients/{ana[2:]}/payments/new")
    form = alice.get(add).content.decode()
    assert "100.00" in form and f"Deposit for {job.value.ref}" in form
    assert alice.post(add, {"cents": "lots", "method": "cash"}).status_code == 422
    paid = alice.post(add, {"cents": "60", "method": "check", "for": f"I-{number}", "reference": "204"})
    kept = alice.post(add, {"cents": "30", "method": "cash", "for": job.value.ref})
    assert "Deposit for" in alice.get(kept["Location"]).content.decode()
    assert alice.post(f"{kept['Location']}/refund", {"cents": "31"}).status_code == 422
    assert alice.post(f"{kept['Location']}/refund", {"cents": "10", "reason": "Less"}).status_code == 303
    page = alice.get(kept["Location"]).content.decode()
    assert "$10.00" in page and "Less" in page
    assert alice.post(f"{paid['Location']}/void", {"reason": ""}).status_code == 422
    assert alice.post(f"{paid['Location']}/void", {"reason": "Bounced"}).status_code == 303
    assert "Taken back by" in alice.get(paid["Location"]).content.decode()
    assert "Taken back" in alice.get(office.path("payments")).content.decode()
    client = alice.get(office.path(f"clients/{ana[2:]}")).content.decode()
    assert "$20.00" in client and "$100.00" in client and "Record payment" in client
    void = office.path(f"invoices/{number}/void")
    alice.post(void, {"reason": "Not done"})
    late = alice.get(office.path(f"invoices/{number}/payment")).content.decode()
    assert "it is void" in late
    alice.post(office.path(f"invoices/{number}/payment"), {"cents": "5", "method": "cash"})
    assert "was voided. $5.00 is kept as the client" in alice.get(office.path("money")).content.decode()
