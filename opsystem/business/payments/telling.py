"""What became of a payment, in a sentence; and the same answer for a payment that is told twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from opsystem.business.invoices.models import Invoice
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry, Posting
from opsystem.business.payments.models import Payment
from opsystem.business.payments.records import Paid, Part
from opsystem.kit.money import show_cents
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def tell_outcome(payment: Payment, parts: Sequence[tuple[str, int]], wanted: Sequence[Invoice] = ()) -> Paid:
    """Return what was recorded: each invoice it paid, and where the rest is."""
    left = payment.cents - sum(cents for _, cents in parts)
    words = [f"{show_cents(cents)} paid {ref}." for ref, cents in parts]
    words += [f"{one.ref} was voided." for one in wanted if one.voided_at is not None]
    paid = {ref for ref, _ in parts}
    words += [
        f"{one.ref} was paid already." for one in wanted if one.ref not in paid and one.voided_at is None
    ]
    if left and payment.deposit_for:
        words.append(f"{show_cents(left)} is a deposit for {payment.deposit_for}.")
    elif left:
        words.append(f"{show_cents(left)} is kept as the client's credit.")
    deposit = left if payment.deposit_for else 0
    return Paid(
        payment.ref,
        payment.id,
        [Part(ref, cents) for ref, cents in parts],
        deposit,
        left - deposit,
        " ".join(words),
    )


def paid_before(work: Work, external_id: str | None) -> Paid | None:
    """Return what was recorded of a processor's payment before, or None."""
    if external_id is None:
        return None
    payment = work.session.scalar(select(Payment).where(Payment.external_id == external_id))
    if payment is None:
        return None
    return replace(tell_outcome(payment, first_parts(work, payment)), again=True)


def first_parts(work: Work, payment: Payment) -> list[tuple[str, int]]:
    """Return which invoices a payment paid when it was recorded, with US cents."""
    statement = (
        select(Posting.invoice_id, -Posting.cents)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(
            Entry.source == payment.ref,
            Entry.event == "payment",
            Posting.account == Account.RECEIVABLE.value,
            Posting.invoice_id.is_not(None),
        )
        .order_by(Posting.id)
    )
    found = work.session.execute(statement)
    return [(make_ref("invoice", number), cents) for number, cents in found if number is not None]
