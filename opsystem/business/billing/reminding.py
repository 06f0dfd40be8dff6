"""The ladder of reminders: 3, 10 and 21 days after the due day, each once, until the invoice is settled."""

from __future__ import annotations

from sqlalchemy import func, select

from opsystem.business.billing.letters import linked, reminder_subject, reminder_words, ways_to
from opsystem.business.billing.models import ReminderPause
from opsystem.business.clients.models import Client
from opsystem.business.clients.purposes import Purpose
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.invoices.models import Invoice, InvoiceReminder
from opsystem.business.invoices.settings import settings_of
from opsystem.business.profile.queries import today
from opsystem.kit.errors import Problem
from opsystem.operations import Work

STEPS = (3, 10, 21)


def due_reminders(work: Work) -> list[tuple[Invoice, int]]:
    """Return the invoices whose next step has come. Of steps that were missed only the last one counts."""
    if settings_of(work).reminders_off_at is not None:
        return []
    day = today(work)
    quiet = select(ReminderPause.client_id)
    late = select(Invoice).where(
        Invoice.open_cents > 0,
        Invoice.due_on < day,
        Invoice.disputed_at.is_(None),
        Invoice.voided_at.is_(None),
        Invoice.client_id.not_in(quiet),
    )
    found = []
    for invoice in work.session.scalars(late.order_by(Invoice.id)).all():
        step = max((one for one in STEPS if (day - invoice.due_on).days >= one), default=None)
        if step is not None and not reached(work, invoice, step):
            found.append((invoice, step))
    return found


def reached(work: Work, invoice: Invoice, step: int) -> bool:
    """Tell whether this step, or a later one, was written already."""
    last = select(func.max(InvoiceReminder.step)).where(InvoiceReminder.invoice_id == invoice.id)
    return (work.session.scalar(last) or -1) >= step


def remind(work: Work, invoice: Invoice, step: int) -> str | None:
    """Write one reminder, by email or else by text; return what was in the way, or None."""
    client = work.get(Client, invoice.client_id, "client")
    about = {"client": client.ref, "about": invoice.ref, "purpose": Purpose.INVOICES}
    problem, message = "There is neither an email address nor a phone number.", None
    for channel in ways_to(work, invoice):
        try:
            with work.session.begin_nested():
                body = linked(work, invoice, channel, reminder_words(work, invoice))
                if channel == "email":
                    subject = reminder_subject(work, invoice)
                    message = work.do(send_email, **about, subject=subject, body=body).id
                else:
                    message = work.do(send_text, **about, body=body).id
            break
        except Problem as why:
            problem = why.message
    # Written down also when it could not be sent, so that nobody is asked for the same step every minute.
    work.session.add(
        InvoiceReminder(invoice_id=invoice.id, step=step, message_id=message, at=work.now, by=work.actor.name)
    )
    work.session.flush()
    return None if message is not None else problem
