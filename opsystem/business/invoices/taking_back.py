"""Taking an issued invoice back, wholly or in part: void, credit note, write-off. Never by deleting it."""

from __future__ import annotations

from sqlalchemy import func, select

from opsystem.business.invoices.models import CreditNote, Invoice, InvoiceLine
from opsystem.business.invoices.records import Credited, Voided
from opsystem.business.invoices.settling import settle
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.money import tell_money
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry
from opsystem.business.ledger.posting import Post, mirror, post
from opsystem.business.lines import divide_half_up
from opsystem.business.profile.queries import today
from opsystem.business.references import InvoiceRef, number_of
from opsystem.business.wording import Name
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.money import Cents, show_cents
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Void invoice")
def void_invoice(work: Work, *, invoice: InvoiceRef, reason: Name) -> Voided:
    """Void an invoice that should not be: it keeps its number and is owed no more.

    What was paid on it becomes credit of the client. The job's lines are open again.
    """
    row = standing(work, invoice)
    if row.written_off_at is not None or credited_of(work, row)[0]:
        raise Conflict(
            f"{row.ref} was credited or written off; credit the rest instead.", code="already_credited"
        )
    issued = select(Entry).where(Entry.source == row.ref, Entry.event.in_(("invoice", "retainage")))
    entry = work.session.scalars(issued).one()
    post(work, today(work), "void", row.ref, mirror(work.session, entry), reverses=entry)
    row.voided_at, row.voided_by, row.void_reason = work.now, work.actor.name, reason
    paid = -settle(work, row)
    if paid > 0:
        posts = (
            Post(Account.RECEIVABLE, paid, row.client_id, row.id),
            Post(Account.CREDIT, -paid, row.client_id),
        )
        post(work, today(work), "paid on a void invoice", row.ref, posts)
        settle(work, row)
    _open_again(work, row)
    work.describe(f"Voided {row.ref}: {reason}")
    return Voided(row.ref, row.id, max(paid, 0))


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Credit invoice")
def credit_invoice(work: Work, *, invoice: InvoiceRef, cents: Cents, reason: Name) -> Credited:
    """Write a credit note over part or all of an invoice, in US cents with tax.

    It lowers what is owed; what was paid already becomes credit of the client.
    """
    row = standing(work, invoice)
    if row.written_off_at is not None:
        raise Conflict(f"{row.ref} was written off; there is nothing left to credit.", code="written_off")
    before, before_tax = credited_of(work, row)
    left = row.total_cents - row.retained_cents - before
    if not 0 < cents <= left:
        message = f"At most {show_cents(left)} of {row.ref} can be credited."
        raise Invalid(message, code="too_much", fields={"cents": message})
    # The shares of all credit notes sum to the invoice's own tax.
    tax = divide_half_up(row.tax_cents * (before + cents), row.total_cents) - before_tax
    note = CreditNote(
        invoice_id=row.id, day=today(work), reason=reason, cents=cents, tax_cents=tax,
        at=work.now, by=work.actor.name,
    )  # fmt: skip
    work.session.add(note)
    work.session.flush()
    lowered = min(cents, max(row.open_cents, 0))
    earned = Account.RETAINAGE if row.releases else Account.REVENUE
    posts = (
        Post(earned, cents - tax, row.client_id, row.id),
        Post(Account.TAX, tax, row.client_id, row.id),
        Post(Account.RECEIVABLE, -lowered, row.client_id, row.id),
        Post(Account.CREDIT, lowered - cents, row.client_id),
    )
    post(work, note.day, "credit note", note.ref, posts)
    settle(work, row)
    work.describe(f"Credited {show_cents(cents)} of {row.ref}: {reason}")
    return Credited(note.ref, note.id, lowered, cents - lowered)


@operation(permission=Permission.BOOKS_WRITE, effect=Effect.COMMIT, label="Write invoice off")
def write_off_invoice(work: Work, *, invoice: InvoiceRef, reason: Name) -> Saved:
    """Give up what is still owed on an invoice: it stands in the books as written off."""
    row = standing(work, invoice)
    if not row.is_open:
        raise Conflict(f"Nothing is owed on {row.ref}.", code="nothing_owed")
    posts = (
        Post(Account.BAD_DEBT, row.open_cents, row.client_id, row.id),
        Post(Account.RECEIVABLE, -row.open_cents, row.client_id, row.id),
    )
    post(work, today(work), "write-off", row.ref, posts)
    row.written_off_at, row.written_off_by = work.now, work.actor.name
    settle(work, row)
    row.paid_at = None
    tell_money(work, row.job_id)
    work.describe(f"Wrote off what was owed on {row.ref}: {reason}")
    return Saved(row.ref, row.id)


def standing(work: Work, reference: str) -> Invoice:
    """Return an invoice that was not voided. Raises NotFound, Conflict."""
    row = work.get(Invoice, number_of(reference), "invoice")
    if row.voided_at is not None:
        raise Conflict(f"{row.ref} was voided by {row.voided_by}.", code="invoice_void")
    return row


def credited_of(work: Work, invoice: Invoice) -> tuple[int, int]:
    """Return what was credited of an invoice so far, and how much of that was tax, in US cents."""
    sums = select(
        func.coalesce(func.sum(CreditNote.cents), 0), func.coalesce(func.sum(CreditNote.tax_cents), 0)
    ).where(CreditNote.invoice_id == invoice.id)
    cents, tax = work.session.execute(sums).one()
    return cents, tax


def _open_again(work: Work, invoice: Invoice) -> None:
    billed = select(InvoiceLine).where(
        InvoiceLine.invoice_id == invoice.id, InvoiceLine.job_line_id.is_not(None)
    )
    for line in work.session.scalars(billed):
        of_job = work.session.get(JobLine, line.job_line_id)
        if of_job is not None:
            of_job.invoiced_milli -= line.quantity_milli
            of_job.version += 1
    tell_money(work, invoice.job_id)
