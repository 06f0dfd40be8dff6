"""The ladder of reminders: 3, 10 and 21 days after the due day, each once, until the invoice is settled."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from opsystem.business.billing.models import ReminderPause
from opsystem.business.clients.models import Client
from opsystem.business.clients.purposes import Purpose
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.invoices.models import Invoice, InvoiceReminder
from opsystem.business.invoices.settings import settings_of
from opsystem.business.profile.queries import profile_row, today
from opsystem.kit.errors import Problem
from opsystem.kit.money import show_cents
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
    subject, body = words(work, invoice, client.name)
    about = {"client": client.ref, "about": invoice.ref, "purpose": Purpose.INVOICES}
    problem, message = "There is neither an email address nor a phone number.", None
    tries = [(send_email, {"subject": subject})] if client.email else []
    tries += [(send_text, {})] if client.phone else []
    for operation, more in tries:
        try:
            with work.session.begin_nested():
                message = work.do(operation, **about, body=body, **more).id
            break
        except Problem as why:
            problem = why.message
    # Written down also when it could not be sent, so that nobody is asked for the same step every minute.
    work.session.add(
        InvoiceReminder(invoice_id=invoice.id, step=step, message_id=message, at=work.now, by=work.actor.name)
    )
    work.session.flush()
    return None if message is not None else problem


def words(work: Work, invoice: Invoice, name: str) -> tuple[str, str]:
    """Return subject and words of a reminder."""
    business = profile_row(work.session).name
    owed, due = show_cents(invoice.open_cents), say_day(invoice.due_on)
    subject = f"Invoice {invoice.ref} from {business}: {owed} was due {due}"
    body = (
        f"Hello {name}, {owed} on our invoice {invoice.ref} was due on {due}."
        f" If you have paid meanwhile, thank you. {business}"
    )
    return subject[:200], body


def say_day(day: date) -> str:
    """Return a day as people write it (`Nov 24, 2026`)."""
    return f"{day:%b} {day.day}, {day.year}"
