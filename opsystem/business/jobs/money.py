"""Whether a job is wholly invoiced and wholly paid, told from its lines, stages and invoices.

Whoever changes one of these calls `tell_money` in the same transaction, so the job's facts are never older
than what they are told from. Lines and invoices stand above jobs: only their plain tables are asked here.
"""

from __future__ import annotations

from sqlalchemy import Table, exists, func, or_, select

from opsystem.business.jobs.facts import Fact, drop_fact, note_fact
from opsystem.business.jobs.models import Job
from opsystem.business.record import Record
from opsystem.operations import Work


def tell_money(work: Work, job_id: int | None) -> None:
    """Let a job's facts say what the books say. Does nothing for None: not every invoice is of a job.

    Invoiced is a job when an invoice stands and nothing with a price is left to invoice; paid, when on top
    of that nothing is owed on any of them. A written-off invoice was not paid.
    """
    if job_id is None:
        return
    work.session.flush()
    job, invoice = work.get(Job, job_id, "job"), _table("invoice")
    standing = (invoice.c.job_id == job.id, invoice.c.voided_at.is_(None))
    owed = or_(invoice.c.open_cents > 0, invoice.c.written_off_at.is_not(None))
    count = select(func.count(invoice.c.id)).where(*standing)
    bills, unpaid = work.session.scalar(count) or 0, work.session.scalar(count.where(owed)) or 0
    invoiced = bool(bills) and not _is_something_left(work, job.id)
    _say(work, job, Fact.INVOICED, true=invoiced)
    _say(work, job, Fact.PAID, true=invoiced and not unpaid)
    if bills:
        drop_fact(job, Fact.UNBILLED)


def _say(work: Work, job: Job, fact: Fact, *, true: bool) -> None:
    if true:
        note_fact(work, job, fact)
    else:
        drop_fact(job, fact)


def _is_something_left(work: Work, job_id: int) -> bool:
    line, stage, contract = _table("job_line"), _table("progress_stage"), _table("progress_contract")
    bill = _table("invoice")
    lines = exists().where(
        line.c.job_id == job_id, line.c.unit_cents != 0, line.c.invoiced_milli < line.c.quantity_milli
    )
    stands = exists().where(bill.c.id == stage.c.invoice_id, bill.c.voided_at.is_(None))
    stages = exists().where(stage.c.contract_id == contract.c.id, contract.c.job_id == job_id, ~stands)
    released = exists().where(bill.c.id == contract.c.release_invoice_id, bill.c.voided_at.is_(None))
    held = exists().where(
        contract.c.job_id == job_id,
        stage.c.contract_id == contract.c.id,
        stage.c.retained_cents > 0,
        ~released,
    )
    return bool(work.session.scalar(select(or_(lines, stages, held))))


def _table(name: str) -> Table:
    return Record.metadata.tables[name]
