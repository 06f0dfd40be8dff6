"""A client's invoices: what was issued to him and what is still owed."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from opsystem.business.hub.records import MyInvoiceRow
from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.queries import show_invoice
from opsystem.business.invoices.records import InvoicePage, InvoiceState
from opsystem.business.references import InvoiceRef, number_of
from opsystem.operations import Permission, Work, query
from opsystem.operations.errand import run_errand

OWED = {InvoiceState.OPEN, InvoiceState.OVERDUE}


@query(permission=Permission.HUB, label="Show my invoices", assistant=False)
def my_invoices(work: Work) -> list[MyInvoiceRow]:
    """Show a client his invoices, the newest first."""
    newest = select(Invoice).order_by(Invoice.id.desc()).limit(100)
    refs = [one.ref for one in work.session.scalars(newest)]
    shown = [run_errand(work, show_invoice, invoice=ref).row for ref in refs]
    return [
        MyInvoiceRow(
            one.ref, one.id, one.title, one.state.value, one.due_cents, one.total_cents, one.due_on,
            one.state in OWED,
        )
        for one in shown
    ]  # fmt: skip


@query(permission=Permission.HUB, label="Show my invoice", assistant=False)
def my_invoice(work: Work, *, invoice: InvoiceRef) -> InvoicePage:
    """Show a client an invoice of his: lines, taxes, what is still owed."""
    row = work.get(Invoice, number_of(invoice), "invoice")
    return replace(run_errand(work, show_invoice, invoice=row.ref), events=[], void_reason=None)
