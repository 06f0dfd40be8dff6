"""What may be asked about the lines of a job."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from opsystem.business.joblines.amounts import amount_cents, open_cents
from opsystem.business.joblines.models import JobLine
from opsystem.business.joblines.records import JobLineRow, JobLines
from opsystem.business.jobs.models import Job
from opsystem.business.references import JobRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


def lines_of(work: Work, job_id: int) -> Sequence[JobLine]:
    """Return the lines of a job in order."""
    statement = select(JobLine).where(JobLine.job_id == job_id).order_by(JobLine.position, JobLine.id)
    return work.session.scalars(statement).all()


@query(permission=Permission.JOBS_READ, label="List job lines")
def list_job_lines(work: Work, *, job: JobRef) -> JobLines:
    """List what a job is billed for, with how much of each line is invoiced and how much is open.

    Quantities are thousandths of a unit, amounts US cents before tax; who may not see money gets none.
    """
    row = work.get(Job, number_of(job), "job")
    lines, sees = lines_of(work, row.id), work.actor.may(Permission.MONEY_READ)
    return JobLines(
        lines=[_row(line, sees=sees) for line in lines],
        subtotal_cents=sum(amount_cents(one.quantity_milli, one.unit_cents) for one in lines)
        if sees
        else None,
        discount_cents=sum(one.discount_cents for one in lines) if sees else None,
        open_cents=sum(open_cents(one) for one in lines) if sees else None,
    )


def _row(line: JobLine, *, sees: bool) -> JobLineRow:
    return JobLineRow(
        id=line.id,
        position=line.position,
        description=line.description,
        quantity_milli=line.quantity_milli,
        unit=line.unit,
        unit_cents=line.unit_cents if sees else None,
        cost_cents=line.cost_cents if sees else None,
        taxable=line.taxable,
        discount_cents=line.discount_cents if sees else None,
        amount_cents=amount_cents(line.quantity_milli, line.unit_cents) if sees else None,
        invoiced_milli=line.invoiced_milli,
        open_milli=line.open_milli,
        price=make_ref("price", line.price_id) if line.price_id is not None else None,
        from_quote=line.quote_line_id is not None,
        version=line.version,
    )
