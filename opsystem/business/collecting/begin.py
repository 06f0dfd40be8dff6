"""Begin a payment page: for an invoice, a deposit, all that a client owes, or a way to pay for later."""

from __future__ import annotations

from sqlalchemy import func, select

from opsystem.business.clients.models import Client
from opsystem.business.collecting.opening import open_page, owed_on, title_of_page
from opsystem.business.collecting.records import Begun
from opsystem.business.invoices.models import Invoice
from opsystem.business.payments.recording import Amount
from opsystem.business.references import ClientRef, DepositRef, InvoiceRef, number_of
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.operations import Effect, Permission, Work, operation


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.SEND, label="Begin payment page")
def begin_checkout(
    work: Work,
    *,
    client: ClientRef,
    invoice: InvoiceRef | None = None,
    deposit_for: DepositRef | None = None,
    cents: Amount | None = None,
    keep: bool = False,
) -> Begun:
    """Begin a page at Stripe on which a client pays. Amounts are US cents.

    With `invoice` it asks for what is owed on it at this moment; with `deposit_for` (a job or quote) for
    `cents`; with neither for all the client owes. `keep` lets Stripe keep the card for later, with the
    client's consent on that page. A live page for the same thing and amount is given again.
    """
    return begin(work, client, invoice, deposit_for, cents, keep=keep)


@operation(
    permission=Permission.HUB,
    effect=Effect.SEND,
    label="Pay",
    assistant=False,  # a client's own act, through a link of his own
)
def begin_own_checkout(
    work: Work,
    *,
    client: ClientRef,
    invoice: InvoiceRef | None = None,
    deposit_for: DepositRef | None = None,
    cents: Amount | None = None,
    keep: bool = False,
) -> Begun:
    """Begin a page at Stripe for the client who holds a link: as Begin payment page, of his own things."""
    return begin(work, client, invoice, deposit_for, cents, keep=keep)


def begin(
    work: Work, client: str, invoice: str | None, deposit_for: str | None, cents: int | None, *, keep: bool
) -> Begun:
    """Begin a page; what may be seen of clients and invoices is the actor's own."""
    row = work.get(Client, number_of(client), "client")
    if invoice is not None:
        owed = work.get(Invoice, number_of(invoice), "invoice")
        if owed.client_id != row.id:
            raise NotFound("There is no such invoice of this client.", code="no_invoice")
        words = title_of_page("invoice", owed.ref)
        return open_page(work, row, "invoice", owed_on(owed), words, invoice=owed, keeps=keep)
    if deposit_for is not None:
        if cents is None:
            raise Invalid("Say how much.", code="no_amount", fields={"cents": "This is needed."})
        words = title_of_page("deposit", deposit_for)
        return open_page(work, row, "deposit", cents, words, deposit_for=deposit_for, keeps=keep)
    total = work.session.scalar(select(func.sum(Invoice.open_cents)).where(Invoice.client_id == row.id)) or 0
    if total <= 0:
        raise Conflict(f"{row.name} owes nothing.", code="nothing_owed")
    return open_page(work, row, "statement", total, title_of_page("statement", None), keeps=keep)
