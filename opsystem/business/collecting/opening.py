"""Payment pages: how much is asked for at that moment, and at most one live page for one thing."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.collecting.account import chargeable
from opsystem.business.collecting.models import Checkout
from opsystem.business.collecting.noting import send_off
from opsystem.business.collecting.records import Begun
from opsystem.business.invoices.models import Invoice
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Work

# Stripe takes half an hour at least and a day at most.
OPEN_FOR = timedelta(hours=23)
_SOON_OVER = timedelta(minutes=10)
LEAST = 50  # Stripe's own least amount, US cents


def owed_on(invoice: Invoice) -> int:
    """Return what is owed on an invoice now. Raises Conflict where nothing is to be paid."""
    if invoice.voided_at is not None:
        raise Conflict(f"{invoice.ref} was voided; there is nothing to pay.", code="invoice_void")
    if invoice.written_off_at is not None or invoice.open_cents <= 0:
        raise Conflict(f"{invoice.ref} is paid; there is nothing to pay.", code="invoice_paid")
    return invoice.open_cents


def open_page(
    work: Work,
    client: Client,
    purpose: str,
    cents: int,
    words: str,
    *,
    invoice: Invoice | None = None,
    deposit_for: str | None = None,
    keeps: bool = False,
) -> Begun:
    """Return the live page for this, or begin one; a live one that asks for another amount is closed."""
    chargeable(work)
    if purpose != "setup" and cents < LEAST:
        raise Invalid(
            "Stripe takes 50 cents at least.", code="too_little", fields={"cents": "At least $0.50."}
        )
    for old in _pages(work, client, purpose, invoice, deposit_for):
        if old.cents == cents and old.keeps == keeps and old.expires_at - work.now > _SOON_OVER:
            return Begun(old.ref, old.id, old.cents, old.url, None)
        close_page(work, old)
    page = Checkout(
        client_id=client.id, purpose=purpose, invoice_id=invoice.id if invoice else None,
        deposit_for=deposit_for, cents=cents, words=words, keeps=keeps,
        customer=customer_of(work, client.id) if keeps else None, expires_at=work.now + OPEN_FOR,
        begun_at=work.now, begun_by=work.actor.name,
    )  # fmt: skip
    work.session.add(page)
    work.session.flush()
    payload = {
        "checkout": page.id, "client": client.ref, "cents": cents, "words": words, "keeps": keeps,
        "customer": page.customer or "", "expires_at": page.expires_at.isoformat(),
    }  # fmt: skip
    errand = send_off(work, "checkout", page.ref, payload)
    work.describe(f"Began a payment page for {client.name}")
    return Begun(page.ref, page.id, cents, None, errand.id)


def close_page(work: Work, page: Checkout) -> None:
    """Take no payment on a page any more. Who pays on it in this very second has paid all the same."""
    page.closed_at = work.now
    if page.session is not None:
        send_off(work, "expire", page.ref, {"session": page.session})


def customer_of(work: Work, client_id: int) -> str | None:
    """Return the client's customer at Stripe, if there is one."""
    known = (
        select(Checkout.customer)
        .where(Checkout.client_id == client_id, Checkout.customer.is_not(None))
        .order_by(Checkout.id)
    )
    return work.session.scalars(known).first()


def _pages(
    work: Work, client: Client, purpose: str, invoice: Invoice | None, deposit_for: str | None
) -> list[Checkout]:
    """Return the live pages for the same thing: there is one at most, but for two begun at once."""
    wanted = select(Checkout).where(
        Checkout.client_id == client.id,
        Checkout.purpose == purpose,
        Checkout.invoice_id == (invoice.id if invoice else None),
        Checkout.deposit_for == deposit_for,
        Checkout.closed_at.is_(None),
    )
    return [page for page in work.session.scalars(wanted.order_by(Checkout.id.desc())) if page.is_live]


def title_of_page(purpose: str, about: str | None) -> str:
    """Return what a page is called at Stripe; it names no client."""
    return {
        "invoice": f"Invoice {about}",
        "charge": f"Invoice {about}",
        "deposit": f"Deposit for {about}",
        "statement": "What is owed",
    }.get(purpose, "A way to pay, kept for later")


def ref_of(invoice: Invoice) -> str:
    """Return how an invoice is called."""
    return make_ref("invoice", invoice.id)
