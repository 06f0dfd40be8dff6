"""How invoices are told, and in which state they are."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.records import InvoiceRow, InvoiceState
from opsystem.business.profile.queries import today
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def state_of(invoice: Invoice, day: date) -> InvoiceState:
    """Return where an invoice stands on a day."""
    if invoice.voided_at is not None:
        return InvoiceState.VOID
    if invoice.written_off_at is not None:
        return InvoiceState.WRITTEN_OFF
    if invoice.disputed_at is not None:
        return InvoiceState.DISPUTED
    if not invoice.is_open:
        return InvoiceState.PAID
    return InvoiceState.OVERDUE if invoice.is_overdue(day) else InvoiceState.OPEN


def with_clients() -> Select[Invoice, str]:
    """Return the statement that reads invoices with the names of their clients."""
    return select(Invoice, Client.name).join(Client, Client.id == Invoice.client_id)


def invoice_rows(work: Work, statement: Select[Invoice, str]) -> list[InvoiceRow]:
    """Return what a list tells of invoices."""
    day = today(work)
    return [invoice_row(invoice, name, day) for invoice, name in work.session.execute(statement)]


def invoice_row(invoice: Invoice, name: str, day: date) -> InvoiceRow:
    """Return what a list tells of one invoice on a day."""
    return InvoiceRow(
        ref=invoice.ref,
        id=invoice.id,
        client=make_ref("client", invoice.client_id),
        client_id=invoice.client_id,
        client_name=name,
        title=invoice.title,
        state=state_of(invoice, day),
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        total_cents=invoice.total_cents,
        due_cents=max(invoice.open_cents, 0),
        job=make_ref("job", invoice.job_id) if invoice.job_id else None,
        sent_at=invoice.sent_at,
        days_late=max((day - invoice.due_on).days, 0) if invoice.is_open else 0,
    )
