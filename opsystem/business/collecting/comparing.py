"""The books compared with Stripe's balance, line by line: each night, by our own worker."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass
from sqlalchemy import select

from opsystem.business.collecting.keeping import Comparison, WatchedDispute
from opsystem.business.collecting.models import Checkout
from opsystem.business.collecting.noting import note_finding
from opsystem.business.payments.models import Payment, Refund
from opsystem.kit.money import show_cents
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation

_MONEY_IN, _MONEY_BACK, _HELD = {"charge", "payment"}, {"refund", "payment_refund"}, {"adjustment"}


@dataclass(frozen=True)
class ToldLine:
    """A line of the balance at Stripe, in US cents."""

    line: Annotated[str, Field(max_length=120)]
    type: Annotated[str, Field(max_length=60)]
    cents: int
    fee_cents: int
    source: Annotated[str, Field(max_length=120)]


@operation(permission=Permission.DELIVER, effect=Effect.COMMIT, label="Compare with Stripe", assistant=False)
def note_comparison(
    work: Work,
    *,
    since: datetime,
    lines: Annotated[tuple[ToldLine, ...], Field(max_length=20_000)],
    healed: int = 0,
) -> int:
    """Compare lines of Stripe's balance with the books; each difference becomes a finding, once.

    Returns how many differ. Payments in the books since then that Stripe knows nothing of differ as well.
    """
    differences = [found for line in lines if (found := _differs(work, line)) is not None]
    for key, words, about, cents in differences:
        note_finding(work, key, words, about=about, cents=cents)
    missing = _not_at_stripe(work, since, {line.source for line in lines})
    work.session.add(
        Comparison(
            at=work.now, since=since, lines=len(lines), healed=healed, different=len(differences) + missing
        )
    )
    work.describe("Compared the books with Stripe")
    return len(differences) + missing


def _differs(work: Work, line: ToldLine) -> tuple[str, str, str, int] | None:
    key = f"line {line.line}"
    shown = show_cents(abs(line.cents))
    if line.type in _MONEY_IN:
        page = work.session.scalar(select(Checkout).where(Checkout.charge == line.source))
        payment = work.session.get(Payment, page.payment_id) if page and page.payment_id else None
        if payment is None:
            return key, f"Stripe has a payment of {shown} that the books have not.", line.source, line.cents
        if (payment.cents, payment.fee_cents) != (line.cents, line.fee_cents):
            words = (
                f"{payment.ref} is {show_cents(payment.cents)} with a fee of "
                f"{show_cents(payment.fee_cents)} in the books; "
                f"at Stripe {shown} with {show_cents(line.fee_cents)}."
            )
            return key, words, payment.ref, line.cents
    elif line.type in _MONEY_BACK:
        refund = work.session.scalar(select(Refund).where(Refund.external_id == line.source))
        if refund is None:
            return key, f"Stripe gave back {shown}; the books have no such refund.", line.source, -line.cents
        if refund.cents != -line.cents:
            words = f"A refund is {show_cents(refund.cents)} in the books and {shown} at Stripe."
            return key, words, make_ref("payment", refund.payment_id), -line.cents
    elif line.type in _HELD and line.source.startswith(("du_", "dp_")):
        known = select(WatchedDispute.id).where(WatchedDispute.dispute == line.source)
        if work.session.scalar(known) is None:
            return key, f"Stripe holds {shown} for a dispute the books do not know.", line.source, line.cents
    return None


def _not_at_stripe(work: Work, since: datetime, sources: set[str]) -> int:
    paid = select(Checkout).where(Checkout.paid_at >= since, Checkout.payment_id.is_not(None))
    strangers = [page for page in work.session.scalars(paid) if page.charge not in sources]
    for page in strangers:
        ref = make_ref("payment", page.payment_id or 0)
        words = f"{ref} of {show_cents(page.cents)} is in the books, and Stripe has no line of it."
        note_finding(work, f"lost {page.id}", words, client_id=page.client_id, about=ref, cents=page.cents)
    return len(strangers)
