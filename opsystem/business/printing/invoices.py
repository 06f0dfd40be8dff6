"""An invoice on paper."""

from __future__ import annotations

from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.pages import invoice_page
from opsystem.business.invoices.records import InvoicePage, InvoiceState
from opsystem.business.paper.records import (
    Block,
    Fact,
    Head,
    InvoicePaper,
    Lines,
    PaperLine,
    Sum,
)
from opsystem.business.printing.letterhead import letterhead
from opsystem.business.printing.showing import day_of, percent, quantity
from opsystem.business.references import number_of
from opsystem.kit.money import show_cents
from opsystem.operations import Work

_STAMPS = {InvoiceState.PAID: "Paid", InvoiceState.VOID: "Void", InvoiceState.OVERDUE: "Overdue"}


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
