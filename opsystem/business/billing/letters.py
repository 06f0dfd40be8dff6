"""The words invoices, reminders and statements go out with, and whose link stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from opsystem.business.clients.models import Client
from opsystem.business.clients.persons.queries import recipient_of
from opsystem.business.clients.purposes import Purpose
from opsystem.business.invoices.models import Invoice
from opsystem.business.links.wording import LINK, with_link
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import InvoiceRef, number_of
from opsystem.kit.money import show_cents
from opsystem.operations import Permission, Work, query

Channel = Literal["sms", "email"]


def invoice_subject(work: Work, invoice: Invoice) -> str:
    """Return the subject an invoice is sent with by email when nobody writes another."""
    return f"Invoice {invoice.ref} from {profile_row(work.session).name}"[:200]


def invoice_words(work: Work, invoice: Invoice) -> str:
    """Return the words an invoice is sent with when nobody writes others; `{link}` is the client's own."""
    client = work.get(Client, invoice.client_id, "client")
    owed = f"{show_cents(invoice.open_cents)}, due {say_day(invoice.due_on)}"
    if not invoice.is_open:
        owed = f"{show_cents(invoice.total_cents)}, paid. Thank you"
    business = profile_row(work.session).name
    return f"Hello {client.name.split()[0]}, here is our invoice {invoice.ref}: {owed}. {LINK} {business}"


def reminder_subject(work: Work, invoice: Invoice) -> str:
    """Return the subject of a reminder."""
    business = profile_row(work.session).name
    owed, due = show_cents(invoice.open_cents), say_day(invoice.due_on)
    return f"Invoice {invoice.ref} from {business}: {owed} was due {due}"[:200]


def reminder_words(work: Work, invoice: Invoice) -> str:
    """Return the words of a reminder."""
    business, name = profile_row(work.session).name, work.get(Client, invoice.client_id, "client").name
    owed, due = show_cents(invoice.open_cents), say_day(invoice.due_on)
    return (
        f"Hello {name.split()[0]}, {owed} on our invoice {invoice.ref} was due on {due}: {LINK}"
        f" If you have paid meanwhile, thank you. {business}"
    )


def linked(work: Work, invoice: Invoice, channel: Channel, words: str) -> str:
    """Return words with the link to the client's page of an invoice.

    Where somebody else at the client gets the bills, the link shows this invoice and nothing else.
    """
    client = work.get(Client, invoice.client_id, "client")
    to = recipient_of(work, client, Purpose.INVOICES, channel, invoice.property_id)
    other = to is not None and to.person is not None
    return with_link(work, words, client_id=client.id, about=invoice.ref, only=other)


def say_day(day: date) -> str:
    """Return a day as people write it (`Nov 24, 2026`)."""
    return f"{day:%b} {day.day}, {day.year}"


def ways_to(work: Work, invoice: Invoice) -> list[Channel]:
    """Return the ways on which somebody at the client gets bills, email first."""
    client = work.get(Client, invoice.client_id, "client")
    ways: tuple[Channel, ...] = ("email", "sms")
    return [one for one in ways if recipient_of(work, client, Purpose.INVOICES, one, invoice.property_id)]


@dataclass(frozen=True)
class InvoiceLetter:
    """What an invoice would go out with: subject, words with `{link}` in them, and which ways there are."""

    subject: str
    body: str
    channels: list[str]


@query(permission=Permission.MONEY_READ, label="Show words of invoice")
def show_invoice_letter(work: Work, *, invoice: InvoiceRef) -> InvoiceLetter:
    """Show the words an invoice is sent with when nobody writes others, and how its client can be reached."""
    row = work.get(Invoice, number_of(invoice), "invoice")
    return InvoiceLetter(invoice_subject(work, row), invoice_words(work, row), [*ways_to(work, row)])
