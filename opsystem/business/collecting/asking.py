"""What may be asked about payments by Stripe."""

from __future__ import annotations

from sqlalchemy import func, select

from opsystem.business.collecting.account import account_row
from opsystem.business.collecting.keeping import Comparison, Finding, WatchedDispute
from opsystem.business.collecting.models import Checkout
from opsystem.business.collecting.moving import waiting_refunds
from opsystem.business.collecting.records import (
    CheckoutRow,
    Details,
    DisputeRow,
    Standing,
)
from opsystem.business.payments.models import Payment
from opsystem.business.references import CheckoutRef, ClientRef, InvoiceRef, PaymentRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

_STATES = {
    "not_connected": "Not connected",
    "needs_details": "Stripe needs details",
    "can_charge": "Can charge, not paid out yet",
    "can_pay_out": "Connected",
}


@query(permission=Permission.MONEY_READ, label="Look at the Stripe account")
def stripe_standing(work: Work) -> Standing:
    """Tell how the account at Stripe stands, what is missing, and what the last comparison found."""
    row = account_row(work)
    state = "not_connected"
    if row is not None:
        state = "can_pay_out" if row.payouts_at else "can_charge"
        state = state if row.charges_at else "needs_details"
    last = work.session.scalars(select(Comparison).order_by(Comparison.id.desc()).limit(1)).first()
    return Standing(
        state, _STATES[state], row.missing.split("\n") if row is not None and row.missing else [],
        row.begun_at if row else None, row.looked_at if row else None,
        work.session.scalar(select(func.count(Finding.id)).where(Finding.settled_at.is_(None))) or 0,
        last.at if last else None, last.lines if last else 0, last.different if last else 0,
    )  # fmt: skip


@query(permission=Permission.MONEY_READ, label="List payment pages")
def list_checkouts(
    work: Work, *, client: ClientRef | None = None, invoice: InvoiceRef | None = None
) -> list[CheckoutRow]:
    """List attempts to collect by Stripe, newest first, 50 at most. Amounts are US cents."""
    wanted = select(Checkout).order_by(Checkout.id.desc()).limit(50)
    if client is not None:
        wanted = wanted.where(Checkout.client_id == number_of(client))
    if invoice is not None:
        wanted = wanted.where(Checkout.invoice_id == number_of(invoice))
    return [_row(work, page) for page in work.session.scalars(wanted)]


@query(permission=Permission.HUB, label="Look at a payment", assistant=False)  # a client's own
def own_checkout(work: Work, *, checkout: CheckoutRef) -> CheckoutRow:
    """Tell a client what became of a payment page of his own."""
    return _row(work, work.get(Checkout, number_of(checkout), "payment page"))


@query(permission=Permission.MONEY_READ, label="Look at a payment by Stripe")
def stripe_details(work: Work, *, payment: PaymentRef) -> Details | None:
    """Tell what Stripe knows of a payment: way, fee, what can be given back, disputes. None for others."""
    row = work.get(Payment, number_of(payment), "payment")
    page = work.session.scalar(select(Checkout).where(Checkout.payment_id == row.id))
    if page is None:
        return None
    waiting = waiting_refunds(work, page)
    found = select(WatchedDispute).where(WatchedDispute.checkout_id == page.id).order_by(WatchedDispute.id)
    disputes = [
        DisputeRow(one.dispute, one.cents, one.reason, one.status, one.due_by, one.opened_at, one.closed_at)
        for one in work.session.scalars(found)
    ]
    left = max(row.cents - row.refunded_cents - waiting, 0)
    return Details(page.ref, page.way, row.fee_cents, left, waiting, disputes)


def _row(work: Work, page: Checkout) -> CheckoutRow:  # noqa: ARG001
    facts = (
        (page.paid_at, "paid"), (page.failed_at, "failed"), (page.closed_at, "closed"),
        (page.processing_at, "processing"),
    )  # fmt: skip
    state = next((word for at, word in facts if at is not None), "open")
    return CheckoutRow(
        page.ref, page.id, make_ref("client", page.client_id), page.purpose,
        make_ref("invoice", page.invoice_id) if page.invoice_id else None, page.deposit_for, page.cents,
        state, page.way,
        page.problem, make_ref("payment", page.payment_id) if page.payment_id else None, page.begun_at,
        page.begun_by,
    )  # fmt: skip
