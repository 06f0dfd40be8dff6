"""The sums a job's margin is made of, for many jobs at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, or_, select

from opsystem.business.billing.models import ProgressContract, ProgressStage
from opsystem.business.expenses.models import Expense
from opsystem.business.invoices.models import Invoice, InvoiceLine
from opsystem.business.joblines.amounts import amount_cents, open_cents
from opsystem.business.joblines.models import JobLine
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Posting
from opsystem.operations import Work


def earned(work: Work, jobs: Collection[int]) -> dict[int, int]:
    """Return what the books say was earned with jobs: invoices less discounts, credits and voids."""
    sums = (
        select(Invoice.job_id, -func.sum(Posting.cents))
        .join(Posting, Posting.invoice_id == Invoice.id)
        .where(
            Invoice.job_id.in_(jobs), Posting.account.in_((Account.REVENUE.value, Account.DISCOUNTS.value))
        )
        .group_by(Invoice.job_id)
    )
    return {number: cents for number, cents in work.session.execute(sums) if number is not None}


def lines_of_jobs(work: Work, jobs: Collection[int]) -> dict[int, tuple[int, int, int]]:
    """Return of jobs: what is left to invoice, what their lines cost, and how many have no cost."""
    found: dict[int, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for line in work.session.scalars(select(JobLine).where(JobLine.job_id.in_(jobs))):
        left, cost, bare = found[line.job_id]
        spent = amount_cents(line.quantity_milli, line.cost_cents) if line.cost_cents is not None else 0
        found[line.job_id] = (left + open_cents(line), cost + spent, bare + (line.cost_cents is None))
    return found


def stages_left(work: Work, jobs: Collection[int]) -> dict[int, int]:
    """Return what is left to bill of jobs that are billed by stages; a voided bill is none."""
    unbilled = or_(ProgressStage.invoice_id.is_(None), Invoice.voided_at.is_not(None))
    sums = (
        select(ProgressContract.job_id, func.sum(ProgressStage.cents))
        .join(ProgressStage, ProgressStage.contract_id == ProgressContract.id)
        .outerjoin(Invoice, Invoice.id == ProgressStage.invoice_id)
        .where(ProgressContract.job_id.in_(jobs), unbilled)
        .group_by(ProgressContract.job_id)
    )
    return dict(work.session.execute(sums).all())


def costs_beside(work: Work, jobs: Collection[int]) -> dict[int, int]:
    """Return what invoice lines of jobs cost that bill no line of the job, so that none counts twice."""
    found: dict[int, int] = defaultdict(int)
    lines = (
        select(Invoice.job_id, InvoiceLine.quantity_milli, InvoiceLine.cost_cents)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            Invoice.job_id.in_(jobs),
            Invoice.voided_at.is_(None),
            InvoiceLine.job_line_id.is_(None),
            InvoiceLine.cost_cents.is_not(None),
        )
    )
    for job_id, quantity, cost in work.session.execute(lines):
        if job_id is not None and cost is not None:
            found[job_id] += amount_cents(quantity, cost)
    return found


def spent_on(work: Work, jobs: Collection[int]) -> dict[int, int]:
    """Return the expenses of jobs."""
    sums = (
        select(Expense.job_id, func.sum(Expense.cents))
        .where(Expense.job_id.in_(jobs), Expense.voided_at.is_(None))
        .group_by(Expense.job_id)
    )
    return {number: cents for number, cents in work.session.execute(sums) if number is not None}
