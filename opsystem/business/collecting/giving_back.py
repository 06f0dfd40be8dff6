"""Refunds and disputes as Stripe has them, brought into the books: begun here or at Stripe."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from opsystem.business.collecting.keeping import WatchedDispute
from opsystem.business.collecting.models import Checkout
from opsystem.business.collecting.noting import note_finding
from opsystem.business.collecting.told import ToldDispute, ToldRefund
from opsystem.business.payments.disputing import close_dispute, record_dispute
from opsystem.business.payments.giving_back import refund_payment
from opsystem.business.payments.models import Payment, Refund
from opsystem.kit.money import show_cents
from opsystem.operations import Work

_BACK = {"succeeded", "pending", "requires_action"}
_WON, _LOST = {"won", "warning_closed"}, {"lost"}
# Bank inquiries that take no money yet.
_ASKING = "warning_"


def mirror_refunds(work: Work, page: Checkout, payment: Payment, refunds: Sequence[ToldRefund]) -> None:
    """Record each refund once; one that failed after it was recorded is told to a person."""
    for told in refunds:
        known = work.session.scalar(select(Refund.id).where(Refund.external_id == told.refund))
        if told.status in _BACK and known is None:
            left = payment.cents - payment.refunded_cents
            if told.cents > left:
                words = f"Stripe gave back {show_cents(told.cents)} of {payment.ref}"
                words = f"{words}; in the books {show_cents(left)} are left of it."
                _tell(work, f"refund {told.refund}", words, page, payment, told.cents)
                continue
            work.do(
                refund_payment,
                payment=payment.ref,
                cents=told.cents,
                reason=told.reason or "Given back at Stripe",
                external_id=told.refund,
            )
        elif told.status not in _BACK and known is not None:
            words = (
                f"A refund of {show_cents(told.cents)} did not reach the client; the money is back at Stripe."
            )
            _tell(work, f"refund failed {told.refund}", words, page, payment, told.cents)


def mirror_disputes(work: Work, page: Checkout, payment: Payment, disputes: Sequence[ToldDispute]) -> None:
    """Record each dispute once, keep its deadline, and close it as the bank has decided."""
    for told in disputes:
        row = work.session.scalar(select(WatchedDispute).where(WatchedDispute.dispute == told.dispute))
        if row is None:
            row = WatchedDispute(
                checkout_id=page.id, dispute=told.dispute, booked="", cents=told.cents, reason=told.reason,
                status=told.status, due_by=told.due_by, opened_at=told.opened_at,
            )  # fmt: skip
            work.session.add(row)
            by = f" Answer at Stripe by {told.due_by:%B} {told.due_by.day}." if told.due_by else ""
            words = f"The client's bank disputes {show_cents(told.cents)} of {payment.ref}.{by}"
            _tell(work, f"dispute {told.dispute}", words, page, payment, told.cents)
        row.status, row.due_by = told.status, told.due_by
        if not row.booked and not told.status.startswith(_ASKING):
            reason = told.reason.replace("_", " ")
            booked = work.do(
                record_dispute, payment=payment.ref, cents=told.cents, external_id=told.dispute, reason=reason
            )
            row.booked = booked.ref
        if row.closed_at is None and told.status in _WON | _LOST:
            row.closed_at = work.now
            if row.booked:
                work.do(close_dispute, dispute=row.booked, won=told.status in _WON)


def _tell(work: Work, key: str, words: str, page: Checkout, payment: Payment, cents: int) -> None:
    note_finding(work, key, words, client_id=page.client_id, about=payment.ref, cents=cents)
