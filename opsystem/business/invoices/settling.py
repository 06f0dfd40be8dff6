"""Keeping what an invoice shows as owed equal to the books, and stopping reminders the moment it is paid."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.conversations.models import Message
from opsystem.business.invoices.models import Invoice, InvoiceReminder
from opsystem.business.jobs.money import tell_money
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Posting
from opsystem.business.ledger.posting import balance
from opsystem.operations import Work
from opsystem.vault import outbox


def settle(work: Work, invoice: Invoice) -> int:
    """Take from the books what is owed on an invoice, after every posting on it; return US cents."""
    invoice.open_cents = balance(work.session, Account.RECEIVABLE, Posting.invoice_id == invoice.id)
    if invoice.open_cents > 0:
        invoice.paid_at = None
    elif invoice.paid_at is None and invoice.voided_at is None:
        invoice.paid_at = work.now
    if invoice.open_cents <= 0 or invoice.voided_at or invoice.disputed_at or invoice.written_off_at:
        stop_reminders(work, invoice)
    tell_money(work, invoice.job_id)
    return invoice.open_cents


def stop_reminders(work: Work, invoice: Invoice) -> None:
    """Take back reminders that are written but have not left, in the same transaction as the payment."""
    waiting = (
        select(InvoiceReminder, Message)
        .join(Message, Message.id == InvoiceReminder.message_id)
        .where(InvoiceReminder.invoice_id == invoice.id, Message.state == "queued")
    )
    for reminder, message in work.session.execute(waiting).all():
        if outbox.cancel(work.session, work.vault.schema, channel=message.channel, subject_id=message.id):
            message.state, message.settled_at = "cancelled", work.now
            message.problem = f"Not sent: {invoice.ref} is settled."
            reminder.stopped_at = work.now
