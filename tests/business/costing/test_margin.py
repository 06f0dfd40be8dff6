"""Row 47: the margin is live, and equal to its parts to the cent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from opsystem.business.billing.operations import agree_progress, bill_stage, draft_job_invoice
from opsystem.business.costing.queries import list_job_costs, show_job_cost
from opsystem.business.costing.records import JobCost
from opsystem.business.expenses.operations import add_expense, void_expense
from opsystem.business.invoices.operations import credit_invoice, issue_invoice, void_invoice
from opsystem.business.joblines.operations import add_job_line
from opsystem.business.jobs.operations import book_job, complete_job, start_visit
from opsystem.business.timesheets.operations import set_hour_cost
from opsystem.kit.errors import Forbidden
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene

NINE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def cost(vault: Vault, actor: Actor, job: str, at: datetime = NINE) -> JobCost:
    return show_job_cost.ask(vault, actor, {"job": job}, at=at)


def test_row_47_the_live_margin_is_revenue_less_labor_parts_and_expenses_to_the_cent(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    client = scene.client(vault, alice)
    job = scene.job(vault, alice, client, goes=bob)
    line = {"job": job, "description": "Heater", "unit_cents": 90_000, "cost_cents": 51_333}
    add_job_line.perform(vault, alice, {**line, "quantity_milli": 1_500})
    set_hour_cost.perform(vault, alice, {"member": "U-2", "cents": 4_111, "since": "2020-01-01"})
    start_visit.perform(vault, bob, {"visit": "V-1"}, at=NINE)
    spent = add_expense.perform(vault, alice, {"what": "Permit", "cents": 7_777, "job": job}).value
    now = cost(vault, alice, job, NINE + timedelta(minutes=47))
    assert (now.revenue_cents, now.parts_cents, now.expense_cents) == (135_000, 77_000, 7_777)
    assert (now.labor_minutes, now.labor_cents) == (47, 3_220), "the clock runs: 47 / 60 of 41.11"
    assert now.margin_cents == 135_000 - 77_000 - 7_777 - 3_220 == now.revenue_cents - now.cost_cents
    assert cost(vault, alice, job, NINE + timedelta(minutes=60)).labor_cents == 4_111
    draft = draft_job_invoice.perform(vault, alice, {"job": job}).value
    invoice = issue_invoice.perform(vault, alice, {"draft": draft.ref}).value.ref
    billed = cost(vault, alice, job)
    assert (billed.invoiced_cents, billed.to_invoice_cents) == (135_000, 0)
    credit_invoice.perform(vault, alice, {"invoice": invoice, "cents": 35_000, "reason": "Scratched"})
    void_expense.perform(vault, alice, {"expense": spent.ref, "reason": "Twice"})
    after = cost(vault, alice, job)
    assert (after.revenue_cents, after.expense_cents) == (100_000, 0)
    with pytest.raises(Forbidden):
        show_job_cost.ask(vault, bob, {"job": job})


def test_row_32_a_callbacks_cost_lands_on_the_originals_margin(vault: Vault, alice: Actor) -> None:
    client = scene.client(vault, alice)
    job = scene.job(vault, alice, client)
    add_job_line.perform(vault, alice, {"job": job, "description": "Repair", "unit_cents": 50_000})
    again = {"client": client, "title": "Leaks again", "original_job": job}
    back = book_job.perform(vault, alice, again).value.ref
    add_expense.perform(vault, alice, {"what": "Seal", "cents": 1_250, "job": back})
    complete_job.perform(vault, alice, {"job": job}, at=NINE)
    complete_job.perform(vault, alice, {"job": back}, at=NINE)
    (row,) = list_job_costs.ask(vault, alice, {"since": NINE.date(), "until": NINE.date()})
    assert (row.job, row.margin_cents, row.callbacks) == (job, 48_750, [back])
    assert row.unpriced_lines == 1


def test_a_voided_invoice_and_stages_are_still_to_come(vault: Vault, alice: Actor) -> None:
    job = scene.job(vault, alice, scene.client(vault, alice))
    stages = [{"name": "Rough-in", "share": 1}, {"name": "Finish", "share": 1}]
    agree_progress.perform(vault, alice, {"job": job, "sum_cents": 10_001, "stages": stages})
    invoice = bill_stage.perform(vault, alice, {"job": job}).value.ref
    told = cost(vault, alice, job)
    assert (told.invoiced_cents, told.revenue_cents) == (5_001, 10_001)
    void_invoice.perform(vault, alice, {"invoice": invoice, "reason": "Wrong"})
    told = cost(vault, alice, job)
    assert (told.invoiced_cents, told.revenue_cents) == (0, 10_001)
