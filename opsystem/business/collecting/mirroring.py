"""A payment as Stripe has it, brought into the books: again and again the same, in whatever order news came.

Every step is under Stripe's own number, so a second telling changes nothing.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.collecting.giving_back import mirror_disputes, mirror_refunds
from opsystem.business.collecting.models import Checkout
from opsystem.business.collecting.noting import note_finding
from opsystem.business.collecting.opening import close_page
from opsystem.business.collecting.told import Cents, Id, ToldDispute, ToldRefund, Word
from opsystem.business.invoices.models import Invoice
from opsystem.business.payments.models import Payment
from opsystem.business.payments.recording import record_payment
from opsystem.business.payments.records import Method
from opsystem.kit.money import show_cents
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation

_DEBIT = "us_bank_account"  # it fails days after its page is over


@operation(
    permission=Permission.INBOUND, effect=Effect.COMMIT, label="Note payment by Stripe", assistant=False
)
def note_payment(
    work: Work,
    *,
    payment_intent: Id,
    checkout: Id,
    status: Word,
    cents: Cents,
    charge: Id = "",
    fee_cents: Cents = 0,
    kind: Word = "",
    brand: Word = "",
    last4: Annotated[str, Field(max_length=4)] = "",
    problem: Word = "",
    refunds: Annotated[tuple[ToldRefund, ...], Field(max_length=100)] = (),
    disputes: Annotated[tuple[ToldDispute, ...], Field(max_length=100)] = (),
) -> str | None:
    """Bring a payment as Stripe has it into the books; return its reference once the money has come.

    What came for an invoice that was paid or voided meanwhile is the client's credit, and somebody is told.
    """
    page = _page_of(work, payment_intent, checkout)
    if page is None:
        if status == "succeeded":
            words = f"{show_cents(cents)} was paid at Stripe without a page of ours. Record it by hand."
            note_finding(work, f"stranger {payment_intent}", words, about=payment_intent, cents=cents)
        return None
    page.payment_intent = page.payment_intent or payment_intent
    page.charge = charge or page.charge
    if last4:
        page.way = f"{brand.replace('_', ' ').title()} ending in {last4}".strip()
    _states(work, page, status, problem, kind)
    if status != "succeeded":
        return None
    payment = _recorded(work, page, payment_intent, cents, fee_cents, kind)
    mirror_refunds(work, page, payment, refunds)
    mirror_disputes(work, page, payment, disputes)
    return payment.ref


def _page_of(work: Work, intent: str, checkout: str) -> Checkout | None:
    """Return the attempt a payment belongs to. One whose metadata names another payment's is not believed."""
    known = work.session.scalar(select(Checkout).where(Checkout.payment_intent == intent))
    if known is not None or not checkout.isdecimal() or len(checkout) > 15:
        return known
    row = work.session.get(Checkout, int(checkout))
    return row if row is not None and row.payment_intent is None else None


def _states(work: Work, page: Checkout, status: str, problem: str, kind: str) -> None:
    if status == "processing":
        page.processing_at = page.processing_at or work.now
    elif status == "succeeded":
        page.paid_at = page.paid_at or work.now
        page.failed_at, page.problem = None, ""
    elif problem and page.paid_at is None:
        page.problem = problem
        if page.purpose == "charge" or page.processing_at is not None or kind == _DEBIT:
            # On a page that is still open the client may try another card.
            page.failed_at = page.failed_at or work.now
            words = f"{show_cents(page.cents)} could not be collected: {problem.replace('_', ' ')}."
            key = f"failed {page.payment_intent}"
            note_finding(work, key, words, client_id=page.client_id, about=_about(page), cents=page.cents)


def _recorded(work: Work, page: Checkout, intent: str, cents: int, fee_cents: int, kind: str) -> Payment:
    if page.payment_id is not None:
        return work.get(Payment, page.payment_id, "payment")
    client = work.get(Client, page.client_id, "client")
    invoices = [make_ref("invoice", page.invoice_id)] if page.invoice_id else []
    paid = work.do(
        record_payment,
        client=client.ref,
        cents=cents,
        method=Method.BANK if kind == _DEBIT else Method.CARD,
        invoices=tuple(invoices),
        deposit_for=page.deposit_for,
        reference=page.way,
        fee_cents=min(fee_cents, cents),
        external_id=intent,
    )
    page.payment_id = paid.id
    # A page for one thing left over: credit is what came too much, twice, or for what was voided.
    if paid.credit_cents and page.purpose != "statement":
        words = f"{client.name} paid {show_cents(cents)} by Stripe. {paid.outcome}"
        key = f"credit {intent}"
        note_finding(work, key, words, client_id=client.id, about=paid.ref, cents=paid.credit_cents)
    _close_others(work, page)
    return work.get(Payment, paid.id, "payment")


def _close_others(work: Work, page: Checkout) -> None:
    """Close the other live pages of an invoice that is paid now."""
    if page.invoice_id is None:
        return
    invoice = work.get(Invoice, page.invoice_id, "invoice")
    if invoice.open_cents > 0:
        return
    wanted = select(Checkout).where(
        Checkout.invoice_id == invoice.id, Checkout.id != page.id, Checkout.closed_at.is_(None)
    )
    for other in work.session.scalars(wanted):
        if other.is_live and other.purpose != "charge":
            close_page(work, other)


def _about(page: Checkout) -> str:
    return make_ref("invoice", page.invoice_id) if page.invoice_id else page.ref
