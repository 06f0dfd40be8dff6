"""Disputes: the client's bank takes a payment back until it is decided whose it is."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.settling import settle, stop_reminders
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.posting import Post, post
from opsystem.business.payments.drawing import INVOICES_FIRST, draw_back, still_paid
from opsystem.business.payments.giving_back import returned
from opsystem.business.payments.models import Dispute, Payment
from opsystem.business.payments.recording import Amount, External
from opsystem.business.payments.records import Returned
from opsystem.business.profile.queries import today
from opsystem.business.references import DisputeRef, PaymentRef, number_of
from opsystem.business.wording import Line
from opsystem.kit.errors import Conflict
from opsystem.kit.money import Cents, show_cents
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Record dispute")
def record_dispute(
    work: Work,
    *,
    payment: PaymentRef,
    cents: Amount,
    external_id: External,
    fee_cents: Cents = 0,
    reason: Line = "",
    opened_on: date | None = None,
) -> Saved:
    """Record that a client's bank disputes a payment: the money is held, and reminders of its invoices stop.

    The same `external_id` is recorded once.
    """
    known = work.session.scalar(select(Dispute).where(Dispute.external_id == external_id))
    if known is not None:
        return Saved(known.ref, known.id)
    row = work.get(Payment, number_of(payment), "payment")
    day = opened_on or today(work)
    dispute = Dispute(
        payment_id=row.id, cents=cents, fee_cents=fee_cents, reason=reason, external_id=external_id,
        opened_on=day, opened_at=work.now,
    )  # fmt: skip
    work.session.add(dispute)
    work.session.flush()
    account = Account(row.account)
    posts = [
        Post(Account.DISPUTED, cents, row.client_id),
        Post(Account.FEES, fee_cents, row.client_id),
        Post(account, -cents - fee_cents, row.client_id),
    ]
    post(work, day, "dispute", dispute.ref, posts)
    for number in still_paid(work, row):
        invoice = work.get(Invoice, number, "invoice")
        invoice.disputed_at = work.now
        stop_reminders(work, invoice)
    work.describe(f"Recorded a dispute over {show_cents(cents)} of {row.ref}")
    return Saved(dispute.ref, dispute.id)


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Close dispute")
def close_dispute(work: Work, *, dispute: DisputeRef, won: bool, closed_on: date | None = None) -> Returned:
    """Record how a dispute ended: won, the money is back; lost, its invoices are owed again."""
    row = work.get(Dispute, number_of(dispute), "dispute")
    if row.closed_at is not None:
        if (row.won_at is not None) == won:
            return Returned(row.ref, row.id, 0, 0, [], "This was recorded before.", again=True)
        raise Conflict(f"{row.ref} was closed the other way.", code="dispute_closed")
    payment, day = work.get(Payment, row.payment_id, "payment"), closed_on or today(work)
    row.closed_at, row.won_at = work.now, work.now if won else None
    for number in still_paid(work, payment):
        work.get(Invoice, number, "invoice").disputed_at = None
    if won:
        back = [Post(Account(payment.account), row.cents, payment.client_id)]
        posts: list[Post] = []
    else:
        back = []
        posts, short = draw_back(work, payment, row.cents, INVOICES_FIRST)
        posts += [Post(Account.CREDIT, short, payment.client_id)]
    held = Post(Account.DISPUTED, -row.cents, payment.client_id)
    event = f"dispute {row.ref} {'won' if won else 'lost'}"
    post(work, day, event, payment.ref, [held, *back, *posts])
    for number in still_paid(work, payment):
        settle(work, work.get(Invoice, number, "invoice"))
    work.describe(f"Closed {row.ref}: {'won' if won else 'lost'}")
    return returned(work, row.ref, row.id, posts)
