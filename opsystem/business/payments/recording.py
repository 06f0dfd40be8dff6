"""Recording a payment: on invoices, as a deposit, and what is left over as the client's credit."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.settling import settle
from opsystem.business.jobs.models import Job
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.posting import Post, post
from opsystem.business.payments.models import Payment
from opsystem.business.payments.records import Method, Paid
from opsystem.business.payments.telling import paid_before, tell_outcome
from opsystem.business.profile.queries import today
from opsystem.business.quotes.models import Quote
from opsystem.business.references import ClientRef, DepositRef, InvoiceRef, number_of
from opsystem.business.wording import Line
from opsystem.kit.errors import Invalid
from opsystem.kit.money import Cents, show_cents
from opsystem.kit.refs import parse_ref
from opsystem.operations import Effect, Permission, Work, operation

Amount = Annotated[int, Field(ge=1, le=100_000_000_00, description="Amount in US cents.")]
Invoices = Annotated[
    tuple[InvoiceRef, ...], Field(max_length=200, description="Which invoices it pays, the first one first.")
]
External = Annotated[str, Field(min_length=1, max_length=200, description="The processor's own number.")]


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Record payment")
def record_payment(
    work: Work,
    *,
    client: ClientRef,
    cents: Amount,
    method: Method,
    received_on: date | None = None,
    invoices: Invoices = (),
    deposit_for: DepositRef | None = None,
    reference: Line = "",
    fee_cents: Cents = 0,
    external_id: External | None = None,
) -> Paid:
    """Record money a client paid, in US cents: cash, a check, or what came by card or bank.

    It pays the invoices named, else the client's open ones, the longest due first. With `deposit_for` (a
    job or quote) it is a deposit until that is invoiced. What is left over is the client's credit, also
    what came for an invoice that is void or paid. The same `external_id` is recorded once.
    """
    row = work.get(Client, number_of(client), "client")
    known = paid_before(work, external_id)
    if known is not None:
        return known
    _check_deposit(work, row, deposit_for)
    day = received_on or today(work)
    if day > today(work):
        message = "Give the day the money came; that is not after today."
        raise Invalid(message, code="bad_day", fields={"received_on": message})
    if fee_cents > cents:
        message = "The fee is more than the payment."
        raise Invalid(message, code="bad_fee", fields={"fee_cents": message})
    payment = Payment(
        client_id=row.id, cents=cents, method=method.value, received_on=day, reference=reference,
        fee_cents=fee_cents, external_id=external_id, account=_account(method, external_id).value,
        deposit_for=deposit_for, at=work.now, by=work.actor.name,
    )  # fmt: skip
    work.session.add(payment)
    work.session.flush()
    wanted = [] if deposit_for else _wanted(work, row, invoices)
    parts = _share(wanted, cents)
    _book(work, payment, parts)
    for invoice, _ in parts:
        settle(work, invoice)
    work.describe(f"Recorded {show_cents(cents)} from {row.name}")
    return tell_outcome(payment, [(one.ref, part) for one, part in parts], wanted)


def _account(method: Method, external_id: str | None) -> Account:
    """Return where money arrives: with the processor, in the till, or in the bank."""
    if external_id is not None:
        return Account.CLEARING
    return Account.UNDEPOSITED if method in (Method.CASH, Method.CHECK) else Account.BANK


def _check_deposit(work: Work, client: Client, about: str | None) -> None:
    """Refuse a deposit for a job or quote of somebody else. Raises Invalid, NotFound."""
    if about is None:
        return
    kind, number = parse_ref(about)
    owner = (work.get(Job, number, "job") if kind == "job" else work.get(Quote, number, "quote")).client_id
    if owner != client.id:
        message = f"{about} is not one of {client.name}."
        raise Invalid(message, code="other_client", fields={"deposit_for": message})


def _wanted(work: Work, client: Client, named: tuple[str, ...]) -> list[Invoice]:
    if not named:
        owed = (
            select(Invoice)
            .where(Invoice.client_id == client.id, Invoice.open_cents > 0)
            .order_by(Invoice.due_on, Invoice.id)
        )
        return list(work.session.scalars(owed))
    found = [work.get(Invoice, number_of(one), "invoice") for one in dict.fromkeys(named)]
    for invoice in found:
        if invoice.client_id != client.id:
            message = f"{invoice.ref} is not an invoice of {client.name}."
            raise Invalid(message, code="other_client", fields={"invoices": message})
    return found


def _share(wanted: list[Invoice], cents: int) -> list[tuple[Invoice, int]]:
    parts = []
    for invoice in wanted:
        part = min(cents, max(invoice.open_cents, 0))
        if part:
            parts.append((invoice, part))
            cents -= part
    return parts


def _book(work: Work, payment: Payment, parts: list[tuple[Invoice, int]]) -> None:
    client = payment.client_id
    left = payment.cents - sum(part for _, part in parts)
    about = payment.deposit_for or ""
    posts = [
        Post(Account(payment.account), payment.cents - payment.fee_cents, client),
        Post(Account.FEES, payment.fee_cents, client),
        *(Post(Account.RECEIVABLE, -part, client, invoice.id) for invoice, part in parts),
        Post(Account.DEPOSITS if about else Account.CREDIT, -left, client, about=about),
    ]
    post(work, payment.received_on, "payment", payment.ref, posts)
