"""Sending invoices and reminders because a person says so; switching the ladder off for a client."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import delete, func, select

from opsystem.business.billing.letters import Channel, invoice_subject, invoice_words, linked
from opsystem.business.billing.models import ReminderPause
from opsystem.business.billing.reminding import remind
from opsystem.business.clients.models import Client
from opsystem.business.clients.purposes import Purpose
from opsystem.business.conversations.enclosing import Files
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.conversations.operations.sending import WithPaper
from opsystem.business.conversations.records import Queued
from opsystem.business.conversations.visible import VISIBLE
from opsystem.business.invoices.models import Invoice, InvoiceReminder
from opsystem.business.invoices.taking_back import standing
from opsystem.business.references import ClientRef, InvoiceRef, number_of
from opsystem.kit.errors import Conflict
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Saved, Work, operation

AFTER_HOLD = timedelta(seconds=30)
SentWords = Annotated[
    str,
    Field(
        max_length=5_000,
        description="The words that go out; {link} is the client's own link. Empty: the usual ones.",
    ),
    VISIBLE,
]
SentSubject = Annotated[
    str,
    Field(max_length=200, pattern=r"^[^\r\n]*$", description="The email's subject. Empty: the usual one."),
    VISIBLE,
]
Many = Annotated[tuple[InvoiceRef, ...], Field(min_length=1, max_length=200)]


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.SEND, label="Send invoice")
def send_invoice(
    work: Work,
    *,
    invoice: InvoiceRef,
    channel: Annotated[Channel, Field(description="As a text (sms) or an email.")],
    body: SentWords = "",
    subject: SentSubject = "",
    with_paper: WithPaper = True,
    files: Files = (),
) -> Queued:
    """Send an invoice to its client by text or email, with a link to his own page to read and pay it.

    An email has the invoice as PDF with it unless said otherwise, and the files chosen.

    It is noted as sent. Where the client lets a card be charged for invoices, that follows by itself.
    """
    row = standing(work, invoice)
    client = make_ref("client", row.client_id)
    words = linked(work, row, channel, body or invoice_words(work, row))
    if channel == "sms":
        queued = work.do(send_text, client=client, body=words, about=row.ref, purpose=Purpose.INVOICES)
    else:
        title = subject or invoice_subject(work, row)
        queued = work.do(
            send_email, client=client, subject=title, body=words, about=row.ref, purpose=Purpose.INVOICES,
            with_paper=with_paper, files=files,
        )  # fmt: skip
    row.sent_at, row.sent_by = work.now, work.actor.name
    # Once it has left, a way to pay that the client lets be charged is charged.
    work.set_alarm("collecting", queued.sends_at + AFTER_HOLD)
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
