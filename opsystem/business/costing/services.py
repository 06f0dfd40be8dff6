"""What was sold on jobs: lines of invoices, and lines and stages left to invoice, by service.

A service weighs what its lines come to; credits take from all of a job alike. Its own materials are those
of its lines, counted as the job's are.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from opsystem.business.costing.parts import Head, owners
from opsystem.business.costing.records import JobCost
from opsystem.business.costing.summing import stages_left
from opsystem.business.invoices.models import Invoice, InvoiceLine
from opsystem.business.joblines.amounts import amount_cents, open_cents
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.models import Job
from opsystem.business.prices.models import Price
from opsystem.kit.refs import make_ref
from opsystem.operations import Work

STAGES, WITHOUT = "Stages to bill", "Without lines"


class _Shelf:
    """The services of each job, as they are found."""

    def __init__(self, work: Work, costs: Sequence[JobCost]) -> None:
        self.under = owners(costs)
        self.names = dict(work.session.execute(select(Price.id, Price.name)).all())
        self.heads: dict[int, dict[str, Head]] = {cost.job_id: {} for cost in costs}

    def add(self, job: int, price: int | None, words: str, weight: int, parts: int) -> None:
        """Add what one line is worth and costs."""
        key = make_ref("price", price) if price is not None else words
        known = Head(key, self.names.get(price or 0, words), 0, 0)
        head = self.heads[self.under[job]].setdefault(key, known)
        head.weight += weight
        head.parts = (head.parts or 0) + parts


def heads_by_service(work: Work, costs: Sequence[JobCost]) -> dict[int, list[Head]]:
    """Return the services of jobs, by the job's number; callbacks count under the job they put right."""
    shelf = _Shelf(work, costs)
    jobs = list(shelf.under)
    invoiced = (
        select(Invoice.job_id, InvoiceLine)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(Invoice.job_id.in_(jobs), Invoice.voided_at.is_(None))
    )
    for job, line in work.session.execute(invoiced):
        beside = line.cost_cents if line.job_line_id is None else None
        parts = amount_cents(line.quantity_milli, beside) if beside is not None else 0
        shelf.add(job or 0, line.price_id, line.description, line.net_cents, parts)
    nothing_more = select(Job.id).where(Job.cancelled_at.is_not(None) | Job.unbilled_at.is_not(None))
    over = set(work.session.scalars(nothing_more.where(Job.id.in_(jobs))))
    for own in work.session.scalars(select(JobLine).where(JobLine.job_id.in_(jobs)).order_by(JobLine.id)):
        parts = amount_cents(own.quantity_milli, own.cost_cents) if own.cost_cents is not None else 0
        left = 0 if own.job_id in over else open_cents(own)
        shelf.add(own.job_id, own.price_id, own.description, left, parts)
    for job, cents in stages_left(work, jobs).items():
        shelf.add(job, None, STAGES, 0 if job in over else cents, 0)
    return {job: list(heads.values()) or [Head("-", WITHOUT)] for job, heads in shelf.heads.items()}
