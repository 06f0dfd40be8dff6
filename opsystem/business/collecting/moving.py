"""Money moved on a person's word: a kept way to pay is charged, a payment is given back at Stripe."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.collecting.account import chargeable
from opsystem.business.collecting.keeping import Errand
from opsystem.business.collecting.models import Checkout, SavedMethod
from opsystem.business.collecting.noting import send_off
from opsystem.business.collecting.opening import OPEN_FOR, close_page, owed_on, title_of_page
from opsystem.business.collecting.records import Begun
from opsystem.business.invoices.models import Invoice
from opsystem.business.payments.models import Payment
from opsystem.business.payments.recording import Amount
from opsystem.business.references import InvoiceRef, MethodRef, PaymentRef, number_of
from opsystem.business.wording import Line
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.money import show_cents
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.FINAL, label="Charge a kept way to pay")
def charge_method(work: Work, *, invoice: InvoiceRef, method: MethodRef) -> Begun:
    """Charge what is owed on an invoice to a card or account its client let be kept. US cents.

    A live payment page of the invoice is closed, and a second charge waits until the first is decided.
    """
    account = chargeable(work)
    owed = work.get(Invoice, number_of(invoice), "invoice")
    cents = owed_on(owed)
    way = work.get(SavedMethod, number_of(method), "way to pay")
    if way.client_id != owed.client_id or way.removed_at is not None:
        raise Conflict("This way to pay is not one of this client's any more.", code="method_gone")
    for page in work.session.scalars(
        select(Checkout).where(Checkout.invoice_id == owed.id, Checkout.closed_at.is_(None))
    ):
        if page.processing_at and not (page.paid_at or page.failed_at):
            raise Conflict("A payment of this invoice is on its way already.", code="being_paid")
        if page.is_live and page.purpose == "charge":
            raise Conflict("This invoice is being charged already.", code="being_paid")
        if page.is_live:
            close_page(work, page)
    words = title_of_page("charge", owed.ref)
    row = Checkout(
        client_id=owed.client_id, purpose="charge", invoice_id=owed.id, cents=cents, words=words,
        customer=way.customer, way=way.name, expires_at=work.now + OPEN_FOR, begun_at=work.now,
        begun_by=work.actor.name,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    payload = {
        "checkout": row.id, "customer": way.customer, "method": way.method, "cents": cents, "words": words,
        "account": account.account,
    }  # fmt: skip
    errand = send_off(work, "charge", row.ref, payload)
    work.describe(f"Charged {show_cents(cents)} to {way.name}")
    return Begun(row.ref, row.id, cents, None, errand.id)


@operation(permission=Permission.REFUND, effect=Effect.FINAL, label="Refund at Stripe")
def refund_at_stripe(work: Work, *, payment: PaymentRef, cents: Amount, reason: Line = "") -> Saved:
    """Give back part or all of a payment that came by Stripe, in US cents; the books follow."""
    row = work.get(Payment, number_of(payment), "payment")
    page = work.session.scalar(select(Checkout).where(Checkout.payment_id == row.id))
    if page is None or page.payment_intent is None:
        raise Conflict("This payment did not come by Stripe.", code="not_stripe")
    left = row.cents - row.refunded_cents - waiting_refunds(work, page)
    if cents > left:
        words = f"At most {show_cents(max(left, 0))} can be given back."
        raise Invalid(words, code="too_much", fields={"cents": words})
    chargeable(work)
    payload = {"checkout": page.id, "intent": page.payment_intent, "cents": cents, "reason": reason}
    send_off(work, "refund", row.ref, payload)
    work.describe(f"Gives back {show_cents(cents)} of {row.ref} at Stripe")
    return Saved(row.ref, row.id)


def waiting_refunds(work: Work, page: Checkout) -> int:
    """Return the US cents of refunds that Stripe has not answered yet."""
    open_ones = select(Errand).where(Errand.task == "refund", Errand.due_at.is_not(None))
    return sum(_cents(one) for one in work.session.scalars(open_ones) if _page(one) == page.id)


def _cents(errand: Errand) -> int:
    return int(errand.said["cents"])


def _page(errand: Errand) -> int:
    return int(errand.said["checkout"])
