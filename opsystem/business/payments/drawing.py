"""Where money that goes back is taken from: credit, deposits, and invoices that are then owed again."""

from __future__ import annotations

from sqlalchemy import func, select

from opsystem.business.invoices.deposits import held_for
from opsystem.business.invoices.models import Invoice
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry, Posting
from opsystem.business.ledger.posting import Post
from opsystem.business.payments.models import Payment
from opsystem.operations import Work

CREDIT_FIRST = (Account.CREDIT, Account.DEPOSITS, Account.RECEIVABLE)
INVOICES_FIRST = (Account.RECEIVABLE, Account.DEPOSITS, Account.CREDIT)


def draw_back(work: Work, payment: Payment, cents: int, order: tuple[Account, ...]) -> tuple[list[Post], int]:
    """Return the debits that money going back is taken from, and what could be taken from nowhere."""
    posts: list[Post] = []
    for account in order:
        for one in _held(work, payment, account):
            part = min(cents, one.cents)
            if part > 0:
                posts.append(Post(account, part, one.client_id, one.invoice_id, one.about))
                cents -= part
    return posts, cents


def still_paid(work: Work, payment: Payment) -> dict[int, int]:
    """Return what a payment still pays of which invoice, in US cents, by the invoice's number.

    Refunds, disputes and voids of a payment are booked under its own reference, so its sum tells.
    """
    sums = (
        select(Posting.invoice_id, -func.sum(Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(
            Entry.source == payment.ref,
            Posting.account == Account.RECEIVABLE.value,
            Posting.invoice_id.is_not(None),
        )
        .group_by(Posting.invoice_id)
        .order_by(Posting.invoice_id.desc())
    )
    found = work.session.execute(sums)
    return {number: cents for number, cents in found if number is not None and cents > 0}


def _held(work: Work, payment: Payment, account: Account) -> list[Post]:
    client = payment.client_id
    if account is not Account.RECEIVABLE:
        held = held_for(work, client, account)
        about = payment.deposit_for or ""
        return [
            Post(account, cents, client, about=key) for key, cents in held.items() if key == about or not key
        ]
    standing = []
    for number, cents in still_paid(work, payment).items():
        invoice = work.session.get(Invoice, number)
        # What was paid on a void invoice has become credit; it is not owed again.
        if invoice is not None and invoice.voided_at is None:
            standing.append(Post(account, cents, client, number))
    return standing
