"""What may be asked about payments."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.deposits import held_for
from opsystem.business.invoices.models import Invoice
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Posting
from opsystem.business.ledger.posting import balance
from opsystem.business.payments.models import Dispute, Payment, Refund
from opsystem.business.payments.records import (
    ClientBalance,
    Method,
    PaymentPage,
    PaymentRow,
    RefundRow,
)
from opsystem.business.payments.telling import first_parts, tell_outcome
from opsystem.business.profile.queries import today
from opsystem.business.references import ClientRef, PaymentRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Page, Permission, Work, query

PAGE = 50


@query(permission=Permission.MONEY_READ, label="List payments")
def list_payments(
    work: Work,
    *,
    client: ClientRef | None = None,
    since: date | None = None,
    until: date | None = None,
    page: Annotated[int, Field(ge=1)] = 1,
) -> Page[PaymentRow]:
    """List payments, newest first. Amounts are US cents."""
    wanted = [Payment.id > 0]
    if client is not None:
        wanted.append(Payment.client_id == number_of(client))
    if since is not None:
        wanted.append(Payment.received_on >= since)
    if until is not None:
        wanted.append(Payment.received_on <= until)
    rows = (
        select(Payment, Client.name)
        .join(Client, Client.id == Payment.client_id)
        .where(*wanted)
        .order_by(Payment.received_on.desc(), Payment.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    total = work.session.scalar(select(func.count(Payment.id)).where(*wanted)) or 0
    return Page([_row(work, *row) for row in work.session.execute(rows)], total, page, PAGE)


@query(permission=Permission.MONEY_READ, label="Show payment")
def show_payment(work: Work, *, payment: PaymentRef) -> PaymentPage:
    """Show a payment and where its money went: what a receipt says. Amounts are US cents."""
    row = work.get(Payment, number_of(payment), "payment")
    client = work.get(Client, row.client_id, "client")
    told = tell_outcome(row, first_parts(work, row))
    refunds = select(Refund).where(Refund.payment_id == row.id).order_by(Refund.id)
    return PaymentPage(
        row=_row(work, row, client.name),
        parts=told.parts,
        deposit_cents=told.deposit_cents,
        credit_cents=told.credit_cents,
        refunds=[
            RefundRow(one.ref, one.cents, one.refunded_on, one.reason, one.by)
            for one in work.session.scalars(refunds)
        ],
        at=row.at,
        by=row.by,
        voided_by=row.voided_by,
        void_reason=row.void_reason,
    )


@query(permission=Permission.MONEY_READ, label="Show client's balance")
def client_balance(work: Work, *, client: ClientRef) -> ClientBalance:
    """Show how a client stands: what is owed and overdue, deposits and credit held, what is held back."""
    number = work.get(Client, number_of(client), "client").id
    mine = Posting.client_id == number
    overdue = select(func.coalesce(func.sum(Invoice.open_cents), 0)).where(
        Invoice.client_id == number, Invoice.open_cents > 0, Invoice.due_on < today(work)
    )
    return ClientBalance(
        owed_cents=balance(work.session, Account.RECEIVABLE, mine),
        overdue_cents=work.session.scalar(overdue) or 0,
        deposit_cents=sum(held_for(work, number, Account.DEPOSITS).values()),
        credit_cents=-balance(work.session, Account.CREDIT, mine),
        retained_cents=balance(work.session, Account.RETAINAGE, mine),
    )


def _row(work: Work, payment: Payment, name: str) -> PaymentRow:
    open_dispute = select(Dispute.id).where(Dispute.payment_id == payment.id, Dispute.closed_at.is_(None))
    return PaymentRow(
        ref=payment.ref,
        id=payment.id,
        client=make_ref("client", payment.client_id),
        client_id=payment.client_id,
        client_name=name,
        cents=payment.cents,
        method=Method(payment.method),
        received_on=payment.received_on,
        reference=payment.reference,
        fee_cents=payment.fee_cents,
        deposit_for=payment.deposit_for,
        refunded_cents=payment.refunded_cents,
        voided_at=payment.voided_at,
        disputed=work.session.scalar(open_dispute.limit(1)) is not None,
    )
