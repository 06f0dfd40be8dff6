"""An invoice as its page shows it. What happened to it is read from the books, not from a second list."""

from __future__ import annotations

from sqlalchemy import case, func, select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.models import Invoice, InvoiceLine, InvoiceTax
from opsystem.business.invoices.records import InvoiceEvent, InvoiceLineRow, InvoicePage, InvoiceTaxRow
from opsystem.business.invoices.rows import invoice_row
from opsystem.business.invoices.settings import settings_of
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry, Posting
from opsystem.business.profile.queries import today
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def invoice_page(work: Work, invoice: Invoice) -> InvoicePage:
    """Return everything that is told about an invoice."""
    client = work.get(Client, invoice.client_id, "client")
    return InvoicePage(
        row=invoice_row(invoice, client.name, today(work)),
        property=make_ref("property", invoice.property_id) if invoice.property_id else None,
        bill_to=invoice.bill_to,
        bill_address=invoice.bill_address,
        place=invoice.place,
        notes=invoice.notes,
        footer=settings_of(work).footer,
        lines=_lines(work, invoice),
        subtotal_cents=invoice.subtotal_cents,
        discount_cents=invoice.discount_cents,
        taxable_cents=invoice.taxable_cents,
        taxes=_taxes(work, invoice),
        tax_cents=invoice.tax_cents,
        exempt_by=invoice.exempt_by,
        retained_cents=invoice.retained_cents,
        releases=invoice.releases,
        issued_at=invoice.issued_at,
        issued_by=invoice.issued_by,
        sent_by=invoice.sent_by,
        paid_at=invoice.paid_at,
        voided_at=invoice.voided_at,
        voided_by=invoice.voided_by,
        void_reason=invoice.void_reason,
        written_off_at=invoice.written_off_at,
        disputed_at=invoice.disputed_at,
        events=events_of(work, invoice),
    )


def events_of(work: Work, invoice: Invoice) -> list[InvoiceEvent]:
    """Return the entries of the books about an invoice, oldest first; `cents` is by how much less is owed.

    A credit note over what is paid already lowers nothing here, and still stands in the list.
    """
    lowered = -func.sum(case((Posting.account == Account.RECEIVABLE.value, Posting.cents), else_=0))
    statement = (
        select(lowered, Entry)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Posting.invoice_id == invoice.id)
        .group_by(Entry.id)
        .order_by(Entry.id)
    )
    return [
        InvoiceEvent(entry.day, entry.event, entry.source, cents, entry.by, entry.at)
        for cents, entry in work.session.execute(statement)
    ]


def _lines(work: Work, invoice: Invoice) -> list[InvoiceLineRow]:
    lines = select(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id).order_by(InvoiceLine.position)
    return [
        InvoiceLineRow(
            row.description, row.quantity_milli, row.unit, row.unit_cents, row.discount_cents,
            row.amount_cents, row.net_cents, row.taxable,
        )
        for row in work.session.scalars(lines)
    ]  # fmt: skip


def _taxes(work: Work, invoice: Invoice) -> list[InvoiceTaxRow]:
    taxes = select(InvoiceTax).where(InvoiceTax.invoice_id == invoice.id).order_by(InvoiceTax.id)
    return [InvoiceTaxRow(row.name, row.milli_percent, row.cents) for row in work.session.scalars(taxes)]
