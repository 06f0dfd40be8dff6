"""Settings of invoices, and what is agreed with one client, by their pages; statements once a month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from opsystem.business.billing.due import run_billing
from opsystem.business.clients.operations import add_client
from opsystem.business.invoices.operations import draft_invoice, edit_invoice_settings, issue_invoice
from opsystem.business.jobs.operations import book_job
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene
from tests.business.conftest import vault
from tests.business.opening import ALICE
from tests.lifecycle.office import Office, browser_of

__all__ = ["vault"]
NOON = datetime(2026, 11, 3, 18, tzinfo=UTC)


def test_what_is_agreed_about_billing_is_set_by_its_pages(office: Office) -> None:
    alice, actor = browser_of(office.alice), office.actor(office.alice)
    ana = add_client.perform(office.vault, actor, {"name": "Ana Ruiz"}).value
    path = office.path("settings/invoices")
    given = {"terms_days": "30", "first_number": "500", "footer": "Thanks", "statement_day": "1"}
    assert alice.post(path, {**given, "terms_days": "soon"}).status_code == 422
    assert alice.post(path, given).status_code == 303
    page = alice.get(path).content.decode()
    assert "Thanks" in page and 'value="1" selected' in page
    billing = office.path(f"clients/{ana.id}/billing")
    paper = SimpleUploadedFile("st.pdf", b"%PDF-1.4 certificate", "application/pdf")
    assert alice.post(f"{billing}/exemption", {"certificate": ""}).status_code == 422
    assert alice.post(f"{billing}/exemption", {"certificate": "ST-5", "file": paper}).status_code == 303
    alice.post(f"{billing}/reminders", {"on": "no"})
    shown = alice.get(billing).content.decode()
    assert "Exempt by ST-5" in shown and "/files/" in shown and "Switched off by" in shown
    plan = office.path(f"clients/{ana.id}/plans/new")
    assert alice.get(plan).status_code == 200
    assert alice.post(plan, {"title": "Care", "every_months": "1"}).status_code == 422
    typed = {"title": "Care", "every_months": "3", "rows": "2", "description_0": "Care", "price_0": "90"}
    assert alice.post(plan, typed).status_code == 303
    assert alice.post(office.path("billing/plans/1/price"), {"percent": "10"}).status_code == 303
    assert alice.post(office.path("billing/plans/1/pause")).status_code == 303
    plans = alice.get(office.path("billing/plans")).content.decode()
    assert "$99.00" in plans and "Paused" in plans
    job = book_job.perform(office.vault, actor, {"client": ana.ref, "title": "Bath"}).value
    stages = office.path(f"jobs/{job.id}/stages")
    assert "Agree stages" in alice.get(stages).content.decode()
    assert alice.post(stages, {"sum_cents": "1000", "share_0": "x"}).status_code == 422
    agreed = {"sum_cents": "1000", "retainage": "10", "name_0": "Half", "share_0": "50", "share_1": "50"}
    assert alice.post(stages, agreed).status_code == 303
    assert alice.post(f"{stages}/next")["Location"] == office.path("invoices/500")
    assert "I-500" in alice.get(stages).content.decode()


def test_statements_go_out_once_in_a_month_to_those_who_owe(vault: Vault) -> None:
    scene.with_addresses(vault)
    owes = scene.client(vault, ALICE, "Ana Ruiz", "2285550101", email="ana@example.com")
    scene.client(vault, ALICE, "Zoe Free", "2285550102", email="zoe@example.com")
    _issue(vault, ALICE, owes)
    edit_invoice_settings.perform(vault, ALICE, {"statement_day": 5, "reminders_on": False}, at=NOON)
    run_billing(vault, NOON)
    assert scene.outbox(vault) == []
    for days in (4, 4, 20):
        run_billing(vault, NOON + timedelta(days=days))
    assert scene.outbox(vault) == [("email", "queued")]
    (message,) = scene.rows(vault, "message")
    assert "$100.00 is open on one invoice" in str(message) and "/c/" in str(message)
    run_billing(vault, NOON + timedelta(days=33))
    assert len(scene.outbox(vault)) == 2


def _issue(vault: Vault, actor: Actor, client: str) -> None:
    lines = [{"description": "Heater", "unit_cents": 10_000}]
    draft = draft_invoice.perform(vault, actor, {"client": client, "lines": lines}, at=NOON).value
    issue_invoice.perform(vault, actor, {"draft": draft.ref}, at=NOON)
