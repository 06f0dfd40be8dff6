"""Invoices, receipts and statements on paper."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.pages import events_of, invoice_page
from opsystem.business.invoices.records import InvoiceEvent, InvoicePage, InvoiceState
from opsystem.business.paper.records import (
    Block,
    Entry,
    Fact,
    Head,
    InvoicePaper,
    Lines,
    PaperLine,
    ReceiptPaper,
    StatementPaper,
    Sum,
)
from opsystem.business.payments.records import PaymentPage
from opsystem.business.printing.letterhead import billed, letterhead
from opsystem.business.printing.showing import day_of, percent, quantity
from opsystem.business.profile.queries import zone_of
from opsystem.business.references import number_of
from opsystem.kit import clock
from opsystem.kit.money import show_cents
from opsystem.operations import Work

_STAMPS = {InvoiceState.PAID: "Paid", InvoiceState.VOID: "Void", InvoiceState.OVERDUE: "Overdue"}
_AGES = ((0, "Not due yet"), (30, "1 to 30 days"), (60, "31 to 60 days"), (90, "61 to 90 days"))
_OLDEST = "Over 90 days"


def invoice_paper(work: Work, ref: str) -> InvoicePaper:
    """Return what the paper of an invoice shows, for whoever may see that invoice."""
    page = invoice_page(work, work.get(Invoice, number_of(ref), "invoice"))
    row = page.row
    facts = [Fact("Date", day_of(row.issued_on)), Fact("Due", day_of(row.due_on))]
    if row.job:
        facts.append(Fact("Job", row.job))
    to = (page.bill_to or row.client_name, *(line for line in page.bill_address.splitlines() if line))
    blocks = (Block("For", to), *((Block("Place", (page.place,)),) if page.place else ()))
    head = Head(letterhead(work), "Invoice", row.ref, tuple(facts), blocks, _STAMPS.get(row.state, ""))
    lines = tuple(
        PaperLine(
            line.description,
            quantity(line.quantity_milli, line.unit),
            show_cents(line.unit_cents),
            show_cents(line.amount_cents),
        )
        for line in page.lines
    )
    words = f"Due {day_of(row.due_on)}" if row.due_cents else "Nothing is due"
    return InvoicePaper(
        head, Lines(lines, _sums(page)), show_cents(row.due_cents), words,
        "\n".join(part for part in (row.title, page.notes) if part), terms=page.footer,
    )  # fmt: skip


def _sums(page: InvoicePage) -> tuple[Sum, ...]:
    row = page.row
    rows = [Sum("Subtotal", show_cents(page.subtotal_cents))]
    if page.discount_cents:
        rows.append(Sum("Discount", show_cents(-page.discount_cents)))
    rows += [Sum(f"{tax.name} {percent(tax.milli_percent)}", show_cents(tax.cents)) for tax in page.taxes]
    if page.exempt_by:
        rows.append(Sum(f"Exempt from tax: {page.exempt_by}", show_cents(0)))
    rows.append(Sum("Total", show_cents(row.total_cents), strong=row.due_cents == row.total_cents))
    if page.retained_cents and not page.releases:
        rows.append(Sum("Held back until the end", show_cents(-page.retained_cents)))
    if row.due_cents != row.total_cents:
        rows.append(Sum("Still due", show_cents(row.due_cents), strong=True))
    return tuple(rows)


def receipt_paper(work: Work, page: PaymentPage) -> ReceiptPaper:
    """Return what the receipt of a payment shows."""
    row = page.row
    client = work.get(Client, row.client_id, "client")
    rows = [Fact(f"Invoice {part.invoice}", show_cents(part.cents)) for part in page.parts]
    if page.deposit_cents:
        rows.append(Fact(f"Deposit for {row.deposit_for or 'work to come'}", show_cents(page.deposit_cents)))
    if page.credit_cents:
        rows.append(Fact("Kept as credit", show_cents(page.credit_cents)))
    sums = [Sum(f"Given back {day_of(one.refunded_on)}", show_cents(-one.cents)) for one in page.refunds]
    how = f"{row.method.value.capitalize()}{', ' + row.reference if row.reference else ''}"
    head = Head(
        letterhead(work), "Receipt", row.ref, (Fact("Received", day_of(row.received_on)),),
        (billed(client),), "Void" if row.voided_at is not None else "",
    )  # fmt: skip
    sums.append(Sum("Received", show_cents(row.cents - row.refunded_cents), strong=True))
    words = f"{how}\n{day_of(row.received_on)}"
    return ReceiptPaper(head, show_cents(row.cents), words, tuple(rows), tuple(sums))


def statement_paper(work: Work, ref: str) -> StatementPaper:
    """Return a client's statement: everything charged and paid so far, and how old the rest is."""
    client = work.get(Client, number_of(ref), "client")
    today = clock.local(work.now, zone_of(work.session)).date()
    invoices = work.session.scalars(select(Invoice).where(Invoice.client_id == client.id)).all()
    events = [(event, invoice.ref) for invoice in invoices for event in events_of(work, invoice)]
    events.sort(key=lambda one: (one[0].day, one[0].at))
    owed = {
        invoice.ref: -sum(event.cents for event, ref in events if ref == invoice.ref) for invoice in invoices
    }
    ages = dict.fromkeys([name for _, name in _AGES] + [_OLDEST], 0)
    for invoice in invoices:
        ages[_age(invoice.due_on, today)] += owed[invoice.ref]
    head = Head(letterhead(work), "Statement", client.ref, (Fact("Date", day_of(today)),), (billed(client),))
    ageing = tuple(Fact(name, show_cents(cents)) for name, cents in ages.items())
    return StatementPaper(head, tuple(_entries(events)), ageing, show_cents(sum(owed.values())))


def _entries(events: list[tuple[InvoiceEvent, str]]) -> list[Entry]:
    rows, balance = [], 0
    for event, invoice in events:
        balance -= event.cents
        what = f"{event.event.capitalize()} {event.source}" + (
            f" on {invoice}" if event.source != invoice else ""
        )
        charge = show_cents(-event.cents) if event.cents < 0 else ""
        paid = show_cents(event.cents) if event.cents >= 0 else ""
        rows.append(Entry(day_of(event.day), what, charge, paid, show_cents(balance)))
    return rows


def _age(due_on: date, today: date) -> str:
    late = (today - due_on).days
    return next((name for most, name in _AGES if late <= most), _OLDEST)
