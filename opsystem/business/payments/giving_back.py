"""Giving money back: refunds, and payments that turned out to be none (a bounced check, a slip)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.settling import settle
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.posting import Post, post
from opsystem.business.payments.drawing import CREDIT_FIRST, INVOICES_FIRST, draw_back
from opsystem.business.payments.models import Payment, Refund
from opsystem.business.payments.recording import Amount, External
from opsystem.business.payments.records import Part, Returned
from opsystem.business.profile.queries import today
from opsystem.business.references import PaymentRef, number_of
from opsystem.business.wording import Line, Name
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.money import show_cents
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation


@operation(permission=Permission.REFUND, effect=Effect.COMMIT, label="Record refund")
def refund_payment(
    work: Work,
    *,
    payment: PaymentRef,
    cents: Amount,
    reason: Line = "",
    refunded_on: date | None = None,
    external_id: External | None = None,
) -> Returned:
    """Record that part or all of a payment was given back, in US cents.

    It is taken from the client's credit first, then from a deposit; the rest is owed again on the invoices
    this payment paid. The same `external_id` is recorded once. The money itself is moved by hand, or by
    the processor.
    """
    row = work.get(Payment, number_of(payment), "payment")
    if external_id is not None:
        known = work.session.scalar(select(Refund).where(Refund.external_id == external_id))
        if known is not None:
            return Returned(known.ref, known.id, 0, 0, [], "This refund was recorded before.", again=True)
    _refuse_void(row)
    left = row.cents - row.refunded_cents
    if cents > left:
        message = f"At most {show_cents(left)} of {row.ref} can be given back."
        raise Invalid(message, code="too_much", fields={"cents": message})
    day = refunded_on or today(work)
    refund = Refund(
        payment_id=row.id, cents=cents, refunded_on=day, reason=reason, external_id=external_id,
        at=work.now, by=work.actor.name,
    )  # fmt: skip
    work.session.add(refund)
    work.session.flush()
    row.refunded_cents += cents
    posts, short = draw_back(work, row, cents, CREDIT_FIRST)
    posts += [Post(Account.CREDIT, short, row.client_id)]
    post(
        work,
        day,
        f"refund {refund.ref}",
        row.ref,
        [Post(Account(row.account), -cents, row.client_id), *posts],
    )
    work.describe(f"Recorded a refund of {show_cents(cents)} of {row.ref}")
    return returned(work, refund.ref, refund.id, posts)


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Void payment")
def void_payment(work: Work, *, payment: PaymentRef, reason: Name) -> Returned:
    """Take back a payment that was none (a bounced check, a slip): its invoices are owed again."""
    row = work.get(Payment, number_of(payment), "payment")
    _refuse_void(row)
    if row.refunded_cents:
        raise Conflict(f"Part of {row.ref} was given back; refund the rest instead.", code="refunded")
    posts, short = draw_back(work, row, row.cents, INVOICES_FIRST)
    posts += [Post(Account.CREDIT, short, row.client_id)]
    back = [
        Post(Account(row.account), row.fee_cents - row.cents, row.client_id),
        Post(Account.FEES, -row.fee_cents, row.client_id),
    ]
    post(work, today(work), "payment voided", row.ref, [*back, *posts])
    row.voided_at, row.voided_by, row.void_reason = work.now, work.actor.name, reason
    work.describe(f"Voided {row.ref}: {reason}")
    return returned(work, row.ref, row.id, posts)


def returned(work: Work, ref: str, number: int, posts: list[Post]) -> Returned:
    """Settle the invoices that are owed again, and say where money that went back came from."""
    reopened = []
    for one in posts:
        if one.invoice_id is not None and one.cents:
            settle(work, work.get(Invoice, one.invoice_id, "invoice"))
            reopened.append(Part(make_ref("invoice", one.invoice_id), one.cents))
    credit = sum(one.cents for one in posts if one.account is Account.CREDIT)
    deposit = sum(one.cents for one in posts if one.account is Account.DEPOSITS)
    words = [f"{show_cents(part.cents)} is owed again on {part.invoice}." for part in reopened]
    words += [f"{show_cents(credit)} was taken from the client's credit."] if credit else []
    words += [f"{show_cents(deposit)} was taken from the deposit."] if deposit else []
    return Returned(ref, number, credit, deposit, reopened, " ".join(words))


def _refuse_void(payment: Payment) -> None:
    if payment.voided_at is not None:
        raise Conflict(f"{payment.ref} was voided by {payment.voided_by}.", code="payment_void")
