"""A statement on paper: what was charged and paid, and how old the rest is."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.pages import events_of
from opsystem.business.invoices.records import InvoiceEvent
from opsystem.business.paper.records import (
    Entry,
    Fact,
    Head,
    StatementPaper,
)
from opsystem.business.printing.letterhead import billed, letterhead
from opsystem.business.printing.showing import day_of
from opsystem.business.profile.queries import zone_of
from opsystem.business.references import number_of
from opsystem.kit import clock
from opsystem.kit.money import show_cents
from opsystem.operations import Work

_AGES = ((0, "Not due yet"), (30, "1 to 30 days"), (60, "31 to 60 days"), (90, "61 to 90 days"))
_OLDEST = "Over 90 days"


def statement_paper(work: Work, ref: str) -> StatementPaper:
    """Return a client's statement: everything charged and paid so far, and how old the rest is."""
    client = work.get(Client, number_of(ref), "client")
    today = clock.local(work.now, zone_of(work.session)).date()
    invoices = work.session.scalars(select(Invoice).where(Invoice.client_id == client.id)).all()
    events = [(event, invoice.ref) for invoice in invoices for event in events_of(work, invoice)]
    events.sort(key=lambda one: (one[0].day, one[0].at))
    owed = {
        invoice.ref: -sum(event.cents for event, ref in events if ref == invoice.ref) for invoice in invoices
    }
    ages = dict.fromkeys([name for _, name in _AGES] + [_OLDEST], 0)
    for invoice in invoices:
        ages[_age(invoice.due_on, today)] += owed[invoice.ref]
    head = Head(letterhead(work), "Statement", client.ref, (Fact("Date", day_of(today)),), (billed(client),))
    ageing = tuple(Fact(name, show_cents(cents)) for name, cents in ages.items())
    return StatementPaper(head, tuple(_entries(events)), ageing, show_cents(sum(owed.values())))


def _entries(events: list[tuple[InvoiceEvent, str]]) -> list[Entry]:
    rows, balance = [], 0
    for event, invoice in events:
        balance -= event.cents
        what = f"{event.event.capitalize()} {event.source}" + (
            f" on {invoice}" if event.source != invoice else ""
        )
        charge = show_cents(-event.cents) if event.cents < 0 else ""
        paid = show_cents(event.cents) if event.cents >= 0 else ""
        rows.append(Entry(day_of(event.day), what, charge, paid, show_cents(balance)))
    return rows


def _age(due_on: date, today: date) -> str:
    late = (today - due_on).days
    return next((name for most, name in _AGES if late <= most), _OLDEST)
