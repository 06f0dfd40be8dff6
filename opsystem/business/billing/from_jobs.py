"""From job to invoice without retyping: all open lines, or a part; the rest stays open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.drafts import draft_invoice
from opsystem.business.invoices.models import InvoiceDraft
from opsystem.business.invoices.records import DraftLine
from opsystem.business.joblines.amounts import part_cents
from opsystem.business.joblines.models import JobLine
from opsystem.business.joblines.queries import lines_of
from opsystem.business.jobs.models import Job
from opsystem.business.lines import QuantityMilli
from opsystem.business.references import JobRef, number_of
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Saved, Work, operation


@dataclass(frozen=True)
class JobPart:
    """How much of a job's line is invoiced: the line's id, and thousandths of its quantity."""

    line: int
    quantity_milli: QuantityMilli


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.DRAFT, label="Draft invoice of job")
def draft_job_invoice(work: Work, *, job: JobRef, parts: tuple[JobPart, ...] = ()) -> Saved:
    """Write a draft of an invoice from a job's lines: those in `parts`, or all that is open.

    What is not invoiced stays open on the job. Lines of a draft that waits already are not taken again.
    """
    row = work.get(Job, number_of(job), "job")
    waiting = select(InvoiceDraft.id).where(InvoiceDraft.job_id == row.id)
    draft = work.session.scalar(waiting)
    if draft is not None:
        message = f"A draft of an invoice for {row.ref} waits already: {make_ref('draft', draft)}."
        raise Conflict(message, code="draft_waits", fields={"draft": make_ref("draft", draft)})
    lines = {line.id: line for line in lines_of(work, row.id)}
    wanted = parts or tuple(JobPart(one.id, one.open_milli) for one in lines.values() if one.open_milli > 0)
    if not wanted:
        raise Conflict(f"Nothing of {row.ref} is left to invoice.", code="nothing_open")
    billed = []
    for part in wanted:
        if part.line not in lines:
            raise NotFound("There is no such line on this job.", code="no_line")
        billed.append(_billed(lines[part.line], part.quantity_milli))
    client = work.get(Client, row.client_id, "client")
    return work.do(draft_invoice, client=client.ref, job=row.ref, lines=tuple(billed))


def _billed(line: JobLine, quantity_milli: int) -> DraftLine:
    if quantity_milli > line.open_milli:
        message = f"Less than that is open of “{line.description}”."
        raise Invalid(message, code="line_invoiced", fields={"parts": message})
    _, discount = part_cents(line, line.invoiced_milli, line.invoiced_milli + quantity_milli)
    return DraftLine(
        description=line.description, unit_cents=line.unit_cents, quantity_milli=quantity_milli,
        cost_cents=line.cost_cents, taxable=line.taxable, unit=line.unit, discount_cents=discount,
        price=make_ref("price", line.price_id) if line.price_id else None, job_line=line.id,
    )  # fmt: skip
