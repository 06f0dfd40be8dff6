"""The rows of the features about invoices and money, each with what it promises."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from opsystem.business.billing.due import run_billing
from opsystem.business.billing.operations import (
    add_billing_plan,
    agree_progress,
    bill_stage,
    draft_job_invoice,
    invoice_jobs,
    raise_plan,
)
from opsystem.business.billing.queries import (
    client_statement,
    list_jobs_to_invoice,
    receivables_ageing,
    revenue,
)
from opsystem.business.invoices.operations import draft_invoice, issue_invoice, void_invoice
from opsystem.business.invoices.queries import list_invoices, show_invoice
from opsystem.business.joblines.operations import add_job_line
from opsystem.business.joblines.queries import list_job_lines
from opsystem.business.jobs.operations import complete_job
from opsystem.business.ledger.queries import list_postings
from opsystem.business.payments.operations import record_dispute, record_payment, use_credit
from opsystem.business.payments.queries import client_balance
from opsystem.business.taxes.operations import add_tax_rate, end_exemption, exempt_client
from opsystem.kit.errors import Conflict
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene

NOON = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
LINE = {"description": "Heater", "unit_cents": 100_000, "taxable": True}


def issued(vault: Vault, actor: Actor, client: str, at: datetime = NOON, **more: Any) -> Any:
    given = {"client": client, "lines": [LINE], **more}
    draft = draft_invoice.perform(vault, actor, given, at=at).value
    return issue_invoice.perform(vault, actor, {"draft": draft.ref}, at=at).value


def billable(vault: Vault, actor: Actor, client: str, *amounts: int) -> str:
    job = scene.job(vault, actor, client)
    for cents in amounts:
        add_job_line.perform(vault, actor, {"job": job, "description": f"Part {cents}", "unit_cents": cents})
    return job


def test_row_41_a_part_of_a_job_is_invoiced_and_the_rest_stays_open(vault: Vault, alice: Actor) -> None:
    client = scene.client(vault, alice)
    job = billable(vault, alice, client, 10_000, 20_000)
    first, _ = list_job_lines.ask(vault, alice, {"job": job}).lines
    parts = [{"line": first.id, "quantity_milli": 400}]
    draft = draft_job_invoice.perform(vault, alice, {"job": job, "parts": parts}).value
    one = issue_invoice.perform(vault, alice, {"draft": draft.ref}).value
    assert one.total_cents == 4_000
    left = list_job_lines.ask(vault, alice, {"job": job})
    assert [line.open_milli for line in left.lines] == [600, 1_000]
    draft = draft_job_invoice.perform(vault, alice, {"job": job}).value
    two = issue_invoice.perform(vault, alice, {"draft": draft.ref}).value
    assert two.total_cents == 26_000
    with pytest.raises(Conflict, match="Nothing of"):
        draft_job_invoice.perform(vault, alice, {"job": job})
    void_invoice.perform(vault, alice, {"invoice": two.ref, "reason": "Wrong day"})
    assert [line.open_milli for line in list_job_lines.ask(vault, alice, {"job": job}).lines] == [600, 1_000]


def test_row_42_stage_bills_sum_to_the_contract_and_retainage_is_released_last(
    vault: Vault, alice: Actor
) -> None:
    client = scene.client(vault, alice)
    job = scene.job(vault, alice, client)
    stages = [{"name": name, "share": 1} for name in ("Rough-in", "Set", "Finish")]
    agreed = {"job": job, "sum_cents": 1_000_000, "stages": stages, "retainage_milli_percent": 10_000}
    agree_progress.perform(vault, alice, agreed)
    bills = [bill_stage.perform(vault, alice, {"job": job}).value for _ in range(4)]
    assert sum(one.total_cents for one in bills[:3]) == 1_000_000
    assert bills[3].total_cents == 100_000
    assert sum(one.due_cents for one in bills) == 1_000_000
    assert client_balance.ask(vault, alice, {"client": client}).retained_cents == 0
    with pytest.raises(Conflict, match="is billed"):
        bill_stage.perform(vault, alice, {"job": job})


def test_row_43_a_hundred_finished_jobs_are_billed_in_one_run_with_a_statement_for_each_client(
    vault: Vault, alice: Actor
) -> None:
    clients = [scene.client(vault, alice, f"Client {n}", f"22855501{n:02d}") for n in range(10)]
    jobs = [billable(vault, alice, clients[n % 10], 1_000 + n) for n in range(100)]
    for job in jobs:
        complete_job.perform(vault, alice, {"job": job})
    assert len(list_jobs_to_invoice.ask(vault, alice)) == 100
    empty = scene.job(vault, alice, clients[0])
    rows = invoice_jobs.perform(vault, alice, {"jobs": [*jobs, empty]}).value
    assert sum(row.invoice is not None for row in rows) == 100
    assert rows[-1].problem == f"Nothing of {empty} is left to invoice."
    numbers = sorted(int(row.invoice[2:]) for row in rows if row.invoice)
    assert numbers == list(range(1001, 1101))
    days = {"since": date(2020, 1, 1), "until": date(2100, 1, 1)}
    for place, client in enumerate(clients):
        statement = client_statement.ask(vault, alice, {"client": client, **days})
        assert len(statement.rows) == 10
        assert statement.closing_cents == sum(1_000 + n for n in range(place, 100, 10))


def test_row_44_tax_follows_the_address_and_the_day_and_an_exempt_client_pays_none(
    vault: Vault, alice: Actor
) -> None:
    client = scene.client(vault, alice, street="1 Oak", city="Hurley", state="WI", postcode="54534")
    rate = {"name": "Wisconsin", "milli_percent": 5_000, "state": "WI"}
    add_tax_rate.perform(vault, alice, {**rate, "valid_from": "2020-01-01"})
    add_tax_rate.perform(vault, alice, {**rate, "milli_percent": 6_000, "valid_from": "2026-12-01"})
    county = {"name": "Iron County", "milli_percent": 500, "postcodes": "545 546"}
    add_tax_rate.perform(vault, alice, {**county, "valid_from": "2020-01-01"})
    add_tax_rate.perform(vault, alice, {"name": "Iowa", "milli_percent": 9_000, "state": "IA"})
    before = issued(vault, alice, client, property="P-1")
    later = issued(vault, alice, client, NOON + timedelta(days=20), property="P-1")
    assert (before.total_cents, later.total_cents) == (105_500, 106_500)
    exempt_client.perform(
        vault, alice, {"client": client, "certificate": "ST-55", "valid_from": "2026-01-01"}
    )
    free = issued(vault, alice, client, property="P-1")
    assert free.total_cents == 100_000
    assert show_invoice.ask(vault, alice, {"invoice": free.ref}).exempt_by == "ST-55"
    end_exemption.perform(vault, alice, {"client": client})
    assert issued(vault, alice, client, property="P-1").total_cents == 105_500
    assert show_invoice.ask(vault, alice, {"invoice": before.ref}).tax_cents == 5_500


def test_row_46_the_ladder_reminds_once_a_step_and_stops_with_payment_or_dispute(
    vault: Vault, alice: Actor
) -> None:
    scene.with_addresses(vault)
    client = scene.client(vault, alice, email="maria@example.com")
    paid, disputed = (issued(vault, alice, client, terms_days=0) for _ in range(2))

    def sent() -> list[tuple[str, str]]:
        return scene.outbox(vault)

    assert run_billing(vault, NOON + timedelta(days=2)) is not None
    assert sent() == []
    for _ in range(3):
        run_billing(vault, NOON + timedelta(days=3))
    assert sent() == [("email", "queued")] * 2
    pay = {"client": client, "cents": paid.total_cents, "method": "card", "invoices": [paid.ref]}
    record_payment.perform(vault, alice, pay, at=NOON + timedelta(days=3, seconds=5))
    assert sent() == [("email", "cancelled"), ("email", "queued")]
    part = {**pay, "cents": 500, "invoices": [disputed.ref], "external_id": "pi_1"}
    record_payment.perform(vault, alice, part, at=NOON + timedelta(days=3, seconds=6))
    dispute = {"payment": "PY-2", "cents": 500, "external_id": "dp_1"}
    record_dispute.perform(vault, alice, dispute, at=NOON + timedelta(days=3, seconds=7))
    assert sent() == [("email", "cancelled")] * 2
    run_billing(vault, NOON + timedelta(days=30))
    assert len(sent()) == 2


def test_a_planned_invoice_is_made_on_its_day_and_a_raised_price_counts_from_the_next(
    vault: Vault, alice: Actor
) -> None:
    client = scene.client(vault, alice)
    plan = {"client": client, "title": "Care", "lines": [{"description": "Care", "unit_cents": 10_000}]}
    add_billing_plan.perform(vault, alice, {**plan, "first_on": "2026-01-31"}, at=NOON)
    run_billing(vault, datetime(2026, 1, 31, 18, tzinfo=UTC))
    raise_plan.perform(vault, alice, {"plan": "RP-1", "milli_percent": 5_000})
    run_billing(vault, datetime(2026, 2, 28, 18, tzinfo=UTC))
    run_billing(vault, datetime(2026, 2, 28, 19, tzinfo=UTC))
    rows = list_invoices.ask(vault, alice, {"client": client}).rows
    assert [(one.issued_on, one.total_cents) for one in rows] == [
        (date(2026, 2, 28), 10_500),
        (date(2026, 1, 31), 10_000),
    ]


def test_what_comes_too_much_twice_or_for_a_void_invoice_has_an_outcome(vault: Vault, alice: Actor) -> None:
    client = scene.client(vault, alice)
    one, two = (issued(vault, alice, client) for _ in range(2))
    pay = {"client": client, "cents": 130_000, "method": "check", "invoices": [one.ref]}
    over = record_payment.perform(vault, alice, pay, at=NOON).value
    assert over.outcome == f"$1,000.00 paid {one.ref}. $300.00 is kept as the client's credit."
    again = record_payment.perform(vault, alice, {**pay, "cents": 100}, at=NOON).value
    assert (again.credit_cents, "was paid already" in again.outcome) == (100, True)
    assert use_credit.perform(vault, alice, {"invoice": two.ref}, at=NOON).value.cents == 30_100
    back = void_invoice.perform(vault, alice, {"invoice": two.ref, "reason": "Not done"}, at=NOON).value
    assert back.credit_cents == 30_100
    late = record_payment.perform(vault, alice, {**pay, "invoices": [two.ref]}, at=NOON).value
    assert late.outcome == f"{two.ref} was voided. $1,300.00 is kept as the client's credit."
    told = {"external_id": "pi_9", **pay, "cents": 77}
    first = record_payment.perform(vault, alice, told, at=NOON).value
    second = record_payment.perform(vault, alice, told, at=NOON).value
    assert (second.ref, second.again) == (first.ref, True)


def test_rows_99_and_100_ageing_and_revenue_are_the_sums_of_their_rows(vault: Vault, alice: Actor) -> None:
    client = scene.client(vault, alice)
    for days in (0, 20, 50, 80, 200):
        issued(vault, alice, client, NOON - timedelta(days=days), terms_days=0)
    ageing = receivables_ageing.ask(vault, alice, at=NOON)
    assert [bucket.cents for bucket in ageing.buckets] == [100_000] * 5
    booked = list_postings.ask(vault, alice, {"account": "1200"})
    assert sum(row.cents for row in booked.rows) == ageing.total_cents == booked.rows[0].balance_cents
    earned = revenue.ask(vault, alice, {"since": date(2020, 1, 1), "until": date(2100, 1, 1)})
    rows = list_postings.ask(vault, alice, {"account": "4000"}).rows
    assert sum(one.cents for one in earned) == -sum(row.cents for row in rows)
    table = vault.schema.metadata.tables["posting"]
    with vault.reading() as session:
        assert session.scalar(select(func.sum(table.c.cents))) == 0
