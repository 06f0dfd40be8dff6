"""Sending invoices and reminders because a person says so; switching the ladder off for a client."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import delete, func, select

from opsystem.business.billing.models import ReminderPause
from opsystem.business.billing.reminding import remind
from opsystem.business.clients.models import Client
from opsystem.business.clients.purposes import Purpose
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.conversations.operations.sending import MailBody, Subject
from opsystem.business.conversations.records import Queued
from opsystem.business.invoices.models import Invoice, InvoiceReminder
from opsystem.business.invoices.taking_back import standing
from opsystem.business.references import ClientRef, InvoiceRef, number_of
from opsystem.kit.errors import Conflict
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Saved, Work, operation

Many = Annotated[tuple[InvoiceRef, ...], Field(min_length=1, max_length=200)]


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.SEND, label="Send invoice")
def send_invoice(
    work: Work,
    *,
    invoice: InvoiceRef,
    channel: Literal["sms", "email"],
    body: MailBody,
    subject: Subject = "Invoice",
) -> Queued:
    """Send an invoice to its client by text or email, in these words; it is noted as sent."""
    row = standing(work, invoice)
    client = make_ref("client", row.client_id)
    if channel == "sms":
        queued = work.do(send_text, client=client, body=body, about=row.ref, purpose=Purpose.INVOICES)
    else:
        queued = work.do(
            send_email, client=client, subject=subject, body=body, about=row.ref, purpose=Purpose.INVOICES
        )
    row.sent_at, row.sent_by = work.now, work.actor.name
    work.describe(f"Sent {row.ref} by {'text' if channel == 'sms' else 'email'}")
    return queued


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.SEND, label="Remind of invoices")
def remind_invoices(work: Work, *, invoices: Many) -> list[str]:
    """Remind the clients of these overdue invoices now; return for each what was in the way, or nothing.

    It goes by email where the client has one, else by text, and waits for the business's hold.
    """
    told = [_remind(work, reference) for reference in dict.fromkeys(invoices)]
    work.describe(f"Reminded of {sum(not one for one in told)} invoices")
    return told


def _remind(work: Work, reference: str) -> str:
    invoice = work.get(Invoice, number_of(reference), "invoice")
    if not invoice.is_open or invoice.disputed_at is not None:
        return f"{invoice.ref} is not to be paid."
    lowest = select(func.min(InvoiceReminder.step)).where(InvoiceReminder.invoice_id == invoice.id)
    # A person's own reminders count down, so that no step of the ladder is taken for one of them.
    step = min(work.session.scalar(lowest) or 0, 0) - 1
    return remind(work, invoice, step) or ""


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Switch reminders for client")
def set_reminders(work: Work, *, client: ClientRef, on: bool) -> Saved:
    """Switch the reminders that go out by themselves on or off for one client."""
    row = work.get(Client, number_of(client), "client")
    paused = work.session.scalar(select(ReminderPause).where(ReminderPause.client_id == row.id))
    if on == (paused is None):
        raise Conflict(f"Reminders of {row.name} are {'on' if on else 'off'} already.", code="no_change")
    if on:
        work.session.execute(delete(ReminderPause).where(ReminderPause.client_id == row.id))
    else:
        work.session.add(ReminderPause(client_id=row.id, at=work.now, by=work.actor.name))
    work.session.flush()
    work.set_alarm("billing", work.now)
    work.describe(f"Switched reminders of {row.name} {'on' if on else 'off'}")
    return Saved(row.ref, row.id)
