"""Issuing: a draft becomes an invoice, with its number, its taxes and its entry in the books."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import text

from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.persons.queries import bill_to
from opsystem.business.clients.persons.records import BillTo
from opsystem.business.clients.queries import properties_of
from opsystem.business.invoices.booking import book_invoice
from opsystem.business.invoices.deposits import use_deposit
from opsystem.business.invoices.drafts import discount_of, lines_of
from opsystem.business.invoices.models import Invoice, InvoiceDraft, InvoiceLine, InvoiceTax
from opsystem.business.invoices.records import DraftLine, Issued
from opsystem.business.invoices.settings import settings_of
from opsystem.business.invoices.settling import settle
from opsystem.business.joblines.models import JobLine
from opsystem.business.lines import Totals, totals
from opsystem.business.profile.queries import today
from opsystem.business.references import DraftRef, number_of
from opsystem.business.taxes.applying import taxes_for
from opsystem.business.taxes.records import TaxHere
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.money import show_cents
from opsystem.operations import Effect, Permission, Work, operation


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Issue invoice")
def issue_invoice(work: Work, *, draft: DraftRef, issued_on: date | None = None) -> Issued:
    """Issue a draft: it gets the next number and stands in the books for good.

    Tax is taken by the property's address and the day. A deposit for the job is used at once. What was
    issued is not undone: it is voided, or credited.
    """
    row = work.get(InvoiceDraft, number_of(draft), "draft")
    day = issued_on or today(work)
    if abs((day - today(work)).days) > 3660:
        message = "Give a day within ten years."
        raise Invalid(message, code="bad_day", fields={"issued_on": message})
    client, lines = work.get(Client, row.client_id, "client"), lines_of(row)
    place = work.get(Property, row.property_id, "property") if row.property_id else None
    taxes = taxes_for(work, client, place, day)
    sums = totals(lines, discount_of(row), taxes.rates)
    invoice = _invoice(work, row, client, place, day, sums, taxes)
    work.session.add(invoice)
    work.session.flush()
    _copy_lines(work, invoice, lines, sums)
    work.session.delete(row)
    book_invoice(work, invoice)
    settle(work, invoice)
    used = use_deposit(work, invoice)
    work.set_alarm("billing", work.now)
    work.describe(f"Issued {invoice.ref} to {client.name}: {show_cents(invoice.total_cents)}")
    return Issued(invoice.ref, invoice.id, invoice.total_cents, invoice.open_cents, used)


def _invoice(
    work: Work,
    draft: InvoiceDraft,
    client: Client,
    place: Property | None,
    day: date,
    sums: Totals,
    taxes: TaxHere,
) -> Invoice:
    settings = settings_of(work)
    terms = settings.terms_days if draft.terms_days is None else draft.terms_days
    # The table's own count outlives rows: an erased client's numbers are not given again.
    first = work.session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'invoice'")) is None
    to, homes = bill_to(work, client), properties_of(work, client.id)
    if draft.retained_cents > sums.total:
        raise Invalid("More is held back than the invoice comes to.", code="too_much_retained")
    return Invoice(
        # Later ones are numbered by the table itself, which never gives a number twice.
        id=settings.first_number if first else None,
        client_id=client.id, property_id=draft.property_id, job_id=draft.job_id,
        title=draft.title, notes=draft.notes, bill_to=to.name,
        bill_address=_address(to, homes[0].address if homes else ""), place=place.address if place else "",
        issued_on=day, due_on=day + timedelta(days=terms), subtotal_cents=sums.subtotal,
        discount_cents=sums.discount, taxable_cents=sums.taxable, tax_cents=sums.tax,
        total_cents=sums.total, retained_cents=draft.retained_cents, releases=draft.releases,
        exempt_by=taxes.exempt_by, open_cents=0, issued_at=work.now, issued_by=work.actor.name,
    )  # fmt: skip


def _address(to: BillTo, home: str) -> str:
    """Return the lines under the name: for whose attention, and where bills go, else where the client is."""
    attention = [f"Attention {to.attention}"] if to.attention else []
    return "\n".join([*attention, *(to.lines or ([home] if home else []))])


def _copy_lines(work: Work, invoice: Invoice, lines: list[DraftLine], sums: Totals) -> None:
    """Copy the lines and taxes, and note on the job's lines how much of them is invoiced now."""
    for position, (line, net) in enumerate(zip(lines, sums.nets, strict=True), start=1):
        amount = totals([line]).subtotal
        work.session.add(
            InvoiceLine(
                invoice_id=invoice.id, position=position, description=line.description,
                quantity_milli=line.quantity_milli, unit=line.unit, unit_cents=line.unit_cents,
                cost_cents=line.cost_cents, taxable=line.taxable,
                discount_cents=totals([_bare(line)]).subtotal - amount, amount_cents=amount, net_cents=net,
                price_id=number_of(line.price) if line.price else None, job_line_id=line.job_line,
            )
        )  # fmt: skip
        if line.job_line is not None:
            _take(work, line.job_line, line.quantity_milli)
    work.session.add_all(
        InvoiceTax(
            invoice_id=invoice.id, rate_id=tax.rate.id, name=tax.rate.name,
            milli_percent=tax.rate.milli_percent, cents=tax.cents,
        )
        for tax in sums.taxes
    )  # fmt: skip


def _bare(line: DraftLine) -> DraftLine:
    return DraftLine(line.description, line.unit_cents, line.quantity_milli)


def _take(work: Work, number: int, quantity_milli: int) -> None:
    line = work.get(JobLine, number, "job line")
    if quantity_milli > line.open_milli:
        raise Conflict(f"“{line.description}” is invoiced already.", code="line_invoiced")
    line.invoiced_milli += quantity_milli
    line.version += 1
