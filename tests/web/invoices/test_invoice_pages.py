"""Invoices by their pages: written, issued, paid in part, credited, and followed down to the books."""

from __future__ import annotations

import pytest
from django.test import Client

from opsystem.business.clients.operations import add_client
from opsystem.business.invoices.queries import list_invoices
from opsystem.business.joblines.operations import add_job_line
from opsystem.business.jobs.operations import book_job, complete_job
from tests.lifecycle.office import Office, browser_of


@pytest.fixture
def alice(office: Office) -> Client:
    return browser_of(office.alice)


def test_an_invoice_goes_from_blank_page_to_paid_and_to_the_books(office: Office, alice: Client) -> None:
    actor = office.actor(office.alice)
    ana = add_client.perform(
        office.vault,
        actor,
        {"name": "Ana Ruiz", "street": "1 Oak", "city": "Hurley"},
    ).value
    for path in ("invoices", "money", "money/statements", "money/taxes", "invoices/new", "invoices/batch"):
        assert alice.get(office.path(path)).status_code == 200, path
    tax = {"name": "State", "percent": "7.5"}
    assert alice.post(office.path("money/taxes"), tax).status_code == 303
    assert alice.post(office.path("money/taxes"), {"name": "State", "percent": "much"}).status_code == 422
    new = office.path("invoices/new")
    assert "Ana Ruiz" in alice.get(new).content.decode()
    assert alice.get(f"{new}?client={ana.id}").status_code == 200
    bad = alice.post(new, {"client": ana.id, "description_0": "Heater", "price_0": "lots"})
    assert "Heater" in bad.content.decode() and "Give an amount" in bad.content.decode()
    typed = {"client": ana.id, "description_0": "Heater", "price_0": "1,000", "taxable_0": "on"}
    draft = alice.post(new, typed)["Location"]
    assert "$1,075.00" in alice.get(draft).content.decode()
    shown = alice.post(f"{draft}/issue")["Location"]
    assert shown == office.path("invoices/1001")
    for part in ("", "/payment", "/sending", "/credit", "/void", "/write-off"):
        assert alice.get(shown + part).status_code == 200, part
    alice.post(f"{shown}/payment", {"cents": "1,100", "method": "check", "reference": "204"})
    page = alice.get(shown).content.decode()
    assert "$25.00 is kept as the client" in page and "Paid" in page
    alice.post(f"{shown}/credit", {"cents": "75", "reason": "Late"})
    assert "Credit note" in alice.get(shown).content.decode()
    for path in ("money", "money/accounts/1200", "money/entries/1", f"money/statements/{ana.id}"):
        assert "$" in alice.get(office.path(path)).content.decode()
    assert alice.get(office.path("money/accounts/7")).status_code == 404


def test_finished_jobs_are_invoiced_in_one_run_from_their_page(office: Office, alice: Client) -> None:
    actor = office.actor(office.alice)
    client = add_client.perform(office.vault, actor, {"name": "Ana Ruiz"}).value.ref
    for _ in range(2):
        job = book_job.perform(office.vault, actor, {"client": client, "title": "Sink"}).value
        add_job_line.perform(
            office.vault, actor, {"job": job.ref, "description": "Sink", "unit_cents": 10_000}
        )
        complete_job.perform(office.vault, actor, {"job": job.ref})
    told = alice.post(office.path("invoices/batch"), {"job": ["1", "2"]}).content.decode()
    assert "I-1001" in told and "I-1002" in told
    assert list_invoices.ask(office.vault, actor, {"which": "unpaid"}).total == 2


def test_a_technician_finds_no_money(office: Office) -> None:
    bob = browser_of(office.hire("Bob", "technician"))
    for path in ("invoices", "money", "invoices/new", "money/taxes"):
        assert bob.get(office.path(path)).status_code == 403
