"""What is agreed about billing: plans, stages of a job, and how one client is billed. US cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from opsystem.business.billing.models import BillingPlan, ProgressContract, ReminderPause
from opsystem.business.billing.progress import stages_of
from opsystem.business.clients.models import Client
from opsystem.business.invoices.deposits import held_for
from opsystem.business.invoices.drafts import LINES
from opsystem.business.invoices.models import Invoice
from opsystem.business.jobs.models import Job
from opsystem.business.ledger.chart import Account
from opsystem.business.lines import totals
from opsystem.business.references import ClientRef, JobRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


@dataclass(frozen=True)
class PlanRow:
    """A billing plan. `cents` is what one invoice comes to before tax; `problem` why it paused by itself."""

    ref: str
    id: int
    client: str
    client_id: int
    client_name: str
    title: str
    cents: int
    every_months: int
    next_on: date | None
    last_on: date | None
    made: int
    paused_at: datetime | None
    paused_by: str | None
    problem: str | None


@dataclass(frozen=True)
class StageRow:
    """A stage: what it comes to, what of it is held back, and the invoice it was billed by, if it stands."""

    name: str
    cents: int
    retained_cents: int
    invoice: str | None


@dataclass(frozen=True)
class ProgressPage:
    """How a job is billed by stages. `next_cents` is what billing next comes to, None when all is billed."""

    job: str
    sum_cents: int
    retainage_milli_percent: int
    stages: list[StageRow]
    released_by: str | None
    next_cents: int | None


@dataclass(frozen=True)
class HeldDeposit:
    """A deposit that waits: what it is for (`J-4`), in US cents."""

    about: str
    cents: int


@dataclass(frozen=True)
class ClientBilling:
    """How one client is billed: reminders and statements by themselves, deposits that wait, plans."""

    reminders_on: bool
    paused_at: datetime | None
    paused_by: str | None
    deposits: list[HeldDeposit]
    plans: list[PlanRow]


@query(permission=Permission.MONEY_READ, label="List billing plans")
def list_plans(work: Work, *, client: ClientRef | None = None) -> list[PlanRow]:
    """List invoices that are made again and again by themselves, the next due first."""
    wanted = select(BillingPlan, Client.name).join(Client, Client.id == BillingPlan.client_id)
    if client is not None:
        wanted = wanted.where(BillingPlan.client_id == number_of(client))
    order = (BillingPlan.next_on.is_(None), BillingPlan.next_on, BillingPlan.id)
    return [_plan(plan, name) for plan, name in work.session.execute(wanted.order_by(*order))]


@query(permission=Permission.MONEY_READ, label="Show stages of job")
def show_progress(work: Work, *, job: JobRef) -> ProgressPage | None:
    """Show how a job is billed by stages; nothing for a job that is not."""
    row = work.get(Job, number_of(job), "job")
    contract = work.session.scalar(select(ProgressContract).where(ProgressContract.job_id == row.id))
    if contract is None:
        return None
    stages = [
        StageRow(one.name, one.cents, one.retained_cents, _standing(work, one.invoice_id))
        for one in stages_of(work, contract)
    ]
    released = _standing(work, contract.release_invoice_id)
    held = sum(one.retained_cents for one in stages)
    following = next((one.cents for one in stages if one.invoice is None), None)
    if following is None and held and released is None:
        following = held
    return ProgressPage(
        row.ref, contract.sum_cents, contract.retainage_milli_percent, stages, released, following
    )


@query(permission=Permission.MONEY_READ, label="Show billing of client")
def show_client_billing(work: Work, *, client: ClientRef) -> ClientBilling:
    """Show how a client is billed: whether it is reminded by itself, deposits that wait, its plans."""
    row = work.get(Client, number_of(client), "client")
    pause = work.session.scalar(select(ReminderPause).where(ReminderPause.client_id == row.id))
    held = held_for(work, row.id, Account.DEPOSITS)
    return ClientBilling(
        pause is None, pause.at if pause else None, pause.by if pause else None,
        [HeldDeposit(about, cents) for about, cents in sorted(held.items())],
        work.do(list_plans, client=row.ref),
    )  # fmt: skip


def _plan(plan: BillingPlan, name: str) -> PlanRow:
    cents = totals(LINES.validate_json(plan.lines)).subtotal
    return PlanRow(
        plan.ref, plan.id, make_ref("client", plan.client_id), plan.client_id, name, plan.title, cents,
        plan.every_months, plan.next_on, plan.last_on, plan.made, plan.paused_at, plan.paused_by,
        plan.problem,
    )  # fmt: skip


def _standing(work: Work, number: int | None) -> str | None:
    invoice = work.session.get(Invoice, number) if number is not None else None
    return invoice.ref if invoice is not None and invoice.voided_at is None else None
