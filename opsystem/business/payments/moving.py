"""Moving money that is there already: credit onto an invoice, cash to the bank, a payout of the processor."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from opsystem.business.invoices.deposits import draw, held_for
from opsystem.business.invoices.taking_back import standing
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry, Posting
from opsystem.business.ledger.posting import Post, balance, post
from opsystem.business.payments.recording import Amount, External
from opsystem.business.payments.records import Part
from opsystem.business.profile.queries import today
from opsystem.business.references import InvoiceRef
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.money import show_cents
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Use credit")
def use_credit(work: Work, *, invoice: InvoiceRef, cents: Amount | None = None) -> Part:
    """Pay an invoice from the client's deposits and credit, up to `cents` or to what is owed."""
    row = standing(work, invoice)
    if not row.is_open:
        raise Conflict(f"Nothing is owed on {row.ref}.", code="nothing_owed")
    left = cents or row.open_cents
    used = 0
    for account in (Account.DEPOSITS, Account.CREDIT):
        for about, held in held_for(work, row.client_id, account).items():
            used += draw(work, row, account, min(held, left - used), about)
    if not used:
        raise Conflict("This client has no deposit and no credit to use.", code="no_credit")
    work.describe(f"Used {show_cents(used)} of the client's credit for {row.ref}")
    return Part(row.ref, used)


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Bank cash and checks")
def bank_cash(work: Work, *, cents: Amount, banked_on: date | None = None) -> Saved:
    """Record that cash and checks were brought to the bank, in US cents."""
    there = balance(work.session, Account.UNDEPOSITED)
    if cents > there:
        message = f"Only {show_cents(there)} waits to be banked."
        raise Invalid(message, code="too_much", fields={"cents": message})
    posts = (Post(Account.BANK, cents), Post(Account.UNDEPOSITED, -cents))
    entry = post(work, banked_on or today(work), "banked", "", posts)
    work.describe(f"Banked {show_cents(cents)}")
    return Saved(entry.ref, entry.id)


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Record payout")
def record_payout(work: Work, *, cents: Amount, external_id: External, paid_on: date | None = None) -> Saved:
    """Record that the card processor paid out to the bank, in US cents; the same `external_id` once."""
    source = f"payout {external_id}"
    known = work.session.scalar(
        select(Entry).join(Posting, Posting.entry_id == Entry.id).where(Entry.source == source).limit(1)
    )
    if known is not None:
        return Saved(known.ref, known.id)
    posts = (Post(Account.BANK, cents), Post(Account.CLEARING, -cents))
    entry = post(work, paid_on or today(work), "payout", source, posts)
    work.describe(f"Recorded a payout of {show_cents(cents)}")
    return Saved(entry.ref, entry.id)
