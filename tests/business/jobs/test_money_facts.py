"""A job's state follows quote, visit, invoice and money, both ways."""

from __future__ import annotations

from datetime import UTC, datetime

from opsystem.business.acceptance.converting import convert_quote
from opsystem.business.acceptance.operations import accept_quote
from opsystem.business.billing.operations import agree_progress, bill_stage, draft_job_invoice
from opsystem.business.billing.queries import list_jobs_to_invoice
from opsystem.business.history.operations import undo_change
from opsystem.business.invoices.operations import credit_invoice, issue_invoice, void_invoice
from opsystem.business.joblines.operations import add_job_line, edit_job_line, remove_job_line
from opsystem.business.jobs.operations import complete_job, finish_visit, skip_billing
from opsystem.business.jobs.queries import list_jobs
from opsystem.business.overview.queries import show_job
from opsystem.business.payments.operations import record_payment, refund_payment, void_payment
from opsystem.business.quotes.operations import add_quote, mark_quote_sent
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene
from tests.business.quotes.offers import sent

NINE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def state(vault: Vault, actor: Actor, job: str) -> str:
    return show_job.ask(vault, actor, {"job": job}).job.state


def facts(vault: Vault, actor: Actor, job: str) -> dict[str, str]:
    return {one.what: one.by for one in show_job.ask(vault, actor, {"job": job}).facts}


def billed(vault: Vault, actor: Actor, job: str) -> str:
    draft = draft_job_invoice.perform(vault, actor, {"job": job}).value
    return issue_invoice.perform(vault, actor, {"draft": draft.ref}).value.ref


def test_a_job_lives_from_quote_to_visit_invoice_payment_and_refund(vault: Vault, alice: Actor) -> None:
    quote = sent(vault, alice)
    yes = {"quote": quote.ref, "name": "Maria Alvarez", "terms_version": 1, "option": quote.options[0].id}
    accept_quote.perform(vault, alice, yes)
    made = convert_quote.perform(vault, alice, {"quote": quote.ref, "starts_at": NINE}).value
    told = facts(vault, alice, made.ref)
    assert (told["quoted"], told["approved"]) == ("Alice Reyes", "Maria Alvarez")
    assert state(vault, alice, made.ref) == "scheduled"
    finish_visit.perform(vault, alice, {"visit": made.visit})
    complete_job.perform(vault, alice, {"job": made.ref})
    assert state(vault, alice, made.ref) == "done"
    assert [one.ref for one in list_jobs.ask(vault, alice, {"state": "to_bill"}).rows] == [made.ref]
    invoice = billed(vault, alice, made.ref)
    assert state(vault, alice, made.ref) == "invoiced"
    assert list_jobs.ask(vault, alice, {"state": "to_bill"}).rows == []
    pay = {"client": "C-1", "cents": 90_000, "method": "card", "invoices": [invoice]}
    first = record_payment.perform(vault, alice, {**pay, "cents": 40_000}).value
    assert state(vault, alice, made.ref) == "invoiced"
    record_payment.perform(vault, alice, {**pay, "cents": 50_000})
    assert state(vault, alice, made.ref) == "paid"
    refund_payment.perform(vault, alice, {"payment": first.ref, "cents": 100})
    assert state(vault, alice, made.ref) == "invoiced"
    void_payment.perform(vault, alice, {"payment": "PY-2", "reason": "Bounced"})
    credit_invoice.perform(vault, alice, {"invoice": invoice, "cents": 50_100, "reason": "Scratched"})
    assert state(vault, alice, made.ref) == "paid", "what is credited is owed no more"
    void = {"invoice": invoice, "reason": "Wrong"}
    other = billed_again(vault, alice, made.ref)
    assert state(vault, alice, made.ref) == "invoiced"
    void_invoice.perform(vault, alice, {**void, "invoice": other})
    assert state(vault, alice, made.ref) == "done", "its line is open again"


def billed_again(vault: Vault, actor: Actor, job: str) -> str:
    add_job_line.perform(vault, actor, {"job": job, "description": "Valve", "unit_cents": 4_000})
    assert state(vault, actor, job) == "done"
    return billed(vault, actor, job)


def test_a_quote_for_a_job_tells_it_and_undo_takes_it_back(vault: Vault, alice: Actor) -> None:
    client = scene.client(vault, alice)
    job = scene.job(vault, alice, client)
    option = {"lines": [{"description": "Repipe", "unit_cents": 500_000}]}
    quote = add_quote.perform(vault, alice, {"client": client, "job": job, "options": [option]}).value.ref
    mark_quote_sent.perform(vault, alice, {"quote": quote})
    assert state(vault, alice, job) == "quoted"
    yes = {"quote": quote, "name": "Maria", "terms_version": 0}
    done = accept_quote.perform(vault, alice, yes)
    assert state(vault, alice, job) == "unscheduled"
    undo_change.perform(vault, alice, {"change": f"H-{done.change_set_id}"})
    assert state(vault, alice, job) == "quoted"


def test_stages_count_until_the_last_and_what_was_held_back(vault: Vault, alice: Actor) -> None:
    job = scene.job(vault, alice, scene.client(vault, alice))
    stages = [{"name": "Rough-in", "share": 1}, {"name": "Finish", "share": 1}]
    agreed = {"job": job, "sum_cents": 10_000, "stages": stages, "retainage_milli_percent": 10_000}
    agree_progress.perform(vault, alice, agreed)
    complete_job.perform(vault, alice, {"job": job})
    seen = []
    for _ in range(3):
        bill_stage.perform(vault, alice, {"job": job})
        seen.append(state(vault, alice, job))
    assert seen == ["done", "done", "invoiced"]


def test_a_free_line_waits_for_nothing_and_a_job_without_money_is_skipped(vault: Vault, alice: Actor) -> None:
    job = scene.job(vault, alice, scene.client(vault, alice))
    line = {"job": job, "description": "Warranty call"}
    free = add_job_line.perform(vault, alice, {**line, "unit_cents": 0}).value.id
    complete_job.perform(vault, alice, {"job": job})
    assert len(list_jobs_to_invoice.ask(vault, alice)) == 1
    skip_billing.perform(vault, alice, {"job": job})
    assert list_jobs_to_invoice.ask(vault, alice) == []
    assert list_jobs.ask(vault, alice, {"state": "to_bill"}).rows == []
    paid = add_job_line.perform(vault, alice, {**line, "unit_cents": 900}).value.id
    billed(vault, alice, job)
    told = facts(vault, alice, job)
    assert "unbilled" not in told
    assert "invoiced" in told
    edit_job_line.perform(vault, alice, {"job": job, "line": paid, "quantity_milli": 2_000})
    assert "invoiced" not in facts(vault, alice, job), "one more of it is open"
    edit_job_line.perform(vault, alice, {"job": job, "line": paid, "quantity_milli": 1_000})
    assert "invoiced" in facts(vault, alice, job)
    assert free
    extra = add_job_line.perform(vault, alice, {**line, "unit_cents": 1}).value.id
    remove_job_line.perform(vault, alice, {"job": job, "line": extra})
    assert "invoiced" in facts(vault, alice, job)
