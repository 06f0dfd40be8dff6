"""What may be asked about invoices and drafts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, func, or_, select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.drafted import draft_page
from opsystem.business.invoices.models import Invoice, InvoiceDraft
from opsystem.business.invoices.pages import invoice_page
from opsystem.business.invoices.records import DraftPage, InvoicePage, InvoiceRow
from opsystem.business.invoices.rows import invoice_rows, with_clients
from opsystem.business.profile.queries import today
from opsystem.business.references import ClientRef, DraftRef, InvoiceRef, JobRef, number_of
from opsystem.business.wording import Line
from opsystem.operations import Page, Permission, Work, query

PAGE = 50


class Which(StrEnum):
    """Which invoices of a list: those to be paid, overdue ones, paid ones, those taken back, or all."""

    UNPAID = "unpaid"
    OVERDUE = "overdue"
    PAID = "paid"
    CLOSED = "closed"
    ALL = "all"


@query(permission=Permission.MONEY_READ, label="List invoices")
def list_invoices(
    work: Work,
    *,
    which: Which = Which.ALL,
    text: Line = "",
    client: ClientRef | None = None,
    job: JobRef | None = None,
    page: Annotated[int, Field(ge=1)] = 1,
) -> Page[InvoiceRow]:
    """List invoices, newest first; unpaid and overdue ones the longest due first. Amounts are US cents."""
    wanted = [in_state(work, which)]
    if text:
        number = text.upper().removeprefix("I-")
        by_number = Invoice.id == int(number) if number.isdecimal() and len(number) < 16 else Invoice.id < 0
        wanted.append(
            or_(
                by_number,
                Client.name.icontains(text, autoescape=True),
                Invoice.title.icontains(text, autoescape=True),
            )
        )
    if client is not None:
        wanted.append(Invoice.client_id == number_of(client))
    if job is not None:
        wanted.append(Invoice.job_id == number_of(job))
    waiting = which in (Which.UNPAID, Which.OVERDUE)
    order = (Invoice.due_on, Invoice.id) if waiting else (Invoice.issued_on.desc(), Invoice.id.desc())
    counted = select(func.count(Invoice.id)).join(Client, Client.id == Invoice.client_id).where(*wanted)
    rows = with_clients().where(*wanted).order_by(*order).limit(PAGE).offset((page - 1) * PAGE)
    return Page(invoice_rows(work, rows), work.session.scalar(counted) or 0, page, PAGE)


def in_state(work: Work, which: Which) -> ColumnElement[bool]:
    """Return the condition of the invoices a list shows."""
    back = Invoice.voided_at.is_not(None) | Invoice.written_off_at.is_not(None)
    return {
        Which.ALL: Invoice.id > 0,
        Which.UNPAID: Invoice.open_cents > 0,
        Which.OVERDUE: (Invoice.open_cents > 0) & (Invoice.due_on < today(work)),
        Which.PAID: (Invoice.open_cents <= 0) & ~back,
        Which.CLOSED: back,
    }[which]


@query(permission=Permission.MONEY_READ, label="Show invoice")
def show_invoice(work: Work, *, invoice: InvoiceRef) -> InvoicePage:
    """Show an invoice: lines, taxes, what was paid, credited or written off, and what is still owed."""
    return invoice_page(work, work.get(Invoice, number_of(invoice), "invoice"))


@query(permission=Permission.MONEY_READ, label="Show draft of invoice")
def show_draft(work: Work, *, draft: DraftRef) -> DraftPage:
    """Show a draft of an invoice with what it would come to if it were issued today."""
    return draft_page(work, work.get(InvoiceDraft, number_of(draft), "draft"))


@query(permission=Permission.MONEY_READ, label="List drafts of invoices")
def list_drafts(work: Work, *, client: ClientRef | None = None, job: JobRef | None = None) -> list[DraftPage]:
    """List the drafts that wait to be issued, the oldest first."""
    waiting = select(InvoiceDraft).order_by(InvoiceDraft.id)
    if client is not None:
        waiting = waiting.where(InvoiceDraft.client_id == number_of(client))
    if job is not None:
        waiting = waiting.where(InvoiceDraft.job_id == number_of(job))
    return [draft_page(work, row) for row in work.session.scalars(waiting)]
