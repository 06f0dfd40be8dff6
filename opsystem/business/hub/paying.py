"""What a client has paid and is asked to pay: the deposit of a quote, what an invoice owes. US cents."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, func, select

from opsystem.business.acceptance.telling import acceptance_of, acceptance_record
from opsystem.business.collecting.account import account_row
from opsystem.business.collecting.models import Checkout
from opsystem.business.hub.records import MyDeposit, MyPayment, MyPayments
from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.pages import events_of
from opsystem.business.invoices.records import InvoiceEvent
from opsystem.business.payments.models import Payment
from opsystem.business.quotes.models import Quote
from opsystem.business.references import InvoiceRef, QuoteRef, number_of
from opsystem.kit.refs import parse_ref
from opsystem.operations import Permission, Work, query
from opsystem.operations.errand import office

# What of the books is told to a client, in his words.
_WORDS = {
    "payment": "Paid",
    "deposit used": "Your deposit",
    "credit used": "Your credit",
    "credit note": "Credit",
    "payment voided": "Taken back",
    "refund": "Given back",
}


@query(permission=Permission.HUB, label="Show my deposit", assistant=False)
def my_deposit(work: Work, *, quote: QuoteRef) -> MyDeposit | None:
    """Show a client what is asked for on a quote he accepted, and what of it has come; None if nothing is.

    Once the work is invoiced nothing more is asked for here: the invoice says what is owed.
    """
    row = work.get(Quote, number_of(quote), "quote")
    accepted = acceptance_of(work, row.id)
    if accepted is None:
        return None
    asked = acceptance_record(work, accepted).due_now_cents
    came = work.session.scalars(
        select(Payment).where(Payment.deposit_for == row.ref).order_by(Payment.id)
    ).all()
    received = sum(one.cents - one.refunded_cents for one in came)
    if not asked and not received:
        return None
    invoiced = row.job_id is not None and bool(
        work.session.scalar(
            select(Invoice.id).where(Invoice.job_id == row.job_id, Invoice.voided_at.is_(None)).limit(1)
        )
    )
    left = 0 if invoiced else max(asked - received, 0)
    coming = _coming(work, Checkout.deposit_for == row.ref)
    return MyDeposit(
        asked, received, left, coming, left > 0 and _takes_cards(work), [_receipt(one) for one in came]
    )


@query(permission=Permission.HUB, label="Show my payments", assistant=False)
def my_payments(work: Work, *, invoice: InvoiceRef) -> MyPayments:
    """Show a client what was paid on an invoice of his, the oldest first, and whether he can pay here."""
    row = work.get(Invoice, number_of(invoice), "invoice")
    with office(work) as desk:
        told = [one for one in events_of(desk, row) if one.cents and one.event in _WORDS]
    rows = [_row(work, one) for one in told]
    can_pay = row.is_open and row.disputed_at is None and _takes_cards(work)
    return MyPayments(rows, _coming(work, Checkout.invoice_id == row.id), can_pay)


def _row(work: Work, told: InvoiceEvent) -> MyPayment:
    kind, number = parse_ref(told.source)
    payment = work.session.get(Payment, number) if kind == "payment" and told.event == "payment" else None
    if payment is not None:
        return replace(_receipt(payment), cents=told.cents)
    return MyPayment(_WORDS[told.event], told.day, told.cents, None)


def _receipt(payment: Payment) -> MyPayment:
    words = f"Paid by {payment.reference or payment.method}"
    return MyPayment(words, payment.received_on, payment.cents, payment.id)


def _coming(work: Work, what: ColumnElement[bool]) -> int:
    """Return what is on its way from a bank, US cents."""
    under_way = (
        Checkout.processing_at.is_not(None),
        Checkout.paid_at.is_(None),
        Checkout.failed_at.is_(None),
    )
    return work.session.scalar(select(func.sum(Checkout.cents)).where(what, *under_way)) or 0


def _takes_cards(work: Work) -> bool:
    account = account_row(work)
    return account is not None and account.charges_at is not None
